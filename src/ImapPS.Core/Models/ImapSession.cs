namespace ImapPS.Models;

/// <summary>A session on an IMAP server. It is the only live object of this module. Other cmdlets take it as -Session.</summary>
public sealed class ImapSession
{
    private readonly ISessionStatus _status;

    internal ImapSession(int id, string name, string server, int port, string userName, ISessionStatus status)
    {
        Id = id;
        Name = name;
        Server = server;
        Port = port;
        UserName = userName;
        _status = status;
    }

    /// <summary>The number of the session in this process, counted from 1.</summary>
    public int Id { get; }

    /// <summary>The name of the session: the value of -Name, or user@server.</summary>
    public string Name { get; }

    /// <summary>The server's host name.</summary>
    public string Server { get; }

    /// <summary>The server's port.</summary>
    public int Port { get; }

    /// <summary>
    /// The user whose mailbox it is: the user who is logged in, or that of -AuthorizationId. Empty if the server logs in by itself
    /// (PREAUTH).
    /// </summary>
    public string UserName { get; }

    /// <summary>The state of the connection.</summary>
    public ImapSessionState State => _status.State;

    /// <summary>The TLS version and cipher of the connection, or None.</summary>
    public string Security => _status.Security;

    /// <summary>True if the connection is compressed (COMPRESS=DEFLATE, RFC 4978).</summary>
    public bool IsCompressed => _status.IsCompressed;

    /// <summary>The capabilities that the server reports after the login (RFC 9051, 7.2.2).</summary>
    public ImapList<string> Capabilities => ImapList<string>.Of(_status.Capabilities);

    /// <summary>True if commands of this runspace use the session when -Session is not given.</summary>
    public bool IsDefault => _status.IsDefault;

    /// <summary>Returns the name of the session.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Name;
}
