using System;
using ImapPS.Files;

namespace ImapPS.OAuth;

/// <summary>Octets as they stand in tokens and addresses (RFC 4648, 5, without padding).</summary>
internal static class Base64Url
{
    public static string Encode(byte[] data) => Convert.ToBase64String(data).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    public static byte[] Decode(string text)
    {
        string plain = text.Replace('-', '+').Replace('_', '/');
        return Convert.FromBase64String(plain.PadRight((plain.Length + 3) / 4 * 4, '='));
    }

    /// <summary>The SHA-256 of octets.</summary>
    public static string Hash(byte[] data) => Encode(Sha256.Of(data));
}
