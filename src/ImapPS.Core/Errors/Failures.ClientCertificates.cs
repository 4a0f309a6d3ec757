using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Models;
using ImapPS.Sessions;

namespace ImapPS.Errors;

/// <summary>What can go wrong with a client certificate.</summary>
internal static partial class Failures
{
    private const string CertificateRemedy =
        "Check that the certificate is valid, that the server trusts its issuer, and that its subject names a user of the server.";

    public static ImapException CertificateMissing(string path, Exception? inner = null) =>
        new(ImapErrorId.FileNotFound, $"There is no certificate '{DisplayText.Printable(path)}'.",
            "Give -Certificate the path of a file, a path of the drive Cert:, the thumbprint of a certificate in the user's store, or a "
                + "certificate object.",
            path, inner);

    public static ImapException NotACertificate(string path, Exception inner) =>
        new(ImapErrorId.FileNotRead, $"'{DisplayText.Printable(path)}' has no certificate with a private key that can be read: "
            + DisplayText.Printable(inner.Message),
            "Give a PKCS #12 file (.pfx, .p12), or a PEM file with the certificate and its private key.", path, inner);

    public static ImapException CertificatePasswordWrong(string path, bool isGiven, Exception inner) =>
        new(ImapErrorId.ArgumentInvalid, isGiven ? $"The password of -CertificatePassword does not open '{DisplayText.Printable(path)}'."
            : $"'{DisplayText.Printable(path)}' is protected with a password.",
            isGiven ? "Check the password." : "Give the password with -CertificatePassword (Read-Host -AsSecureString).", path, inner);

    public static ImapException PrivateKeyMissing(string name, string place) =>
        ArgumentInvalid($"The certificate '{DisplayText.Printable(name)}' has no private key, so that it proves nothing.",
            "Give a certificate with its private key: a PKCS #12 file, or a PEM file with both.", place);

    public static ImapException PemNotHere(string path) =>
        ArgumentInvalid($"'{DisplayText.Printable(path)}' is a PEM file, which Windows PowerShell cannot read.",
            "Use PowerShell 7, or a PKCS #12 file (.pfx).", path);

    public static ImapException CertificateAmbiguous(string place) =>
        ArgumentInvalid($"'{DisplayText.Printable(place)}' is not one certificate.", "Give the path of one certificate.", place);

    /// <summary>A login with a client certificate that was refused.</summary>
    public static ImapException CertificateNotTaken(string server, ClientCertificate? certificate, string answer,
        IReadOnlyCollection<string> codes, Exception inner)
    {
        string name = certificate is null ? string.Empty : $" '{DisplayText.Printable(certificate.Name)}'";
        return new ImapException(ImapErrorId.AuthenticationFailed,
            $"'{server}' did not accept the client certificate{name}"
                + (answer.Length == 0 ? "." : ": " + DisplayText.Printable(answer)) + certificate?.Doubt,
            certificate is null ? "Give the certificate with -Certificate."
                : codes.Contains("AUTHORIZATIONFAILED", StringComparer.Ordinal) ? LoginRemedy(codes, answer) : CertificateRemedy,
            certificate?.Name ?? server,
            inner);
    }

    /// <summary>A connection that the server ends in or right after TLS, when it was shown a client certificate.</summary>
    public static ImapException CertificateCutOff(ServerAddress address, ClientCertificate certificate, string why, Exception inner) =>
        new(ImapErrorId.TlsFailed,
            $"TLS with '{address.Host}' on port {Number(address.Port)} failed: {DisplayText.Printable(why).TrimEnd('.')}. The server "
                + $"may not accept the client certificate '{DisplayText.Printable(certificate.Name)}'.{certificate.Doubt}",
            CertificateRemedy,
            address.Host,
            inner);
}
