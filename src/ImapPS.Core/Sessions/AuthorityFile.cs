using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using ImapPS.Errors;

namespace ImapPS.Sessions;

/// <summary>A file with the certificates of authorities: one in DER, or any number in PEM (RFC 7468).</summary>
internal static class AuthorityFile
{
    /// <summary>The bundles of systems have about 200 KB.</summary>
    private const long Longest = 10_000_000;

    private static readonly Regex _pem = new(
        "-----BEGIN CERTIFICATE-----(?<octets>[^-]*)-----END CERTIFICATE-----",
        RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(5));

    public static IReadOnlyList<X509Certificate2> Read(string path)
    {
        try
        {
            if (!File.Exists(path)) throw Failures.AuthorityFileMissing(path, isDirectory: Directory.Exists(path));
            if (new FileInfo(path).Length > Longest) throw Failures.AuthorityFileEmpty(path);

            var certificates = new List<X509Certificate2>();
            byte[] octets = File.ReadAllBytes(path);
            foreach (Match match in _pem.Matches(Encoding.ASCII.GetString(octets)))
            {
                byte[] certificate = Convert.FromBase64String(match.Groups["octets"].Value);

                // Of nothing .NET makes a certificate that throws whenever it is used.
                if (certificate.Length > 0) certificates.Add(new X509Certificate2(certificate));
            }

            // Anything else that the class would read, such as PKCS #12, has keys.
            if (certificates.Count == 0 && X509Certificate2.GetCertContentType(octets) == X509ContentType.Cert)
            {
                certificates.Add(new X509Certificate2(octets));
            }

            return certificates.Count > 0 ? certificates : throw Failures.AuthorityFileEmpty(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw Failures.FileNotRead(path, unreadable, path);
        }
        catch (Exception none) when (none is CryptographicException or FormatException or ArgumentException
            or RegexMatchTimeoutException)
        {
            throw Failures.AuthorityFileEmpty(path);
        }
    }
}
