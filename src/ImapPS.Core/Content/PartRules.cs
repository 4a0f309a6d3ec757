using System;
using System.Globalization;
using MimeKit;

namespace ImapPS.Content;

/// <summary>What parts are called, how large they are, and where they stand.</summary>
internal static class PartRules
{
    /// <summary>True for a type that nobody can make out.</summary>
    public static bool IsUntyped(MimeEntity part) =>
        part.ContentType.IsMimeType("application", "octet-stream")
        && part.Headers[HeaderId.ContentType] is { } type
        && type.IndexOf('/') < 0;

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
