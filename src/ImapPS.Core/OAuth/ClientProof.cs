using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Duende.IdentityModel;
using Duende.IdentityModel.Client;
using ImapPS.Errors;

namespace ImapPS.OAuth;

/// <summary>The proof that a program has the key of its certificate (private_key_jwt: RFC 7523; OpenID Connect Core, 9).</summary>
internal static class ClientProof
{
    private static readonly TimeSpan _lifetime = TimeSpan.FromMinutes(5);

    /// <summary>A statement for one request.</summary>
    /// <param name="certificate">The certificate, with its private key.</param>
    /// <param name="clientId">Who states it.</param>
    /// <param name="audience">Whom it is for.</param>
    /// <param name="type">What kind of token it calls itself.</param>
    public static ClientAssertion Create(X509Certificate2 certificate, string clientId, string audience, string type)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        (string algorithm, Func<byte[], byte[]> sign) = Signer(certificate);
        string text = Encode(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["alg"] = algorithm,
            ["typ"] = type,
            ["x5t"] = Base64Url.Encode(certificate.GetCertHash()),
            ["x5t#S256"] = Base64Url.Hash(certificate.RawData),
        })
        + "." + Encode(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["iss"] = clientId,
            ["sub"] = clientId,
            ["aud"] = audience,
            ["jti"] = CryptoRandom.CreateUniqueId(),
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + _lifetime).ToUnixTimeSeconds(),
        });
        return new ClientAssertion
        {
            Type = OidcConstants.ClientAssertionTypes.JwtBearer,
            Value = text + "." + Base64Url.Encode(sign(Encoding.ASCII.GetBytes(text))),
        };
    }

    private static (string Algorithm, Func<byte[], byte[]> Sign) Signer(X509Certificate2 certificate)
    {
        if (certificate.GetRSAPrivateKey() is { } rsa) return ("RS256", data => Sign(rsa, data));

        // ES256 is for one curve (RFC 7518, 3.4).
        if (certificate.GetECDsaPrivateKey() is { KeySize: 256 } curve) return ("ES256", data => Sign(curve, data));

        throw Failures.CertificateCannotSign(certificate.Subject);
    }

    private static byte[] Sign(RSA key, byte[] data)
    {
        using (key) return key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static byte[] Sign(ECDsa key, byte[] data)
    {
        using (key) return key.SignData(data, HashAlgorithmName.SHA256);
    }

    private static string Encode(Dictionary<string, object> claims) =>
        Base64Url.Encode(JsonSerializer.SerializeToUtf8Bytes(claims));
}
