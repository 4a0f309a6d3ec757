using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;
using ImapPS.Models;

namespace ImapPS.Discovery;

/// <summary>A provider of mailboxes whose servers and logins are public knowledge.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Server">Its server.</param>
/// <param name="Login">What it wants for a login.</param>
/// <param name="Note">What its users have to know before they type anything.</param>
internal sealed record KnownProvider(string Name, string Server, ImapServerLogin Login, string Note)
{
    public int Port { get; init; } = Sessions.ServerAddress.TlsPort;

    public ImapSecurity Security { get; init; } = ImapSecurity.Tls;

    /// <summary>Other names of its server.</summary>
    public IReadOnlyList<string> OtherServers { get; init; } = [];

    /// <summary>The domains of its own mailboxes. One that begins with a dot stands for those below it.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>The hosts that take the mail of the domains that it hosts; null when that tells nothing.</summary>
    public Regex? MailHosts { get; init; }

    /// <summary>True when users of its own domains log in with what is before the @.</summary>
    public bool TakesLocalPart { get; init; }

    public bool Owns(string domain)
    {
        foreach (string own in Domains)
        {
            if (own[0] == '.' ? domain.EndsWith(own, StringComparison.Ordinal) : domain == own) return true;
        }

        return false;
    }

    public bool Serves(string host, int port)
    {
        // Another port of this computer may be anybody's.
        if (port != Port && Port != Sessions.ServerAddress.TlsPort) return false;

        if (string.Equals(host, Server, StringComparison.OrdinalIgnoreCase)) return true;

        foreach (string other in OtherServers)
        {
            if (string.Equals(host, other, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    /// <summary>The server, for a mailbox that is there.</summary>
    public ImapServer For(MailboxAddress mailbox, ImapServerSource source) => new(mailbox.Text, Server, Port, Security, source)
    {
        UserName = TakesLocalPart && Owns(mailbox.Domain) ? mailbox.LocalPart : mailbox.Text,
        Provider = Name,
        Login = Login,
        Note = Note,
    };
}
