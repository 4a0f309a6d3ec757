using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using ImapPS.Files;
#if NET
using System.Security.Cryptography;
#else
using System.Formats.Asn1;
using System.Net;
#endif

namespace ImapPS.Sessions;

/// <summary>What a certificate says, and the hashes that name it.</summary>
internal static class CertificateFacts
{
    /// <summary>How the hash of a public key is written (RFC 7469, and curl's --pinnedpubkey).</summary>
    public const string KeyPrefix = "sha256/";

    private const string AlternativeNames = "2.5.29.17";

    /// <summary>The SHA-256 hash of the certificate, in hexadecimal digits.</summary>
    public static string Thumbprint(X509Certificate certificate) => Hex(Sha256.Of(certificate.GetRawCertData()));

    /// <summary>The SHA-256 hash of the public key, as browsers and curl write it; empty if there is no key to be found.</summary>
    public static string KeyPin(X509Certificate2 certificate) =>
        PublicKey(certificate) is { } key ? KeyPrefix + Convert.ToBase64String(Sha256.Of(key)) : string.Empty;

    /// <summary>The hosts that the certificate is for (RFC 5280, 4.2.1.6); its common name where it names no other.</summary>
    public static IReadOnlyList<string> Names(X509Certificate2 certificate)
    {
        var names = new List<string>();
        foreach (X509Extension extension in certificate.Extensions)
        {
            if (extension.Oid?.Value == AlternativeNames) names.AddRange(Alternatives(extension));
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

#if NET
    private static byte[]? PublicKey(X509Certificate2 certificate) => certificate.PublicKey.ExportSubjectPublicKeyInfo();

    private static string[] Alternatives(X509Extension extension)
    {
        try
        {
            var names = new X509SubjectAlternativeNameExtension(extension.RawData);
            return [.. names.EnumerateDnsNames(), .. names.EnumerateIPAddresses().Select(address => address.ToString())];
        }
        catch (CryptographicException)
        {
            return [];
        }
    }
#else
    private static byte[]? PublicKey(X509Certificate2 certificate)
    {
        try
        {
            // RFC 5280, 4.1: in what is signed, after an optional version: number, algorithm, issuer, validity, subject, key.
            AsnReader signed = new AsnReader(certificate.RawData, AsnEncodingRules.BER).ReadSequence().ReadSequence();
            if (signed.PeekTag() == new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true)) signed.ReadEncodedValue();
            for (int i = 0; i < 5; i++) signed.ReadEncodedValue();
            return signed.ReadEncodedValue().ToArray();
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static List<string> Alternatives(X509Extension extension)
    {
        var names = new List<string>();
        try
        {
            AsnReader all = new AsnReader(extension.RawData, AsnEncodingRules.BER).ReadSequence();
            while (all.HasData)
            {
                Asn1Tag tag = all.PeekTag();
                if (tag == new Asn1Tag(TagClass.ContextSpecific, 2)) names.Add(all.ReadCharacterString(UniversalTagNumber.IA5String, tag));
                else if (tag != new Asn1Tag(TagClass.ContextSpecific, 7)) all.ReadEncodedValue();
                else if (all.ReadOctetString(tag) is { Length: 4 or 16 } octets) names.Add(new IPAddress(octets).ToString());
            }
        }
        catch (AsnContentException)
        {
            // What can be read of it is told.
        }

        return names;
    }
#endif

    private static string Hex(byte[] octets) =>
#if NET
        Convert.ToHexString(octets);
#else
        BitConverter.ToString(octets).Replace("-", string.Empty);
#endif
}
