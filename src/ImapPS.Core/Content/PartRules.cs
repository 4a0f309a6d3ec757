using System;
using System.Globalization;
using MimeKit;

namespace ImapPS.Content;

/// <summary>Which parts of a message are text to be read, which are attachments, and what they are called.</summary>
internal static class PartRules
{
    /// <summary>Text to be read, not a file that happens to be text. The first text may have a name: some programs name the body.</summary>
    /// <param name="part">The part.</param>
    /// <param name="hasText">True when the message has had a text before.</param>
    public static bool IsBody(TextPart part, bool hasText)
    {
        if (part.IsAttachment) return false;
        if (part.IsPlain || part.IsHtml) return string.IsNullOrEmpty(part.FileName) || !hasText;

        return string.IsNullOrEmpty(part.FileName)
            && part.ContentType.MediaSubtype.ToUpperInvariant()
                is not ("CALENDAR" or "RTF" or "X-AMP-HTML" or "VCARD" or "X-VCARD" or "DIRECTORY" or "CSV" or "XML" or "RFC822-HEADERS");
    }

    /// <summary>A type that nobody can make out is no reason to hide the text (RFC 2045, 5.2).</summary>
    public static bool IsUntyped(MimePart part) =>
        part is not TextPart
        && part.ContentType.IsMimeType("application", "octet-stream")
        && part.ContentDisposition is null
        && string.IsNullOrEmpty(part.FileName)
        && part.Headers[HeaderId.ContentType] is { } type
        && type.IndexOf('/') < 0;

    /// <summary>As in the message's structure: an image that the HTML shows has a name too, and is no attachment.</summary>
    public static bool IsAttachment(MimePart part)
    {
        if (part.IsAttachment) return true;
        if (part.ContentType.IsMimeType("text", "x-amp-html")) return false;

        bool isShown = part.ContentDisposition is not null || part.ContentId is not null;
        return part is TextPart || part.ContentType.IsMimeType("message", "*") || (!isShown && !string.IsNullOrEmpty(part.FileName));
    }

    /// <summary>The name of its file, or of the part.</summary>
    public static string NameOf(MimeEntity part) => part.ContentDisposition?.FileName ?? part.ContentType.Name ?? string.Empty;

    /// <summary>In octets as transferred, as the structure has it; 0 where the parser does not tell.</summary>
    public static long Size(MimeEntity entity) => entity is MimePart { Content.Stream: { CanSeek: true } stream } ? stream.Length : 0;

    /// <summary>The number of a part in a multipart (RFC 9051, 6.4.5.1).</summary>
    public static string Child(string number, int index) =>
        number.Length == 0
            ? (index + 1).ToString(CultureInfo.InvariantCulture)
            : FormattableString.Invariant($"{number}.{index + 1}");

    /// <summary>True for the protocol of PGP/MIME.</summary>
    public static bool IsPgp(string? protocol) => protocol?.IndexOf("pgp", StringComparison.OrdinalIgnoreCase) >= 0;
}
