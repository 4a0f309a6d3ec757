namespace ImapPS.Models;

/// <summary>The formats of files with messages.</summary>
public enum ImapMessageFormat
{
    /// <summary>A file for each message, byte for byte as on the server (message/rfc822).</summary>
    Eml,

    /// <summary>One file for all messages, in the form "mboxrd" (RFC 4155).</summary>
    Mbox,

    /// <summary>A Maildir: a file for each message, with the flags in its name.</summary>
    Maildir,
}
