using System;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ImapPS.Sessions;

/// <summary>A certificate or a public key that is relied on, named by its hash.</summary>
internal static class CertificatePin
{
    private const int Digits = 64;
    private const int KeyLength = 44;

    /// <summary>The hash in the one way in which it is compared; null for what is none.</summary>
    /// <param name="text">64 hexadecimal digits of a certificate, or sha256/ and the Base64 of a public key's hash.</param>
    public static string? Read(string text)
    {
        string trimmed = text.Trim();
        if (!trimmed.StartsWith(CertificateFacts.KeyPrefix, StringComparison.OrdinalIgnoreCase))
        {
            string digits = Normalize(trimmed);
            return digits.Length == Digits && Array.TrueForAll(digits.ToCharArray(), Uri.IsHexDigit) ? digits : null;
        }

        // curl writes two slashes, and Base64 may begin with one.
        string hash = trimmed.Substring(CertificateFacts.KeyPrefix.Length);
        if (hash.Length == KeyLength + 1 && hash[0] == '/') hash = hash.Substring(1);
        try
        {
            return hash.Length == KeyLength && Convert.FromBase64String(hash).Length == Digits / 2
                ? CertificateFacts.KeyPrefix + hash : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Whether this is the certificate, or one with the key, that the hash names.</summary>
    public static bool Names(string pin, X509Certificate2 certificate) =>
        string.Equals(pin, pin.StartsWith(CertificateFacts.KeyPrefix, StringComparison.Ordinal)
            ? CertificateFacts.KeyPin(certificate) : CertificateFacts.Thumbprint(certificate), StringComparison.Ordinal);

    /// <summary>Hex digits only, in upper case: thumbprints are copied with colons and spaces.</summary>
    private static string Normalize(string thumbprint)
    {
        var digits = new StringBuilder(Digits);
        foreach (char c in thumbprint)
        {
            if (c is not (':' or ' ' or '-' or '\u200e')) digits.Append(char.ToUpperInvariant(c));
        }

        return digits.ToString();
    }
}
