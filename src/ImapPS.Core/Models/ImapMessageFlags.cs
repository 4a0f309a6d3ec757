using System;

namespace ImapPS.Models;

/// <summary>The system flags of a message (RFC 9051, 2.3.2).</summary>
[Flags]
public enum ImapMessageFlags : long
{
    /// <summary>No flag is set.</summary>
    None = 0,

    /// <summary>\Seen: the message is read.</summary>
    Seen = 1,

    /// <summary>\Answered: the message is answered.</summary>
    Answered = 2,

    /// <summary>\Flagged: the message is marked for attention.</summary>
    Flagged = 4,

    /// <summary>\Deleted: the next EXPUNGE removes the message.</summary>
    Deleted = 8,

    /// <summary>\Draft: the message is not finished.</summary>
    Draft = 16,
}
