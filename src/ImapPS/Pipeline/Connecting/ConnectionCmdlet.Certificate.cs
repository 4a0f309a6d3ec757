using System;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using ImapPS.Binding;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Sessions;

namespace ImapPS.Pipeline.Connecting;

/// <content>The certificate that the client shows.</content>
public abstract partial class ConnectionCmdlet
{
    /// <summary>The digits of a SHA-1 thumbprint, by which the stores know certificates.</summary>
    private const int StoreThumbprintLength = 40;

    private ClientCertificate? _certificate;

    /// <summary>
    /// Specifies the certificate that the client shows to the server: a certificate object, the path of a PKCS #12 file (.pfx, .p12) or of
    /// a PEM file with the private key, a path of the drive Cert:, or the thumbprint of a certificate in the user's store. Without
    /// -Credential the certificate alone logs in (SASL EXTERNAL), if the server offers that.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [CertificateTransformation]
    public object? Certificate { get; set; }

    /// <summary>Specifies the password of the file that -Certificate names.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? CertificatePassword { get; set; }

    private ClientCertificate? CheckedCertificate(ServerAddress address)
    {
        if (Certificate is null)
        {
            return CertificatePassword is null ? null
                : throw Failures.ArgumentInvalid("-CertificatePassword is for the file of -Certificate.", "Give -Certificate as well.");
        }

        // Without TLS nobody asks for it.
        if (address.Security == ImapSecurity.None) throw Failures.Contradiction("Security None", nameof(Certificate));

        return _certificate ??= Certificate switch
        {
            X509Certificate2 certificate => Sessions.ClientCertificate.Of(certificate, certificate.Subject),
            string path => ReadCertificate(path),
            _ => null,
        };
    }

    private ClientCertificate ReadCertificate(string path)
    {
        string thumbprint = path.Replace(" ", string.Empty).Replace(":", string.Empty);
        if (thumbprint.Length == StoreThumbprintLength && Array.TrueForAll(thumbprint.ToCharArray(), Uri.IsHexDigit)
            && Sessions.ClientCertificate.Find(thumbprint) is { } found)
        {
            return found;
        }

        string resolved;
        ProviderInfo provider;
        try
        {
            resolved = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _);
        }
        catch (Exception unknown) when (unknown is System.Management.Automation.DriveNotFoundException or ProviderNotFoundException
            or NotSupportedException or ArgumentException)
        {
            throw Failures.CertificateMissing(path, unknown);
        }

        return provider.Name == "FileSystem" ? new CertificateFile(resolved, CertificatePassword).Read() : InStore(path);
    }

    /// <summary>The certificate at a path of the drive Cert:.</summary>
    private ClientCertificate InStore(string path)
    {
        Collection<PSObject> found;
        try
        {
            found = InvokeProvider.Item.Get([path], force: false, literalPath: true);
        }
        catch (ItemNotFoundException missing)
        {
            throw Failures.CertificateMissing(path, missing);
        }

        return found is [{ BaseObject: X509Certificate2 certificate }] ? Sessions.ClientCertificate.Of(certificate, path)
            : throw Failures.CertificateAmbiguous(path);
    }
}
