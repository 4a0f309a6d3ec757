namespace ImapPS.Models;

/// <summary>The roles that a server gives to folders (RFC 6154).</summary>
public enum ImapSpecialUse : long
{
    /// <summary>No role.</summary>
    None,

    /// <summary>\All: all messages of the account.</summary>
    All,

    /// <summary>\Archive: archived messages.</summary>
    Archive,

    /// <summary>\Drafts: messages that are not sent yet.</summary>
    Drafts,

    /// <summary>\Flagged: all flagged messages.</summary>
    Flagged,

    /// <summary>\Important: messages that the server considers important (RFC 8457).</summary>
    Important,

    /// <summary>\Junk: messages that are considered spam.</summary>
    Junk,

    /// <summary>\Sent: messages that were sent.</summary>
    Sent,

    /// <summary>\Trash: deleted messages.</summary>
    Trash,
}
