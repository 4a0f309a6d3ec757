using System;

namespace ImapPS.Models;

/// <summary>The certificate that a server showed (RFC 5280).</summary>
public sealed class ImapCertificate
{
    internal ImapCertificate()
    {
    }

    /// <summary>The distinguished name of the certificate's owner.</summary>
    public string Subject { get; internal init; } = string.Empty;

    /// <summary>The distinguished name of the authority that issued the certificate.</summary>
    public string Issuer { get; internal init; } = string.Empty;

    /// <summary>The host names and addresses that the certificate is for.</summary>
    public ImapList<string> Names { get; internal init; } = ImapList<string>.Empty;

    /// <summary>The time from which the certificate is valid.</summary>
    public DateTimeOffset NotBefore { get; internal init; }

    /// <summary>The time until which the certificate is valid.</summary>
    public DateTimeOffset NotAfter { get; internal init; }

    /// <summary>The SHA-256 thumbprint of the certificate, as -CertificateThumbprint takes it.</summary>
    public string Thumbprint { get; internal init; } = string.Empty;

    /// <summary>
    /// The SHA-256 hash of the public key: sha256/ and Base64, as -CertificateThumbprint takes it. It stays the same when a certificate is
    /// renewed with the same key.
    /// </summary>
    public string PublicKeyPin { get; internal init; } = string.Empty;

    /// <summary>The certificate's issuers as far as they are known, each with its thumbprint, up to the root.</summary>
    public ImapList<string> Chain { get; internal init; } = ImapList<string>.Empty;

    /// <summary>
    /// True if the certificate is for this host, has not expired, and was issued by an authority that this computer (or the file of
    /// -CertificateAuthority) trusts.
    /// </summary>
    public bool IsTrusted { get; internal init; }

    /// <summary>Returns the names that the certificate is for.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Names.ToString();
}
