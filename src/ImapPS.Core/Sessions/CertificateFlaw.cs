using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using ImapPS.Models;

namespace ImapPS.Sessions;

/// <summary>What is wrong with a certificate.</summary>
/// <param name="Reason">The reason, as a clause.</param>
/// <param name="Remedy">What to do about it, in sentences.</param>
internal sealed record CertificateFlaw(string Reason, string Remedy)
{
    public static CertificateFlaw Absent { get; } = new("the server showed none", "The administrator of the server must install one.");

    public static CertificateFlaw Unverified { get; } = new("its chain cannot be verified", "Ask the administrator of the server.");

    /// <summary>Several, told as one: to mend the first alone would only bring up the next.</summary>
    public static CertificateFlaw? All(IReadOnlyCollection<CertificateFlaw> flaws) => flaws.Count == 0 ? null : new CertificateFlaw(
        string.Join(", and ", flaws.Select(flaw => flaw.Reason)),
        string.Join(" ", flaws.Select(flaw => flaw.Remedy).Distinct(StringComparer.Ordinal)));

    public static CertificateFlaw WrongName(X509Certificate2 certificate)
    {
        string names = DisplayText.Printable(string.Join(", ", CertificateFacts.Names(certificate)));
        return new CertificateFlaw($"it is for another host name ({names})",
            $"Connect to a name that the certificate is for, if that is the server you mean: {names}.");
    }

    /// <summary>What the platform finds wrong with one certificate of a chain.</summary>
    /// <param name="status">What it finds.</param>
    /// <param name="certificate">That certificate.</param>
    /// <param name="isServer">True for the server's own, false for one of its issuers.</param>
    public static CertificateFlaw Of(X509ChainStatus status, X509Certificate2 certificate, bool isServer) => new(
        (isServer ? string.Empty : Subject(certificate, isServer) + ": ")
            + $"{status.StatusInformation.Trim().TrimEnd('.')} ({status.Status})",
        "The administrator of the server must replace it.");

    /// <summary>A certificate that is not valid now.</summary>
    public static CertificateFlaw OfTime(X509Certificate2 certificate, bool isServer) => certificate.NotAfter < DateTime.Now
        ? new($"{Subject(certificate, isServer)} expired on {CertificateFacts.Day(certificate.NotAfter)} (NotTimeValid)",
            "The administrator of the server must renew it.")
        : new($"{Subject(certificate, isServer)} is not valid before {CertificateFacts.Day(certificate.NotBefore)} (NotTimeValid)",
            string.Format(CultureInfo.InvariantCulture, "Check the clock of this computer. It says {0:yyyy-MM-dd HH:mm}.", DateTime.Now));

    /// <summary>A chain that ends at this certificate, which is not trusted.</summary>
    public static CertificateFlaw OfEnd(X509Certificate2 certificate, bool isServer)
    {
        string issuer = DisplayText.Printable(CertificateFacts.IssuerName(certificate));
        return !CertificateFacts.IsSelfSigned(certificate)
            ? new CertificateFlaw($"its issuer '{issuer}' is not known here (PartialChain)",
                "The administrator of the server should have it send the certificates of its issuers as well. If the authority is your "
                    + "company's own, give its certificate to -CertificateAuthority.")
            : isServer
                ? new CertificateFlaw("only the server itself vouches for it (self-signed, UntrustedRoot)",
                    "The administrator of the server can install one from an authority that this computer trusts.")
                : new CertificateFlaw($"this computer does not trust the authority '{issuer}' that issued it (UntrustedRoot)",
                    "If the authority is your company's own, give its certificate to -CertificateAuthority.");
    }

    private static string Subject(X509Certificate2 certificate, bool isServer) =>
        isServer ? "it" : $"the certificate of its issuer '{DisplayText.Printable(CertificateFacts.CommonName(certificate))}'";
}
