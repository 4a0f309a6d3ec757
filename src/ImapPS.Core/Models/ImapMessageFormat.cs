namespace ImapPS.Models;

/// <summary>How messages stand in files.</summary>
public enum ImapMessageFormat
{
    /// <summary>A file for each message, byte for byte as the server has it (message/rfc822).</summary>
    Eml,

    /// <summary>One file for all messages, in the form "mboxrd" (RFC 4155).</summary>
    Mbox,

    /// <summary>A Maildir: a file for each message, with its flags in the name.</summary>
    Maildir,
}
