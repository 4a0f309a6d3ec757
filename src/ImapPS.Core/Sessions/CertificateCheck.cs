using System.Collections.Generic;
using System.Linq;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using ImapPS.Models;

namespace ImapPS.Sessions;

/// <summary>Decides on a server's certificate, and remembers why it was refused.</summary>
internal sealed class CertificateCheck(Trust trust)
{
    /// <summary>Why the certificate was refused; null when it was not.</summary>
    public CertificateFlaw? Refusal { get; private set; }

    /// <summary>True when it was refused since it is none of those that are pinned.</summary>
    public bool IsOther { get; private set; }

    /// <summary>What would be wrong with it if it were not pinned, and were checked; null for nothing.</summary>
    public CertificateFlaw? Doubt { get; private set; }

    /// <summary>True when a certificate was shown, and accepted.</summary>
    public bool IsAccepted { get; private set; }

    /// <summary>The certificate that the server showed; null before that.</summary>
    public ImapCertificate? Shown { get; private set; }

    public bool Accept(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        using X509Certificate2? shown = certificate is null ? null : new X509Certificate2(certificate);
        Doubt = FindDoubt(shown, chain, errors);
        Shown = shown is null ? null : ShownCertificate.Of(shown, chain, isTrusted: Doubt is null);
        IsOther = false;
        Refusal = trust.SkipsCheck ? null : shown is not null && trust.Pins.Count > 0 ? OfPins(shown, chain, errors) : Doubt;
        IsAccepted = Refusal is null;
        return IsAccepted;
    }

    /// <summary>What those say who vouch for certificates: the system, or the authorities that are trusted instead.</summary>
    private CertificateFlaw? FindDoubt(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null) return CertificateFlaw.Absent;

        List<CertificateFlaw> flaws = [];
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) flaws.Add(CertificateFlaw.WrongName(certificate));
        if (trust.Authorities is { } authorities)
        {
            flaws.AddRange(CertificateChain.FlawsUpTo(certificate, Issuers(chain), authorities));
        }
        else if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            CertificateFlaw[] found = chain is null ? [] : [.. CertificateChain.Flaws(chain)];
            flaws.AddRange(found.Length == 0 ? [CertificateFlaw.Unverified] : found);
        }

        return CertificateFlaw.All(flaws);
    }

    /// <summary>
    /// A pin says which certificate it must be; who signed that and until when does not matter beside it. A pin of an issuer vouches for
    /// what it has really issued, and for no other name.
    /// </summary>
    private CertificateFlaw? OfPins(X509Certificate2 certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (IsPinned(certificate)) return null;

        X509Certificate2[] issuers = [.. Issuers(chain)];
        X509Certificate2[] pinned = [.. issuers.Where(IsPinned)];
        IsOther = pinned.Length == 0;
        if (IsOther) return new CertificateFlaw("it is none of those that -CertificateThumbprint names", string.Empty);

        List<CertificateFlaw> flaws = [.. CertificateChain.FlawsUpTo(certificate, issuers, pinned)];
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) flaws.Insert(0, CertificateFlaw.WrongName(certificate));
        return CertificateFlaw.All(flaws);
    }

    private bool IsPinned(X509Certificate2 certificate) => trust.Pins.Any(pin => CertificatePin.Names(pin, certificate));

    /// <summary>What the server sent beside its certificate, and what the system has found for it.</summary>
    private static IEnumerable<X509Certificate2> Issuers(X509Chain? chain) =>
        [.. chain?.ChainPolicy?.ExtraStore ?? [], .. CertificateChain.Elements(chain).Skip(1).Select(element => element.Certificate)];
}
