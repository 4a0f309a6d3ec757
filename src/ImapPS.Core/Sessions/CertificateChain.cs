using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ImapPS.Sessions;

/// <summary>Follows a certificate to its issuers.</summary>
internal static class CertificateChain
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>What says only that the end of a chain is not one that the system trusts, or was not asked for.</summary>
    private const X509ChainStatusFlags Ignored = X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain
        | X509ChainStatusFlags.RevocationStatusUnknown | X509ChainStatusFlags.OfflineRevocation;

    /// <summary>What the platform found wrong with a chain that it has built.</summary>
    public static IEnumerable<CertificateFlaw> Flaws(X509Chain chain)
    {
        bool isServer = true;
        foreach (X509ChainElement element in Elements(chain))
        {
            if (FlawOf(element, X509ChainStatusFlags.RevocationStatusUnknown, isServer) is { } flaw) yield return flaw;

            isServer = false;
        }
    }

    /// <summary>The certificates of a chain from the server's up. Mono has none where it has not built one.</summary>
    public static IEnumerable<X509ChainElement> Elements(X509Chain? chain) => chain?.ChainElements?.Cast<X509ChainElement>() ?? [];

    /// <summary>
    /// Looks whether the certificate really comes from one of those that are relied on. Up to there each must be signed by the next, which
    /// must be one that may sign, and none may have expired; what is above does not matter.
    /// </summary>
    /// <param name="certificate">The server's.</param>
    /// <param name="sent">What the server sent beside it.</param>
    /// <param name="anchors">Those that are relied on.</param>
    /// <returns>What is wrong; empty when it comes from one of them.</returns>
    public static IReadOnlyList<CertificateFlaw> FlawsUpTo(X509Certificate2 certificate, IEnumerable<X509Certificate2> sent,
        IReadOnlyCollection<X509Certificate2> anchors)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        foreach (X509Certificate2 other in sent) chain.ChainPolicy.ExtraStore.Add(other);
        foreach (X509Certificate2 anchor in anchors) chain.ChainPolicy.ExtraStore.Add(anchor);
#if NET
        // So that a way to them is taken where others lead elsewhere.
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        foreach (X509Certificate2 anchor in anchors) chain.ChainPolicy.CustomTrustStore.Add(anchor);
#endif
        chain.Build(certificate);
        var flaws = new List<CertificateFlaw>();
        X509ChainElement[] elements = [.. chain.ChainElements.Cast<X509ChainElement>()];
        try
        {
            for (int i = 0; i < elements.Length; i++)
            {
                if (FlawOf(elements[i], Ignored, isServer: i == 0) is { } flaw) flaws.Add(flaw);

                byte[] octets = elements[i].Certificate.RawData;
                if (anchors.Any(anchor => anchor.RawData.SequenceEqual(octets))) return flaws;
            }

            flaws.Add(elements.Length == 0 ? CertificateFlaw.Unverified : CertificateFlaw.OfEnd(
                elements[elements.Length - 1].Certificate, isServer: elements.Length == 1));
            return flaws;
        }
        finally
        {
            foreach (X509ChainElement element in elements) element.Certificate.Dispose();
        }
    }

    private static CertificateFlaw? FlawOf(X509ChainElement element, X509ChainStatusFlags ignored, bool isServer)
    {
        // OpenSSL does not look at the time of the last one whose issuer is missing.
        X509Certificate2 certificate = element.Certificate;
        if (DateTime.Now < certificate.NotBefore || DateTime.Now > certificate.NotAfter)
        {
            return CertificateFlaw.OfTime(certificate, isServer);
        }

        // Mono has none where nothing is wrong.
        X509ChainStatus[] found =
            [.. (element.ChainElementStatus ?? []).Where(status => (status.Status & ~ignored) != X509ChainStatusFlags.NoError)];
        return found.Length == 0 ? null
            : Array.TrueForAll(found, IsOfEnd) ? CertificateFlaw.OfEnd(certificate, isServer)
            : CertificateFlaw.Of(found.First(status => !IsOfEnd(status)), certificate, isServer);
    }

    private static bool IsOfEnd(X509ChainStatus status) => (status.Status & Ignored) != X509ChainStatusFlags.NoError;
}
