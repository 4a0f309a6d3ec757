namespace ImapPS.Models;

/// <summary>What a message's text is wrapped in (RFC 8551, RFC 3156). Nothing is decrypted, and no signature is checked.</summary>
public enum ImapProtection : long
{
    /// <summary>Neither signed nor encrypted.</summary>
    None,

    /// <summary>Signed with S/MIME. The text is what was signed; whether the signature is good is not known.</summary>
    SmimeSigned,

    /// <summary>Encrypted with S/MIME. There is no text.</summary>
    SmimeEncrypted,

    /// <summary>Signed with OpenPGP. The text is what was signed; whether the signature is good is not known.</summary>
    PgpSigned,

    /// <summary>Encrypted with OpenPGP. There is no text.</summary>
    PgpEncrypted,
}
