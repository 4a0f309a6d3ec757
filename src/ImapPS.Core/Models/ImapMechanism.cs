namespace ImapPS.Models;

/// <summary>How a user logs in (SASL, RFC 4422). -Mechanism also takes the registered names, such as SCRAM-SHA-256.</summary>
public enum ImapMechanism
{
    /// <summary>The best mechanism that the server offers and that the credential fits.</summary>
    Auto,

    /// <summary>SCRAM-SHA-512 bound to the TLS connection (RFC 5802). The password is not sent.</summary>
    ScramSha512Plus,

    /// <summary>SCRAM-SHA-256 bound to the TLS connection (RFC 7677). The password is not sent.</summary>
    ScramSha256Plus,

    /// <summary>SCRAM-SHA-1 bound to the TLS connection (RFC 5802). The password is not sent.</summary>
    ScramSha1Plus,

    /// <summary>SCRAM-SHA-512. The password is not sent.</summary>
    ScramSha512,

    /// <summary>SCRAM-SHA-256 (RFC 7677). The password is not sent.</summary>
    ScramSha256,

    /// <summary>SCRAM-SHA-1 (RFC 5802). The password is not sent.</summary>
    ScramSha1,

    /// <summary>CRAM-MD5 (RFC 2195). The password is not sent.</summary>
    CramMd5,

    /// <summary>PLAIN (RFC 4616). The password is sent.</summary>
    Plain,

    /// <summary>The mechanism LOGIN, or the command LOGIN where the mechanism is not offered. The password is sent.</summary>
    Login,

    /// <summary>OAUTHBEARER (RFC 7628), with the token of -AccessToken or -OAuth.</summary>
    OAuthBearer,

    /// <summary>XOAUTH2, which came before OAUTHBEARER, with the token of -AccessToken or -OAuth.</summary>
    XOAuth2,

    /// <summary>What the connection itself proves: the client certificate of -Certificate (RFC 4422, appendix A).</summary>
    External,

    /// <summary>NTLM, for Windows accounts. Give the user name as DOMAIN\user.</summary>
    Ntlm,

    /// <summary>Kerberos (RFC 4752). Without -Credential the ticket of the signed-in user is used.</summary>
    Gssapi,

    /// <summary>Nobody in particular (RFC 4505), where a server has public folders.</summary>
    Anonymous,
}
