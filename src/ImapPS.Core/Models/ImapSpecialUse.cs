namespace ImapPS.Models;

/// <summary>The role that a server gives to a folder (RFC 6154).</summary>
public enum ImapSpecialUse : long
{
    /// <summary>No role.</summary>
    None,

    /// <summary>\All: every message of the account.</summary>
    All,

    /// <summary>\Archive: messages kept out of the way.</summary>
    Archive,

    /// <summary>\Drafts: messages not yet sent.</summary>
    Drafts,

    /// <summary>\Flagged: every message that is flagged.</summary>
    Flagged,

    /// <summary>\Important: messages that the server takes for important (RFC 8457).</summary>
    Important,

    /// <summary>\Junk: messages taken for spam.</summary>
    Junk,

    /// <summary>\Sent: messages that were sent.</summary>
    Sent,

    /// <summary>\Trash: messages thrown away.</summary>
    Trash,
}
