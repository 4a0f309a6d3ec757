using System;
using System.Text;
using System.Text.RegularExpressions;
using MimeKit;

namespace ImapPS.Content;

/// <summary>The characters of a text part, whatever it says of its charset.</summary>
internal static class TextDecoder
{
    private const int Windows1252 = 1252;
    private const int Latin1 = 28591;
    private const int HeadOfHtml = 2_048;

    private static readonly Encoding _strictUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly Regex _metaCharset = new("<meta[^>]{0,200}?charset\\s*=\\s*[\"']?(?<name>[A-Za-z0-9._:-]{1,40})",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    public static string Decode(byte[] bytes, int count, ContentType type)
    {
        if (Marked(bytes, count) is var (marked, length)) return marked.GetString(bytes, length, count - length);

        if (Charsets.IsUtf7(type.Charset)) return Utf7.Decode(Encoding.GetEncoding(Latin1).GetString(bytes, 0, count));

        Encoding? named = Charsets.Find(type.Charset) ?? (type.IsMimeType("text", "html") ? InHtml(bytes, count) : null);

        // Much mail is UTF-8 that says it is something Western, or nothing; hardly any other text happens to be valid UTF-8.
        if (named is null or { CodePage: 20127 or Latin1 or Windows1252 or 65001 } && TryUtf8(bytes, count) is { } utf8) return utf8;

        // What says it is UTF-8 and is not, is Western more often than not; and so, by the WHATWG's Encoding Standard, is Latin-1.
        if (named is null or { CodePage: 20127 or Latin1 or 65001 }) named = Encoding.GetEncoding(Windows1252);
        return named.GetString(bytes, 0, count);
    }

    private static (Encoding Encoding, int Length)? Marked(byte[] bytes, int count)
    {
        if (count >= 3 && bytes[0] == 0xef && bytes[1] == 0xbb && bytes[2] == 0xbf) return (Encoding.UTF8, 3);
        if (count >= 2 && bytes[0] == 0xff && bytes[1] == 0xfe) return (Encoding.Unicode, 2);
        if (count >= 2 && bytes[0] == 0xfe && bytes[1] == 0xff) return (Encoding.BigEndianUnicode, 2);
        return null;
    }

    private static string? TryUtf8(byte[] bytes, int count)
    {
        // A text that was cut off may end in the midst of a character.
        int whole = count;
        while (whole > 0 && count - whole < 3 && (bytes[whole - 1] & 0xc0) == 0x80) whole--;
        if (whole > 0 && bytes[whole - 1] >= 0xc0) whole--;

        try
        {
            _ = _strictUtf8.GetCharCount(bytes, 0, whole);
            return Encoding.UTF8.GetString(bytes, 0, count);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static Encoding? InHtml(byte[] bytes, int count)
    {
        Match match = _metaCharset.Match(Encoding.ASCII.GetString(bytes, 0, Math.Min(count, HeadOfHtml)));
        return match.Success ? Charsets.Find(match.Groups["name"].Value) : null;
    }
}
