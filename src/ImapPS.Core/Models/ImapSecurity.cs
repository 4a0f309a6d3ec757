namespace ImapPS.Models;

/// <summary>The ways to encrypt a connection.</summary>
public enum ImapSecurity : long
{
    /// <summary>TLS from the first byte on port 993. Required STARTTLS on any other port.</summary>
    Auto,

    /// <summary>TLS from the first byte (RFC 8314).</summary>
    Tls,

    /// <summary>STARTTLS before anything else is sent. A server that does not offer it is refused.</summary>
    StartTls,

    /// <summary>No encryption. A password is sent without encryption only with -AllowPlaintext.</summary>
    None,
}
