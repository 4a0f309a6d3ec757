using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using ImapPS.Models;
using ImapPS.Sessions;

namespace ImapPS.Errors;

/// <summary>What can go wrong until somebody is logged in.</summary>
internal static partial class Failures
{
    private static readonly Regex _appPassword = new(
        @"\b(?:app(?:lication)?[-\s](?:specific\s)?password|application-specific)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        TimeSpan.FromMilliseconds(100));

    public static ImapException HostUnknown(string host, Exception inner) =>
        new(ImapErrorId.ConnectionFailed, $"The host '{host}' was not found: {DisplayText.Printable(inner.Message)}",
            "Check the name, and that this computer can resolve it.", host, inner);

    /// <summary>A host without an address of the family that was asked for.</summary>
    public static ImapException FamilyMissing(string host, AddressFamily family)
    {
        string name = family == AddressFamily.InterNetworkV6 ? "IPv6" : "IPv4";
        return new ImapException(ImapErrorId.ConnectionFailed, $"The host '{host}' has no {name} address.", $"Leave out -{name}.", host);
    }

    public static ImapException Unreachable(ServerAddress address, string why, Exception inner) =>
        Unreachable(address.Host, address.Port, why, inner);

    public static ImapException Unreachable(string host, int port, string why, Exception inner) =>
        new(ImapErrorId.ConnectionFailed,
            string.Format(CultureInfo.InvariantCulture, "Cannot connect to '{0}' on port {1}: {2}", host, port, DisplayText.Printable(why)),
            "Check the host name and the port, and that a firewall allows the connection.",
            host,
            inner);

    /// <summary>A server that answers, and then ends the connection before anybody could log in.</summary>
    public static ImapException TurnedAway(ServerAddress address, string why, Exception inner) =>
        new(ImapErrorId.ConnectionFailed,
            string.Format(CultureInfo.InvariantCulture, "'{0}' ended the connection on port {1} before the login: {2}", address.Host,
                address.Port, DisplayText.Printable(why)),
            "The server, or a firewall in front of it, refuses connections from this computer. Ask the administrator of the server. "
                + "Check -Port and -Security as well.",
            address.Host,
            inner);

    public static ImapException TlsFailed(ServerAddress address, Exception inner) =>
        new(ImapErrorId.TlsFailed,
            string.Format(CultureInfo.InvariantCulture, "TLS with '{0}' on port {1} failed: {2}", address.Host,
                address.Port, DisplayText.Printable(inner.GetBaseException().Message)),
            "Check -Port and -Security: 993 is TLS from the first byte, 143 is STARTTLS. If they are right, the server may know only TLS "
                + "versions, ciphers or keys that this computer takes for too weak. Its administrator should allow TLS 1.2 and 1.3.",
            address.Host,
            inner);

    public static ImapException StartTlsRefused(ServerAddress address, string words, Exception inner) =>
        new(ImapErrorId.TlsFailed,
            string.Format(CultureInfo.InvariantCulture, "'{0}' offers STARTTLS on port {1} and refuses it: {2}", address.Host, address.Port,
                DisplayText.Printable(words)),
            "Use -Security Tls on port 993. The administrator of the server can see in its log why TLS is not available.",
            address.Host,
            inner);

    public static ImapException StartTlsAbsent(ServerAddress address, Exception inner) =>
        new(ImapErrorId.TlsFailed,
            string.Format(CultureInfo.InvariantCulture, "'{0}' does not offer STARTTLS on port {1}.", address.Host, address.Port),
            "Use -Security Tls on port 993. A device between you and the server may also have removed the offer.",
            address.Host,
            inner);

    /// <summary>A server that logs in by itself in clear, after which there is no STARTTLS.</summary>
    public static ImapException StartTlsTooLate(ServerAddress address, Exception? inner) =>
        new(ImapErrorId.TlsFailed,
            string.Format(CultureInfo.InvariantCulture, "'{0}' logs in by itself on port {1} (PREAUTH), before STARTTLS is possible.",
                address.Host, address.Port),
            "Use -Security Tls. For a server on this computer or at the end of a tunnel, -Security None does as well.",
            address.Host,
            inner);

    /// <summary>A port that speaks something, but not what it was asked to.</summary>
    public static ImapException SpeaksOther(ServerAddress address, PortFinding finding, Exception? inner)
    {
        string port = string.Format(CultureInfo.InvariantCulture, "Port {0} of '{1}' speaks", address.Port, address.Host);
        return finding switch
        {
            { Name: not (null or SpokenProtocol.Imap) } =>
                new(ImapErrorId.ProtocolError, $"{port} {finding.Name}{(finding.IsInTls ? " in TLS" : string.Empty)}, not IMAP.",
                    "Check -Port: IMAP is usually on 993 (TLS) or 143 (STARTTLS).", address.Host, inner),
            { IsInTls: true } =>
                new(ImapErrorId.TlsFailed, $"{port} TLS from the first byte.", "Use -Security Tls.", address.Host, inner),
            _ =>
                new(ImapErrorId.TlsFailed, $"{port} IMAP without TLS from the first byte.",
                    "Use -Security StartTls, which encrypts the connection before the password is sent.", address.Host, inner),
        };
    }

    /// <summary>A connection that the server ended while somebody logged in, or right after.</summary>
    public static ImapException LostInLogin(string server, string? said, bool isAccepted, Exception inner) =>
        new(ImapErrorId.ConnectionFailed,
            $"'{server}' ended the connection {(isAccepted ? "after the login" : "before it answered the login")}: "
                + $"{DisplayText.Printable(said ?? inner.Message)}",
            isAccepted ? "Try again later. -RetryCount specifies how often the module tries again."
                : "Try again later. Check the user name and the password as well: some servers end the connection to refuse a login.",
            server,
            inner);

    public static ImapException PortInvalid(string server) =>
        ArgumentInvalid(
            $"The port of '{DisplayText.Printable(server)}' is not from 1 to 65535.",
            "IMAP is usually on port 993 (TLS) or 143 (STARTTLS).",
            server);

    public static ImapException NobodyToAsk(Exception? inner = null) =>
        new(ImapErrorId.ArgumentInvalid, "The credential is not complete, and it cannot be asked for here.",
            "Give a PSCredential with a password to -Credential.", target: null, inner);

    public static ImapException CredentialNotGiven(string what) =>
        new(ImapErrorId.ArgumentInvalid, $"No {what} was given.", "Type it at the prompt, or give a PSCredential to -Credential.");

    public static ImapException SchemeContradicts(string scheme, ImapSecurity security, string server) =>
        ArgumentInvalid(
            $"The scheme {scheme} of the URL means {(scheme == "imaps" ? "TLS" : "no TLS")} from the first byte, "
                + $"but -Security is {security}.",
            "Give a URL with the other scheme, or leave out -Security.",
            server);

    public static ImapException PlaintextRefused(string server) =>
        new(ImapErrorId.PlaintextRefused,
            $"'{server}' accepts only a plaintext password, and the connection is not encrypted. The password was not sent.",
            "Use -Security Tls or StartTls. If you trust the network, you can add -AllowPlaintext.",
            server);

    /// <param name="server">The server.</param>
    /// <param name="user">Who wants to log in.</param>
    /// <param name="answer">What the server says.</param>
    /// <param name="codes">The response codes of its refusal.</param>
    /// <param name="inner">What MailKit throws.</param>
    /// <param name="mechanism">How it was tried.</param>
    /// <param name="other">How it may be tried as well, if the server cannot use that mechanism.</param>
    public static ImapException AuthenticationFailed(string server, string user, string answer, IReadOnlyCollection<string> codes,
        Exception? inner = null, string? mechanism = null, string? other = null) =>
        new(ImapErrorId.AuthenticationFailed,
            $"'{server}' did not accept the credential of '{user}'{(answer.Length == 0 ? "." : ": " + DisplayText.Printable(answer))}",
            (WantedBy(server, mechanism) ?? LoginRemedy(codes, answer)) + (other is null ? string.Empty
                : $" If they are right, the server may be unable to use {mechanism}: try -Mechanism {other}."),
            user,
            inner);

    public static ImapException MechanismNotOffered(string server, string mechanism, IEnumerable<string> offered) =>
        new(ImapErrorId.NotSupportedByServer, $"'{server}' does not offer the mechanism {mechanism}. Offered: "
            + $"{DisplayText.Printable(string.Join(", ", offered))}.",
            "Leave out -Mechanism, or choose one of those.", mechanism);

    /// <summary>What MailKit cannot do on this platform.</summary>
    public static ImapException MechanismNotHere(string mechanism) =>
        new(ImapErrorId.ArgumentInvalid, $"The mechanism {mechanism} is not available in this edition of PowerShell.",
            "Use PowerShell 7, or choose another -Mechanism.", mechanism);

    /// <summary>A mechanism that ends on this side, without a refusal.</summary>
    public static ImapException MechanismFailed(string server, string mechanism, Exception inner) =>
        new(ImapErrorId.AuthenticationFailed,
            $"The login to '{server}' with {mechanism} failed: {DisplayText.Printable(inner.Message)}",
            mechanism == "GSSAPI"
                ? $"Get a Kerberos ticket first (kinit), and check that the server is known to Kerberos as imap/{server}."
                : "Choose another -Mechanism.",
            mechanism,
            inner);

    public static ImapException AuthorizationImpossible(string mechanism) =>
        new(ImapErrorId.ArgumentInvalid, $"The mechanism {mechanism} takes no authorization identity.",
            "Use -AuthorizationId with -Mechanism Plain, a ScramSha mechanism, or External.", mechanism);

    public static ImapException AuthorizationNotOffered(string server, IEnumerable<string> offered) =>
        new(ImapErrorId.NotSupportedByServer, $"'{server}' offers no mechanism that takes an authorization identity. Offered: "
            + $"{DisplayText.Printable(string.Join(", ", offered))}.",
            "Leave out -AuthorizationId. Some servers take both names in the user name: user*master.", server);

    private static string LoginRemedy(IReadOnlyCollection<string> codes, string answer)
    {
        foreach (string code in codes)
        {
            switch (code)
            {
                case "EXPIRED":
                    return "The password has expired. Choose a new one where the mailbox is administered.";
                case "PRIVACYREQUIRED":
                    return "The server wants an encrypted connection for this login: use -Security Tls or StartTls.";
                case "CONTACTADMIN":
                    return "Ask the administrator of the server: it refuses for a reason that only an administrator can remove.";
                case "AUTHORIZATIONFAILED":
                    return "The password is right, but the user may not open this mailbox. Ask its owner or the administrator.";
            }
        }

        if (ServerRemedies.Find(answer) is { } remedy) return remedy;

        return _appPassword.IsMatch(answer)
            ? "The provider wants a password made for applications. Create one in the settings of the account, and give it as the password."
            : "Check the user name and the password. Some providers require an app password, or accept no passwords.";
    }

    /// <summary>A refusal that may be gone in a while.</summary>
    /// <param name="server">The server; null where only its answer is at hand.</param>
    /// <param name="words">What it says.</param>
    /// <param name="inner">What MailKit throws.</param>
    /// <param name="target">What was asked for; null for the server.</param>
    /// <param name="isLimit">Whether its response code was LIMIT.</param>
    public static ImapException ServerBusy(string? server, string words, Exception? inner, object? target = null,
        bool isLimit = false) =>
        new(ImapErrorId.ServerBusy,
            $"{(server is null ? "The server" : $"'{server}'")} refuses for the moment: {DisplayText.Printable(words)}",
            "Try again later. -RetryCount and -RetryDelaySeconds of Connect-Imap specify how long a command tries.",
            target ?? server,
            inner)
        {
            IsLimit = isLimit,
        };

    public static ImapException LoginDisabled(string server) =>
        new(ImapErrorId.PlaintextRefused,
            $"'{server}' takes no password on a connection that is not encrypted (LOGINDISABLED). It was not sent.",
            "Use -Security StartTls or Tls.",
            server);

    public static ImapException ConnectionLost(string server, Exception inner) =>
        new(ImapErrorId.ConnectionLost,
            $"The connection to '{server}' was lost and could not be restored: {DisplayText.Printable(inner.Message)}",
            "The next command connects again. -RetryCount and -RetryDelaySeconds of Connect-Imap specify how long a command tries.",
            server,
            inner);

    public static ImapException Timeout(string server, int seconds, Exception inner) =>
        new(ImapErrorId.Timeout,
            $"'{server}' did not answer within {seconds.ToString(CultureInfo.InvariantCulture)} seconds.",
            "Try again. If the server is slow, connect with a larger -TimeoutSeconds.",
            server,
            inner);

    public static ImapException ProtocolError(string server, Exception inner) =>
        new(ImapErrorId.ProtocolError,
            $"'{server}' sent an answer that is not IMAP: {DisplayText.Printable(inner.Message)}",
            "To see the protocol exchange, connect with -ProtocolLogPath.",
            server,
            inner);
}
