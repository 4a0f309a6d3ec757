using System;
using System.Text.RegularExpressions;
using ImapPS.Discovery;
using ImapPS.Models;
using ImapPS.Sessions;

namespace ImapPS.Errors;

/// <summary>What can go wrong while the server of a mailbox is looked for.</summary>
internal static partial class Failures
{
    private static readonly Regex _plainUser = new(
        @"\A[A-Za-z0-9][A-Za-z0-9.+_-]*(@[A-Za-z0-9.-]+)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1));

    public static ImapException MailboxInvalid(string text) =>
        ArgumentInvalid($"'{DisplayText.Printable(text)}' is not the address of a mailbox.",
            "Give an address such as alice@contoso.example.", text);

    public static ImapException DnsServerInvalid(string text) =>
        ArgumentInvalid($"'{DisplayText.Printable(text)}' is not the IP address of a DNS server.",
            "Give an IP address, with a port if it is not 53: 192.0.2.53, 192.0.2.53:5353 or [2001:db8::53]:5353.", text);

    /// <param name="parameter">What is given beside the address of a mailbox.</param>
    /// <param name="mailbox">The address.</param>
    public static ImapException FoundByItself(string parameter, string mailbox) =>
        ArgumentInvalid(
            $"-{parameter} cannot be used with the address of a mailbox: the port and the encryption are found with the server.",
            $"Leave out -{parameter}, or name the server: Connect-Imap <server> -{parameter} <value> -Credential {Typed(mailbox)}.",
            mailbox);

    /// <param name="mailbox">The address.</param>
    /// <param name="domain">Its domain.</param>
    /// <param name="why">What else is known; null for nothing.</param>
    public static ImapException ServerNotFound(string mailbox, string domain, string? why) =>
        new(ImapErrorId.ServerNotFound,
            $"No IMAP server was found for '{mailbox}'.{(why is null ? string.Empty : $" {DisplayText.Printable(why)}")}",
            $"Check the address. If you know the server, name it: Connect-Imap imap.{domain} -Credential {Typed(mailbox)}. "
                + "-Verbose shows where it was looked for.",
            mailbox);

    /// <param name="dnsServer">The DNS server, at the start of a sentence.</param>
    /// <param name="mailbox">The address.</param>
    /// <param name="domain">Its domain.</param>
    /// <param name="seconds">How long it was waited for.</param>
    /// <param name="inner">What was thrown.</param>
    public static ImapException DnsSilent(string dnsServer, string mailbox, string domain, int seconds, Exception inner) =>
        new(ImapErrorId.Timeout,
            $"{dnsServer} did not answer within {DisplayText.Count(seconds, "second")}.",
            "Check the network, or ask another DNS server with -DnsServer. If you know the server of the mailbox, name it: "
                + $"Connect-Imap imap.{domain} -Credential {Typed(mailbox)}.",
            mailbox,
            inner);

    public static ImapException DomainDenies(string mailbox, string domain) =>
        new(ImapErrorId.ServerNotFound,
            $"The domain '{domain}' says in DNS that it offers no IMAP server.",
            "Ask the administrator of the mailbox. If you know the server, name it: Connect-Imap <server> "
                + $"-Credential {Typed(mailbox)}.",
            mailbox);

    public static ImapException ServerNotTrusted(ImapServer server, string domain) =>
        new(ImapErrorId.ServerNotTrusted,
            $"DNS names '{server.Server}' as the server of '{server.Mailbox}'. It is outside of '{domain}', and DNS answers can be forged. "
                + "Nothing was sent to it.",
            $"If you know that this server is right, name it: Connect-Imap {CommandFor(server)}.",
            server.Mailbox);

    /// <summary>What a known provider wants instead of the password that it refused; null for any other, and for a token.</summary>
    private static string? WantedBy(string server, string? mechanism) =>
        mechanism?.IndexOf("OAUTH", StringComparison.Ordinal) >= 0 ? null
            : KnownProviders.OfServer(server, ServerAddress.TlsPort)?.Note;

    private static string CommandFor(ImapServer server) =>
        (server.Security == ImapSecurity.Tls
            ? server.Port == ServerAddress.TlsPort ? server.Server : $"imaps://{server}"
            : server.Port == ServerAddress.PlainPort ? $"imap://{server.Server}" : $"imap://{server}")
        + $" -Credential {Typed(server.UserName)}";

    /// <summary>A user name as it is typed: in quotes if PowerShell would read more into it.</summary>
    private static string Typed(string user) => _plainUser.IsMatch(user) ? user : CommandText.Argument(user) ?? "<user>";
}
