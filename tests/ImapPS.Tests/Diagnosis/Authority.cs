using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ImapPS.Tests.Diagnosis;

/// <summary>A certificate with its key, which may issue others.</summary>
internal sealed class Authority : IDisposable
{
    private static int _count;

    private readonly List<Authority> _issued = [];

    private Authority(X509Certificate2 certificate) => Certificate = certificate;

    public X509Certificate2 Certificate { get; }

    /// <summary>The SHA-256 thumbprint.</summary>
    public string Thumbprint => Certificate.GetCertHashString(HashAlgorithmName.SHA256);

    /// <summary>The hash of the key, as curl writes it.</summary>
    public string KeyPin => "sha256//" + Convert.ToBase64String(SHA256.HashData(Certificate.PublicKey.ExportSubjectPublicKeyInfo()));

    /// <summary>One that nobody has issued but itself.</summary>
    public static Authority SelfSigned(string name = "Test Root", Action<Wishes>? change = null)
    {
        var wishes = new Wishes(name) { IsAuthority = true };
        change?.Invoke(wishes);
        return new Authority(wishes.Create(issuer: null));
    }

    /// <summary>Another authority below this one.</summary>
    public Authority Intermediate(string name = "Test Intermediate", Action<Wishes>? change = null) =>
        Issue(name, wishes =>
        {
            wishes.IsAuthority = true;
            wishes.Host = null;
            change?.Invoke(wishes);
        });

    /// <summary>A server's certificate, for localhost unless something else is said.</summary>
    public Authority Issue(string name = "localhost", Action<Wishes>? change = null)
    {
        var wishes = new Wishes(name) { Host = "localhost" };
        change?.Invoke(wishes);
        var issued = new Authority(wishes.Create(Certificate));
        _issued.Add(issued);
        return issued;
    }

    public void Dispose()
    {
        _issued.ForEach(one => one.Dispose());
        Certificate.Dispose();
    }

    /// <summary>What is to stand in a certificate.</summary>
    internal sealed class Wishes(string name)
    {
        public DateTimeOffset From { get; set; } = DateTimeOffset.UtcNow.AddDays(-2);

        public DateTimeOffset Until { get; set; } = DateTimeOffset.UtcNow.AddDays(90);

        public string? Host { get; set; }

        public bool IsAuthority { get; set; }

        /// <summary>0 for an elliptic curve.</summary>
        public int RsaBits { get; set; }

        public X509Certificate2 Create(X509Certificate2? issuer)
        {
            using AsymmetricAlgorithm key = RsaBits > 0 ? RSA.Create(RsaBits) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var subject = new X500DistinguishedName($"CN={name}");
            CertificateRequest request = key is RSA rsa
                ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                : new CertificateRequest(subject, (ECDsa)key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(IsAuthority, false, 0, critical: true));
            request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
            if (Host is not null)
            {
                var names = new SubjectAlternativeNameBuilder();
                if (IPAddress.TryParse(Host, out IPAddress? address)) names.AddIpAddress(address);
                else names.AddDnsName(Host);
                request.CertificateExtensions.Add(names.Build());
            }

            using X509Certificate2 certificate = Sign(request, key, issuer);
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), password: null,
                X509KeyStorageFlags.Exportable);
        }

        private X509Certificate2 Sign(CertificateRequest request, AsymmetricAlgorithm key, X509Certificate2? issuer)
        {
            if (issuer is null) return request.CreateSelfSigned(From, Until);

            byte[] number = BitConverter.GetBytes(Interlocked.Increment(ref _count));
            using RSA? rsa = issuer.GetRSAPrivateKey();
            using ECDsa? curve = issuer.GetECDsaPrivateKey();
            X509SignatureGenerator generator = rsa is not null
                ? X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1) : X509SignatureGenerator.CreateForECDsa(curve!);
            using X509Certificate2 signed = request.Create(issuer.SubjectName, generator, From, Until, number);
            return key is RSA own ? signed.CopyWithPrivateKey(own) : signed.CopyWithPrivateKey((ECDsa)key);
        }
    }
}
