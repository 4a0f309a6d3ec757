using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Sessions;
using MailKit.Net.Imap;

namespace ImapPS.Diagnosis;

/// <summary>Tells each step of reaching a server as soon as it is known, so that one that hangs is seen while it does.</summary>
/// <param name="report">Is told.</param>
/// <param name="settings">How the server is reached.</param>
internal sealed class ReachWitness(ConnectionReport report, ConnectionSettings settings) : IConnectionWitness
{
    /// <summary>Authorities renew certificates at least so long before they expire.</summary>
    private const int DaysBeforeExpiry = 30;

    /// <summary>What is known of a handshake that did not end.</summary>
    private const string SpeaksTls = "The server speaks TLS.";

    private CertificateCheck? _check;
    private bool _isInTls;

    private ImapCertificate? Shown => _check?.Shown;

    private string Proxy => settings.Route.Proxy is { } proxy ? $"The proxy {proxy}: " : string.Empty;

    public void Resolved(IReadOnlyList<IPEndPoint> endPoints) =>
        report.Pass(ImapConnectionStage.Resolve, Proxy + string.Join(", ", endPoints.Select(endPoint => endPoint.Address)));

    public void Connected(EndPoint? endPoint) => report.Pass(ImapConnectionStage.Connect, $"{Proxy}{endPoint}");

    public void Heard(ImapClient client, CertificateCheck check, SessionLog log)
    {
        _check = check;

        // What is said after the certificate was accepted is said in TLS. MailKit tells the version only once there is something to read.
        _isInTls = check.IsAccepted;
        if (_isInTls && client.IsSecure) PassTls(Encryption.Of(client));
        if (log.Greeting is { } greeting && report.Next == ImapConnectionStage.Greeting && Words(greeting) is { } words)
        {
            report.Pass(ImapConnectionStage.Greeting, words);
        }
    }

    /// <summary>The server was reached.</summary>
    public void Reached(ImapClient client)
    {
        if (settings.IsEncrypted)
        {
            PassTls(Encryption.Of(client));
        }
        else
        {
            report.Skip(ImapConnectionStage.Tls, "-Security is None.");
            report.Skip(ImapConnectionStage.Certificate, "-Security is None.");
        }

        report.Pass(ImapConnectionStage.Capabilities, string.Join(" ", CapabilityNames.Of(client)));
    }

    /// <summary>The server could not be reached.</summary>
    public void Failed(ImapException failure)
    {
        if (_isInTls) PassTls(SpeaksTls);
        if (failure.Id != ImapErrorId.CertificateRejected)
        {
            report.Fail(failure);
            return;
        }

        report.Pass(ImapConnectionStage.Tls, SpeaksTls);
        report.Fail(failure, Shown is { } shown ? Describe(shown) : string.Empty, Shown);
    }

    private void PassTls(string encryption)
    {
        report.Pass(ImapConnectionStage.Tls, encryption);
        if (report.Next != ImapConnectionStage.Certificate || Shown is not { } shown) return;

        (string reason, string remedy) = Doubts(shown);
        report.Pass(ImapConnectionStage.Certificate, $"{Describe(shown)}; SHA-256 {shown.Thumbprint}", remedy, reason, shown);
    }

    private (string Reason, string Remedy) Doubts(ImapCertificate shown)
    {
        if (_check!.Doubt is { } doubt)
        {
            return settings.Trust.SkipsCheck
                ? ($"Accepted only because of -SkipCertificateCheck: {doubt.Reason}.",
                    $"{doubt.Remedy} {Failures.OfferPin(shown.Thumbprint)}")
                : ($"Accepted only because of -CertificateThumbprint: {doubt.Reason}.", string.Empty);
        }

        double days = (shown.NotAfter - DateTimeOffset.UtcNow).TotalDays;
        return days > DaysBeforeExpiry ? (string.Empty, string.Empty) : (string.Empty,
            $"The certificate expires in {DisplayText.Count((long)days, "day")}. Check that the administrator of the server renews it.");
    }

    private static string Describe(ImapCertificate shown) => string.Format(
        CultureInfo.InvariantCulture,
        "For {0}; until {1:yyyy-MM-dd}; issued by {2}; {3}",
        shown.Names,
        shown.NotAfter.UtcDateTime,
        shown.Issuer,
        shown.IsTrusted ? "trusted" : "not trusted");

    /// <summary>What the server says beside the status and the response code; null for what is no welcome (RFC 9051, 7.1).</summary>
    private static string? Words(string greeting)
    {
        foreach (string status in new[] { "* OK", "* PREAUTH" })
        {
            if (!greeting.StartsWith(status, StringComparison.OrdinalIgnoreCase)) continue;

            string text = ServerWords.Read(greeting.Substring(status.Length)).Text;
            return status == "* OK" ? text : $"{text} (PREAUTH)".TrimStart();
        }

        return null;
    }
}
