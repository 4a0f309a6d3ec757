using System;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ImapPS.Sandbox;

/// <summary>An authority for client certificates, and what a Dovecot needs that trusts it: the common name is the user.</summary>
public sealed class ClientAuthority : IDisposable
{
    private readonly string _directory = ServerProcess.CreateDirectory();
    private readonly X509Certificate2 _root;

    public ClientAuthority()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Sandbox clients", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-30), DateTimeOffset.UtcNow.AddDays(30));
        File.WriteAllText(RootPath, _root.ExportCertificatePem());
    }

    /// <summary>What Dovecot needs: it asks for a certificate, and logs its user in by it.</summary>
    public DovecotOptions Options => new()
    {
        AuthenticationMechanisms = ["plain", "external"],
        ExtraConfiguration =
        [
            $"ssl_ca = <{RootPath}",
            "ssl_require_crl = no",
            "ssl_verify_client_cert = yes",
            "ssl_cert_username_field = commonName",
            "auth_ssl_username_from_cert = yes",
            "passdb {",
            "  driver = static",
            "  mechanisms = external",
            "  args = nopassword=y",
            "}",
        ],
    };

    private string RootPath => Path.Combine(_directory, "clients.pem");

    /// <summary>A certificate with its private key.</summary>
    /// <param name="name">The common name.</param>
    /// <param name="expiresInDays">When it expires; a negative number for the past.</param>
    public X509Certificate2 Issue(string name, int expiresInDays = 10)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, false));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], false));
        using var bare = request.Create(_root, DateTimeOffset.UtcNow.AddDays(-20), DateTimeOffset.UtcNow.AddDays(expiresInDays),
            RandomNumberGenerator.GetBytes(8));
        return bare.CopyWithPrivateKey(key);
    }

    /// <summary>The path of a file in the authority's own directory.</summary>
    public string Write(string name, byte[] content)
    {
        var path = Path.Combine(_directory, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose()
    {
        _root.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
