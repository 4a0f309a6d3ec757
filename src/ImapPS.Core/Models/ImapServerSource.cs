namespace ImapPS.Models;

/// <summary>The places where the server of a mailbox is looked up.</summary>
public enum ImapServerSource : long
{
    /// <summary>The module's table of providers knows the domain.</summary>
    KnownProvider,

    /// <summary>A DNS SRV record of the domain names the server (RFC 6186, RFC 8314).</summary>
    Srv,

    /// <summary>The domain's own configuration file for mail programs (autoconfig) names the server. It is read over HTTPS.</summary>
    Autoconfig,

    /// <summary>The mail of the domain goes to a known provider (DNS MX).</summary>
    Mx,

    /// <summary>DNS knows a host with the usual name, imap or mail, in the domain.</summary>
    Guess,
}
