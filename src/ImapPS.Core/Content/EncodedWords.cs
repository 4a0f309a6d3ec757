using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace ImapPS.Content;

/// <summary>
/// Encoded words (RFC 2047) as programs write them, made into such as MimeKit decodes to the last octet: without padding, with a charset's
/// other name, in UTF-7, or with characters in them that end a name.
/// </summary>
internal static class EncodedWords
{
    private const string Specials = "()<>@,;:\\\"[]";

    private static readonly Encoding _latin1 = Encoding.GetEncoding(28591);
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(1);
    private static readonly Regex _word =
        new(@"=\?(?<charset>[^?\s*]{1,60})(?<language>\*[^?\s]{0,20})?\?(?<encoding>[bBqQ])\?(?<text>[^?]*)\?=", Options, _timeout);
    private static readonly Regex _parameter = new(@"\*=\s?(?<charset>[A-Za-z0-9_.:-]{1,60})'", Options, _timeout);

    private static RegexOptions Options => RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;

    /// <summary>A header's value in octets; the same array when there is nothing to mend.</summary>
    public static byte[] Mend(byte[] raw)
    {
        bool hasWords = Has(raw, '=', '?');
        if (!Has(raw, '*', '=') && (!hasWords || PlainWords.AreAll(raw))) return raw;

        try
        {
            string text = _latin1.GetString(raw);
            string mended = hasWords ? _word.Replace(text, Mended) : text;
            mended = _parameter.Replace(mended, match => $"*={Known(match.Groups["charset"].Value)}'");
            return mended == text ? raw : _latin1.GetBytes(mended);
        }
        catch (RegexMatchTimeoutException)
        {
            return raw;
        }
    }

    private static string Mended(Match match)
    {
        string charset = match.Groups["charset"].Value;
        string text = match.Groups["text"].Value;
        bool isBase64 = match.Groups["encoding"].Value is "b" or "B";
        if (Charsets.IsUtf7(charset))
        {
            string decoded = Utf7.Decode(_latin1.GetString(isBase64 ? Base64(text) : Quoted(text)));
            return Word("utf-8", Encoding.UTF8.GetBytes(decoded));
        }

        string known = Known(charset);
        if (!isBase64)
        {
            return text.IndexOfAny(Specials.ToCharArray()) >= 0
                ? Word(known, Quoted(text)) : $"=?{known}{match.Groups["language"].Value}?Q?{text}?=";
        }

        int length = text.Count(c => c is not ('=' or ' ' or '\t' or '\r' or '\n'));
        return length % 4 == 0 && known == charset ? match.Value : Word(known, Base64(text));
    }

    /// <summary>The charset's registered name; the same where nobody knows it.</summary>
    private static string Known(string charset) =>
        Charsets.Find(charset)?.WebName is { } name && !string.Equals(name, charset, StringComparison.OrdinalIgnoreCase) ? name : charset;

    private static string Word(string charset, byte[] octets) => $"=?{charset}?B?{Convert.ToBase64String(octets)}?=";

    private static byte[] Base64(string text)
    {
        var filter = new Base64Filter();
        byte[] octets = _latin1.GetBytes(text);
        byte[] decoded = filter.Flush(octets, 0, octets.Length, out int index, out int length);
        return [.. decoded.Skip(index).Take(length)];
    }

    private static byte[] Quoted(string text)
    {
        var octets = new List<byte>(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && i + 2 < text.Length && Digit(text[i + 1]) is { } high && Digit(text[i + 2]) is { } low)
            {
                octets.Add((byte)((high << 4) | low));
                i += 2;
            }
            else octets.Add(text[i] == '_' ? (byte)' ' : (byte)text[i]);
        }

        return [.. octets];
    }

    private static int? Digit(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'A' and <= 'F' => c - 'A' + 10,
        >= 'a' and <= 'f' => c - 'a' + 10,
        _ => null,
    };

    private static bool Has(byte[] raw, char first, char second)
    {
        for (int i = 0; i + 1 < raw.Length; i++)
        {
            if (raw[i] == first && raw[i + 1] == second) return true;
        }

        return false;
    }
}
