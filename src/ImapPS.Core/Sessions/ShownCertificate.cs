using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using ImapPS.Models;

namespace ImapPS.Sessions;

/// <summary>Tells what a server's certificate says, in values that stay when the connection is gone.</summary>
internal static class ShownCertificate
{
    /// <param name="certificate">The server's certificate.</param>
    /// <param name="chain">What the system has found of its issuers.</param>
    /// <param name="isTrusted">Whether it is trusted without being named.</param>
    public static ImapCertificate Of(X509Certificate2 certificate, X509Chain? chain, bool isTrusted) => new()
    {
        Subject = DisplayText.Line(certificate.Subject),
        Issuer = DisplayText.Line(certificate.Issuer),
        Names = ImapList<string>.Of(CertificateFacts.Names(certificate).Select(DisplayText.Line)),
        NotBefore = new DateTimeOffset(certificate.NotBefore),
        NotAfter = new DateTimeOffset(certificate.NotAfter),
        Thumbprint = CertificateFacts.Thumbprint(certificate),
        PublicKeyPin = CertificateFacts.KeyPin(certificate),
        Chain = ImapList<string>.Of(Issuers(chain)),
        IsTrusted = isTrusted,
    };

    private static IEnumerable<string> Issuers(X509Chain? chain) => CertificateChain.Elements(chain).Skip(1)
        .Select(element => $"{DisplayText.Line(element.Certificate.Subject)} ({CertificateFacts.Thumbprint(element.Certificate)})");
}
