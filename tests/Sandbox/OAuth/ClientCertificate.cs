using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ImapPS.Sandbox;

/// <summary>A certificate with which a client proves who it is: with its key for the client, without it for the server.</summary>
public sealed record ClientCertificate(X509Certificate2 Private, X509Certificate2 Public) : IDisposable
{
    public static ClientCertificate Create()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=job", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        return new ClientCertificate(certificate, X509CertificateLoader.LoadCertificate(certificate.Export(X509ContentType.Cert)));
    }

    public void Dispose()
    {
        Private.Dispose();
        Public.Dispose();
    }
}
