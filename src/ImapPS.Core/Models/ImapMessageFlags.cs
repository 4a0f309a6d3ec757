using System;

namespace ImapPS.Models;

/// <summary>The system flags of a message (RFC 9051, 2.3.2).</summary>
[Flags]
public enum ImapMessageFlags : long
{
    /// <summary>No flag is set.</summary>
    None = 0,

    /// <summary>\Seen: the message has been read.</summary>
    Seen = 1,

    /// <summary>\Answered: the message has been answered.</summary>
    Answered = 2,

    /// <summary>\Flagged: the message is marked for attention.</summary>
    Flagged = 4,

    /// <summary>\Deleted: the message goes at the next EXPUNGE.</summary>
    Deleted = 8,

    /// <summary>\Draft: the message is not finished.</summary>
    Draft = 16,
}
