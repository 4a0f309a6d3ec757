using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ImapPS.Sessions;

/// <summary>What a certificate says, and the hashes that name it.</summary>
internal static class CertificateFacts
{
    /// <summary>How the hash of a public key is written (RFC 7469, and curl's --pinnedpubkey).</summary>
    public const string KeyPrefix = "sha256/";

    private const string AlternativeNames = "2.5.29.17";

    /// <summary>The SHA-256 hash of the certificate, in hexadecimal digits.</summary>
    public static string Thumbprint(X509Certificate certificate) => Hex(Sha256(new ArraySegment<byte>(certificate.GetRawCertData())));

    /// <summary>The SHA-256 hash of the public key, as browsers and curl write it; empty if there is no key to be found.</summary>
    public static string KeyPin(X509Certificate certificate)
    {
        // Certificate, TBSCertificate, and in that, after an optional version: number, algorithm, issuer, validity, subject, key.
        DerElement[] fields = [.. DerElement.Read(new ArraySegment<byte>(certificate.GetRawCertData())).SelectMany(all => all.Children())
            .Take(1).SelectMany(signed => signed.Children())];
        int key = (fields.Length > 0 && fields[0].Tag == 0xa0 ? 1 : 0) + 5;
        return fields.Length > key && fields[key].Tag == DerElement.Sequence
            ? KeyPrefix + Convert.ToBase64String(Sha256(fields[key].Whole)) : string.Empty;
    }

    /// <summary>The hosts that the certificate is for (RFC 5280, 4.2.1.6); its common name where it names no other.</summary>
    public static IReadOnlyList<string> Names(X509Certificate2 certificate)
    {
        var names = new List<string>();
        foreach (X509Extension extension in certificate.Extensions)
        {
            if (extension.Oid?.Value != AlternativeNames) continue;

            foreach (DerElement name in DerElement.Read(new ArraySegment<byte>(extension.RawData)).SelectMany(all => all.Children()))
            {
                byte[] octets = [.. name.Content];
                if (name.Tag == 0x82) names.Add(Encoding.ASCII.GetString(octets));
                else if (name.Tag == 0x87 && octets.Length is 4 or 16) names.Add(new IPAddress(octets).ToString());
            }
        }

        if (names.Count == 0 && CommonName(certificate) is { Length: > 0 } common) names.Add(common);
        return names;
    }

    /// <summary>Whom the certificate is for, shortly.</summary>
    public static string CommonName(X509Certificate2 certificate) =>
        certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false) is { Length: > 0 } name ? name : certificate.Subject;

    /// <summary>Who signed the certificate, shortly.</summary>
    public static string IssuerName(X509Certificate2 certificate) =>
        certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: true) is { Length: > 0 } name ? name : certificate.Issuer;

    public static bool IsSelfSigned(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.SequenceEqual(certificate.IssuerName.RawData);

    public static string Day(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static byte[] Sha256(ArraySegment<byte> octets)
    {
#if NET
        return SHA256.HashData(octets);
#else
        using var sha256 = SHA256.Create();
        return sha256.ComputeHash(octets.Array, octets.Offset, octets.Count);
#endif
    }

    private static string Hex(byte[] octets) =>
#if NET
        Convert.ToHexString(octets);
#else
        BitConverter.ToString(octets).Replace("-", string.Empty);
#endif
}
