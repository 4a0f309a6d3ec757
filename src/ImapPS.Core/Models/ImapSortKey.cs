namespace ImapPS.Models;

/// <summary>What a listing can be ordered by (SORT, RFC 5256).</summary>
public enum ImapSortKey
{
    /// <summary>When the server received the message (ARRIVAL).</summary>
    Received,

    /// <summary>When the sender wrote it, or, where the message does not say, when it was received (DATE).</summary>
    Date,

    /// <summary>The local part of the first sender's address (FROM).</summary>
    From,

    /// <summary>The local part of the first recipient's address (TO).</summary>
    To,

    /// <summary>The local part of the first address that got a copy (CC).</summary>
    Cc,

    /// <summary>The subject without what replying and forwarding put before it (SUBJECT; RFC 5256, 2.1).</summary>
    Subject,

    /// <summary>The size in octets (SIZE).</summary>
    Size,
}
