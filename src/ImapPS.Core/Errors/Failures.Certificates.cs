using System;
using System.Collections.Generic;
using System.Globalization;
using ImapPS.Models;
using ImapPS.Sessions;

namespace ImapPS.Errors;

/// <content>Errors about certificates.</content>
internal static partial class Failures
{
    public static ImapException CertificateRejected(string server, CertificateFlaw flaw, string? thumbprint, Exception inner) =>
        new(ImapErrorId.CertificateRejected,
            $"The certificate of '{server}' is not trusted: {flaw.Reason}."
                + (thumbprint is null ? string.Empty : $" Its SHA-256 thumbprint is {thumbprint}."),
            flaw.Remedy + (thumbprint is null ? string.Empty : $" {OfferPin(thumbprint)}"),
            server,
            inner);

    /// <summary>A certificate that is not the pinned one: both are told, so that they can be compared.</summary>
    public static ImapException CertificateChanged(string server, IReadOnlyCollection<string> pins, ImapCertificate shown,
        Exception inner) =>
        new(ImapErrorId.CertificateRejected,
            string.Format(CultureInfo.InvariantCulture,
                "The certificate of '{0}' is not the one that -CertificateThumbprint names. Expected: {1}. Shown: {2}, for {3}, issued by "
                    + "{4}, valid from {5:yyyy-MM-dd} to {6:yyyy-MM-dd}.",
                server, string.Join(" or ", pins), shown.Thumbprint, DisplayText.Printable(shown.Names.ToString()),
                DisplayText.Printable(shown.Issuer), shown.NotBefore.UtcDateTime, shown.NotAfter.UtcDateTime),
            "If nobody has renewed the certificate, the connection may be intercepted. Compare the thumbprint that is shown with the one "
                + $"that the administrator of the server names. Only if they are the same, use -CertificateThumbprint {shown.Thumbprint}. "
                + "While a certificate is being replaced, you can give the old and the new thumbprint.",
            server,
            inner);

    public static ImapException AuthorityFileMissing(string path, bool isDirectory) => isDirectory
        ? new(ImapErrorId.FileNotRead, $"'{DisplayText.Printable(path)}' is a directory.",
            "Give one file with the certificates of all authorities, in PEM.", path)
        : new(ImapErrorId.FileNotFound, $"The file '{DisplayText.Printable(path)}' does not exist.",
            "Check the path. No character in it is a wildcard.", path);

    public static ImapException AuthorityFileEmpty(string path) =>
        new(ImapErrorId.FileNotRead, $"'{DisplayText.Printable(path)}' has no certificate.",
            "Give a file with certificates of authorities, in PEM (-----BEGIN CERTIFICATE-----) or DER.", path);

    /// <summary>How a certificate is named that is right although nobody vouches for it.</summary>
    public static string OfferPin(string thumbprint) =>
        "Or compare the thumbprint with the one that the administrator of the server names. Only if they are the same, use "
            + $"-CertificateThumbprint {thumbprint}. Otherwise the connection may be intercepted.";
}
