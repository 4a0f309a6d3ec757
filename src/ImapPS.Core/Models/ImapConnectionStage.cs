namespace ImapPS.Models;

/// <summary>The steps of connecting to a server.</summary>
public enum ImapConnectionStage : long
{
    /// <summary>The host name is looked up.</summary>
    Resolve,

    /// <summary>A TCP connection is opened to one of the addresses.</summary>
    Connect,

    /// <summary>The server greets as an IMAP server (RFC 9051, 7.1). With STARTTLS this comes before Tls.</summary>
    Greeting,

    /// <summary>The connection is encrypted: version and cipher are agreed.</summary>
    Tls,

    /// <summary>The server's certificate is for this host, has not expired, and comes from an authority that is trusted.</summary>
    Certificate,

    /// <summary>The server reports its capabilities before the login.</summary>
    Capabilities,

    /// <summary>The server offers a way to log in.</summary>
    Mechanisms,

    /// <summary>The user logs in.</summary>
    Login,

    /// <summary>The server reports its capabilities after the login.</summary>
    CapabilitiesAfterLogin,

    /// <summary>The INBOX is opened, for reading only.</summary>
    Inbox,

    /// <summary>The time is measured until the server answers a command that does nothing.</summary>
    RoundTrip,
}
