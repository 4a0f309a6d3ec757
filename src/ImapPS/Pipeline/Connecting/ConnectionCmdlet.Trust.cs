using System;
using System.Management.Automation;
using ImapPS.Binding;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Sessions;

namespace ImapPS.Pipeline.Connecting;

/// <content>Which certificates are accepted.</content>
public abstract partial class ConnectionCmdlet
{
    private const int ThumbprintLength = 64;

    /// <summary>
    /// Indicates that any certificate is accepted. Anyone between you and the server can then read everything, also the password.
    /// -CertificateThumbprint is safer.
    /// </summary>
    [Parameter]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>
    /// Specifies the only certificate that is accepted, whoever signed it. The value is its SHA-256 thumbprint in 64 hexadecimal digits.
    /// Colons and spaces are ignored.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? CertificateThumbprint { get; set; }

    private Trust CheckedTrust(ServerAddress address)
    {
        if (CertificateThumbprint is not null) CheckThumbprint(CertificateThumbprint, address);
        return new Trust { SkipsCheck = SkipCertificateCheck, Thumbprint = CertificateThumbprint };
    }

    private void CheckThumbprint(string thumbprint, ServerAddress address)
    {
        string digits = CertificateCheck.Normalize(thumbprint);
        if (digits.Length != ThumbprintLength || !Array.TrueForAll(digits.ToCharArray(), Uri.IsHexDigit))
        {
            throw Failures.ArgumentInvalid("-CertificateThumbprint is not a SHA-256 thumbprint.",
                "Give its 64 hexadecimal digits. The error CertificateRejected shows them.", thumbprint);
        }

        if (SkipCertificateCheck)
        {
            throw Failures.ArgumentInvalid("-SkipCertificateCheck and -CertificateThumbprint exclude each other.",
                "Give the thumbprint alone.");
        }

        // Whoever names the certificate relies on it.
        if (address.Security == ImapSecurity.None)
        {
            throw Failures.Contradiction("Security None", nameof(CertificateThumbprint));
        }
    }
}
