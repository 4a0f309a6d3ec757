using System;
using System.IO;
using System.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ImapPS.Errors;

namespace ImapPS.Sessions;

/// <summary>Reads a client certificate with its private key: PKCS #12 (.pfx, .p12), or PEM.</summary>
/// <param name="path">The file.</param>
/// <param name="password">What the private key is encrypted with; null for nothing.</param>
internal sealed class CertificateFile(string path, SecureString? password)
{
    private const string PemStart = "-----BEGIN ";
    private const string EncryptedKey = "-----BEGIN ENCRYPTED PRIVATE KEY-----";

    /// <summary>The certificate in the file.</summary>
    public ClientCertificate Read()
    {
        byte[] content = Content();
        string text = Encoding.ASCII.GetString(content);
        try
        {
            X509Certificate2 certificate = text.Contains(PemStart) ? FromPem(text) : FromPkcs12(content);
            return ClientCertificate.Of(certificate, path);
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or ArgumentException)
        {
            throw IsEncrypted(content, text) ? Failures.CertificatePasswordWrong(path, password is not null, unreadable)
                : Failures.NotACertificate(path, unreadable);
        }
    }

    private byte[] Content()
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Failures.CertificateMissing(path, missing);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw Failures.FileNotRead(path, unreadable, target: null);
        }
    }

    private X509Certificate2 FromPkcs12(byte[] content) => new(content, password, X509KeyStorageFlags.DefaultKeySet);

    private X509Certificate2 FromPem(string text)
    {
#if NET
        X509Certificate2 certificate = !text.Contains("PRIVATE KEY-----", StringComparison.Ordinal)
            ? X509Certificate2.CreateFromPem(text)
            : !text.Contains(EncryptedKey, StringComparison.Ordinal) ? X509Certificate2.CreateFromPem(text, text)
            : X509Certificate2.CreateFromEncryptedPem(text, text, new System.Net.NetworkCredential(string.Empty, password).Password);
        if (!OperatingSystem.IsWindows() || !certificate.HasPrivateKey) return certificate;

        // Windows cannot use a key in TLS that is only in memory.
        using (certificate) return new X509Certificate2(certificate.Export(X509ContentType.Pkcs12));
#else
        throw Failures.PemNotHere(path);
#endif
    }

    private static bool IsEncrypted(byte[] content, string text)
    {
        if (text.Contains(EncryptedKey)) return true;
        if (text.Contains(PemStart)) return false;

        try
        {
            return X509Certificate2.GetCertContentType(content) == X509ContentType.Pkcs12;
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or ArgumentException)
        {
            return false;
        }
    }
}
