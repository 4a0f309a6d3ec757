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
    private const string Renew = "The administrator of the server must renew it.";

    /// <summary>What the end of a chain means that does not end at an authority that is trusted.</summary>
    private const X509ChainStatusFlags Unknown = X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain;

    public static CertificateFlaw Absent { get; } = new("the server showed none", "The administrator of the server must install one.");

    public static CertificateFlaw Unverified { get; } = new("its chain cannot be verified", "Ask the administrator of the server.");

    /// <summary>Several, told as one: to mend the first alone would only bring up the next.</summary>
    public static CertificateFlaw? All(IReadOnlyCollection<CertificateFlaw> flaws) => flaws.Count == 0 ? null : new CertificateFlaw(
        string.Join(", and ", flaws.Select(flaw => flaw.Reason)), string.Join(" ", flaws.Select(flaw => flaw.Remedy).Distinct()));

    public static CertificateFlaw WrongName(X509Certificate2 certificate)
    {
        string names = DisplayText.Printable(string.Join(", ", CertificateFacts.Names(certificate)));
        return new CertificateFlaw($"it is for another host name ({names})",
            $"Connect to a name that the certificate is for, if that is the server you mean: {names}.");
    }

    /// <summary>What the platform finds wrong with one certificate of a chain.</summary>
    /// <param name="flags">What it finds.</param>
    /// <param name="certificate">That certificate.</param>
    /// <param name="isServer">True for the server's own, false for one of its issuers.</param>
    public static CertificateFlaw Of(X509ChainStatus[] flags, X509Certificate2 certificate, bool isServer)
    {
        string issuer = DisplayText.Printable(CertificateFacts.IssuerName(certificate));
        string what = isServer ? "it" : $"the certificate of its issuer '{DisplayText.Printable(CertificateFacts.CommonName(certificate))}'";
        X509ChainStatusFlags all = flags.Aggregate(X509ChainStatusFlags.NoError, (sum, one) => sum | one.Status);
        if (all.HasFlag(X509ChainStatusFlags.NotTimeValid)) return Time(certificate, what);
        if ((all & Unknown) == 0)
        {
            X509ChainStatus first = flags.First(flag => flag.Status != X509ChainStatusFlags.NoError);
            return new CertificateFlaw(
                $"{(isServer ? string.Empty : what + ": ")}{first.StatusInformation.Trim().TrimEnd('.')} ({first.Status})",
                isServer ? Renew : "The administrator of the server must replace it.");
        }

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

    private static CertificateFlaw Time(X509Certificate2 certificate, string what) => certificate.NotAfter < DateTime.Now
        ? new CertificateFlaw($"{what} expired on {CertificateFacts.Day(certificate.NotAfter)} (NotTimeValid)", Renew)
        : new CertificateFlaw($"{what} is not valid before {CertificateFacts.Day(certificate.NotBefore)} (NotTimeValid)",
            string.Format(CultureInfo.InvariantCulture, "Check the clock of this computer. It says {0:yyyy-MM-dd HH:mm}.", DateTime.Now));
}
