using System.Linq;
using System.Management.Automation;
using ImapPS.Binding;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Pipeline.Files;
using ImapPS.Sessions;

namespace ImapPS.Pipeline.Connecting;

/// <content>Which certificates are accepted.</content>
public abstract partial class ConnectionCmdlet
{
    /// <summary>
    /// Indicates that any certificate is accepted. Anyone between you and the server can then read everything, also the password.
    /// -CertificateThumbprint is safer.
    /// </summary>
    [Parameter]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>
    /// Specifies the only certificates that are accepted. A value is the SHA-256 thumbprint of a certificate in 64 hexadecimal digits, in
    /// which colons and spaces are ignored, or the SHA-256 hash of a public key in the form sha256/Base64 (RFC 7469). If it names the
    /// server's certificate or key, nothing else is verified. If it names one of its issuers, the server's certificate must really be
    /// issued by it, have the server's name, and not have expired. Several values let a certificate be replaced without a gap.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[]? CertificateThumbprint { get; set; }

    /// <summary>
    /// Specifies a file with the certificates of the authorities that are trusted instead of those of the computer, in PEM (one or several)
    /// or DER. It is read once: when the session connects again, it uses the same certificates.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CertificateAuthority { get; set; }

    private Trust CheckedTrust(ServerAddress address)
    {
        CheckContradictions(address);
        return new Trust
        {
            SkipsCheck = SkipCertificateCheck,
            Pins = [.. (CertificateThumbprint ?? []).Select(ReadPin)],
            Authorities = CertificateAuthority is null ? null : AuthorityFile.Read(FilePaths.Literal(SessionState, CertificateAuthority)),
        };
    }

    private static string ReadPin(string text) => CertificatePin.Read(text) ?? throw Failures.ArgumentInvalid(
        "-CertificateThumbprint is not a SHA-256 thumbprint.",
        "Give its 64 hexadecimal digits. Test-ImapConnection and the error CertificateRejected show them. "
            + "Or give the hash of a public key as sha256/ and Base64.",
        text);

    private void CheckContradictions(ServerAddress address)
    {
        string[] given = [.. new[] { nameof(SkipCertificateCheck), nameof(CertificateThumbprint), nameof(CertificateAuthority) }
            .Where(name => name == nameof(SkipCertificateCheck) ? SkipCertificateCheck
                : name == nameof(CertificateThumbprint) ? CertificateThumbprint is not null : CertificateAuthority is not null)];
        if (given.Length > 1) throw Failures.Contradiction(given[0], given[1]);

        // Whoever names the certificate relies on it.
        if (address.Security == ImapSecurity.None && given.Length > 0 && !SkipCertificateCheck)
        {
            throw Failures.Contradiction("Security None", given[0]);
        }
    }
}
