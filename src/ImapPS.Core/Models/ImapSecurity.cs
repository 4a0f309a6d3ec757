namespace ImapPS.Models;

/// <summary>How a connection is encrypted.</summary>
public enum ImapSecurity
{
    /// <summary>TLS from the first byte on port 993; STARTTLS, required, on any other.</summary>
    Auto,

    /// <summary>TLS from the first byte (RFC 8314).</summary>
    Tls,

    /// <summary>STARTTLS before anything else is said; a server that does not offer it is refused.</summary>
    StartTls,

    /// <summary>No encryption. A password then crosses the network in clear only with -AllowPlaintext.</summary>
    None,
}
