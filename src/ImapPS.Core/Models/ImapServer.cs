using System.Globalization;
using ImapPS.Sessions;

namespace ImapPS.Models;

/// <summary>An IMAP server for a mailbox, and where it was found.</summary>
public sealed class ImapServer
{
    internal ImapServer(string mailbox, string server, int port, ImapSecurity security, ImapServerSource source)
    {
        Mailbox = mailbox;
        Server = server;
        Port = port;
        Security = security;
        Source = source;
        UserName = mailbox;
    }

    /// <summary>The address of the mailbox.</summary>
    public string Mailbox { get; }

    /// <summary>The server's host name.</summary>
    public string Server { get; }

    /// <summary>The server's port.</summary>
    public int Port { get; }

    /// <summary>How the connection is encrypted: Tls or StartTls.</summary>
    public ImapSecurity Security { get; }

    /// <summary>The user name for the login.</summary>
    public string UserName { get; internal init; }

    /// <summary>Where the server was found.</summary>
    public ImapServerSource Source { get; }

    /// <summary>The name of the provider. Empty if the module does not know it.</summary>
    public string Provider { get; internal init; } = string.Empty;

    /// <summary>What the account needs to log in.</summary>
    public ImapServerLogin Login { get; internal init; }

    /// <summary>
    /// True if Connect-Imap connects to this server when only the address is given. False if nothing but DNS names the server and it is
    /// outside of the domain: anyone between you and your DNS server can forge that answer (RFC 6186, 6).
    /// </summary>
    public bool IsTrusted { get; internal init; } = true;

    /// <summary>What is to be known before the login. Empty if there is nothing.</summary>
    public string Note { get; internal init; } = string.Empty;

    /// <summary>Where to connect to, and as whom.</summary>
    internal ServerAddress ToAddress() => new(Server, Port, Security, UserName);

    /// <summary>Returns the server and the port.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Server}:{Port.ToString(CultureInfo.InvariantCulture)}";
}
