namespace ImapPS.Models;

/// <summary>
/// Shows whether a message is signed or encrypted (RFC 8551, RFC 3156). Nothing is decrypted, and no signature is checked.
/// </summary>
public enum ImapProtection : long
{
    /// <summary>Neither signed nor encrypted.</summary>
    None,

    /// <summary>Signed with S/MIME. The text is the signed text. The signature is not checked.</summary>
    SmimeSigned,

    /// <summary>Encrypted with S/MIME. There is no text.</summary>
    SmimeEncrypted,

    /// <summary>Signed with OpenPGP. The text is the signed text. The signature is not checked.</summary>
    PgpSigned,

    /// <summary>Encrypted with OpenPGP. There is no text.</summary>
    PgpEncrypted,
}
