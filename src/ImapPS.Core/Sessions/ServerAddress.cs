using System;
using System.Globalization;
using System.Text.RegularExpressions;
using ImapPS.Errors;
using ImapPS.Models;

namespace ImapPS.Sessions;

/// <summary>Where to connect and how: what -Server, -Port and -Security say together (RFC 5092 for the URL).</summary>
internal sealed record ServerAddress(string Host, int Port, ImapSecurity Security, string? UserName)
{
    public const int TlsPort = 993;
    public const int PlainPort = 143;

    /// <summary>An address in which nothing but the number of the port can be wrong.</summary>
    private static readonly Regex _port = new(
        @"\A(imaps?://)?([^/:\s]+|\[[0-9a-f:.]+\]):[0-9]+/?\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1));

    public static ServerAddress Parse(string server, int? port, ImapSecurity security)
    {
        server = server.Trim();
        bool isUrl = server.Contains("://");
        if (!Uri.TryCreate(isUrl ? server : "imaps://" + BracketIfIPv6(server), UriKind.Absolute, out Uri? url)
            || url.Scheme is not ("imap" or "imaps")
            || url.Host.Length == 0
            || url.PathAndQuery.Length > 1)
        {
            if (_port.IsMatch(server)) throw Failures.PortInvalid(server);

            throw Failures.ArgumentInvalid(
                $"'{DisplayText.Printable(server)}' is neither a host name nor an IMAP URL.",
                "Give a host name, or imap://[user@]host[:port], or imaps://[user@]host[:port].",
                server);
        }

        // An IMAP URL carries a user and perhaps ";AUTH=…", never a password; take none from a command line that logs and histories keep.
        string user = url.UserInfo.Split(';')[0];
        if (user.IndexOf(':') >= 0)
        {
            throw Failures.ArgumentInvalid("A password does not belong in a URL.", "Give it with -Credential.");
        }

        int? urlPort = url.IsDefaultPort || url.Port < 0 ? null : url.Port;
        if (urlPort == 0) throw Failures.PortInvalid(server);

        if (port is { } asked && urlPort is { } said && asked != said)
        {
            throw Failures.ArgumentInvalid(
                string.Format(CultureInfo.InvariantCulture, "The URL says port {0} and -Port says {1}.", said, asked),
                "Give the port once.",
                server);
        }

        bool isTls = url.Scheme == "imaps";
        if (isUrl && security != ImapSecurity.Auto && isTls != (security == ImapSecurity.Tls))
        {
            throw Failures.SchemeContradicts(url.Scheme, security, server);
        }

        int chosen = port ?? urlPort ?? DefaultPort(isUrl && url.Scheme == "imap", security);
        return new ServerAddress(
            url.IdnHost,
            chosen,
            security != ImapSecurity.Auto ? security
                : chosen == TlsPort || (isUrl && url.Scheme == "imaps") ? ImapSecurity.Tls
                : ImapSecurity.StartTls,
            user.Length == 0 ? null : Uri.UnescapeDataString(user));
    }

    private static int DefaultPort(bool imapScheme, ImapSecurity security) =>
        security switch
        {
            ImapSecurity.StartTls or ImapSecurity.None => PlainPort,
            ImapSecurity.Tls => TlsPort,
            _ => imapScheme ? PlainPort : TlsPort,
        };

    private static string BracketIfIPv6(string server) =>
        server.IndexOf(':') != server.LastIndexOf(':') && server[0] != '[' ? $"[{server}]" : server;
}
