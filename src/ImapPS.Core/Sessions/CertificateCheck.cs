using System;
using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ImapPS.Sessions;

/// <summary>Decides on a server's certificate, and remembers why it was refused.</summary>
internal sealed class CertificateCheck(Trust trust)
{
    /// <summary>Why the certificate was refused; null when it was not.</summary>
    public string? Refusal { get; private set; }

    /// <summary>The SHA-256 thumbprint of the certificate that the server showed.</summary>
    public string Thumbprint { get; private set; } = string.Empty;

    public bool Accept(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        Refusal = null;
        Thumbprint = certificate is null ? string.Empty : Sha256(certificate);
        if (trust.SkipsCheck) return true;

        if (trust.Thumbprint is { } pinned)
        {
            // A pin says which certificate it must be; who signed it and until when does not matter beside that.
            if (string.Equals(Normalize(pinned), Thumbprint, StringComparison.Ordinal)) return true;
            Refusal = "it is not the one that -CertificateThumbprint names";
            return false;
        }

        if (errors == SslPolicyErrors.None) return true;
        Refusal = Reason(errors, chain);
        return false;
    }

    /// <summary>Hex digits only, in upper case: thumbprints are copied with colons and spaces.</summary>
    public static string Normalize(string thumbprint)
    {
        var digits = new StringBuilder(64);
        foreach (char c in thumbprint)
        {
            if (c is not (':' or ' ' or '-' or '\u200e')) digits.Append(char.ToUpperInvariant(c));
        }

        return digits.ToString();
    }

    private static string Sha256(X509Certificate certificate)
    {
#if NET
        return Convert.ToHexString(SHA256.HashData(certificate.GetRawCertData()));
#else
        using var sha256 = SHA256.Create();
        return BitConverter.ToString(sha256.ComputeHash(certificate.GetRawCertData())).Replace("-", string.Empty);
#endif
    }

    private static string Reason(SslPolicyErrors errors, X509Chain? chain)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable)) return "the server showed none";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) return "it is for another host name";

        foreach (X509ChainStatus status in chain?.ChainStatus ?? [])
        {
            if (status.Status == X509ChainStatusFlags.NoError) continue;

            return string.Format(CultureInfo.InvariantCulture, "{0} ({1})", status.StatusInformation.Trim().TrimEnd('.'), status.Status);
        }

        return "its chain cannot be verified";
    }
}
