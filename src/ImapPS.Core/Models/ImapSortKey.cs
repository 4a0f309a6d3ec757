namespace ImapPS.Models;

/// <summary>The properties that messages can be sorted by (SORT, RFC 5256).</summary>
public enum ImapSortKey
{
    /// <summary>The time at which the server received the message (ARRIVAL).</summary>
    Received,

    /// <summary>The time at which the message was written. If it has none, the time at which it was received (DATE).</summary>
    Date,

    /// <summary>The local part of the address of the first author (FROM).</summary>
    From,

    /// <summary>The local part of the address of the first recipient (TO).</summary>
    To,

    /// <summary>The local part of the address of the first recipient of a copy (CC).</summary>
    Cc,

    /// <summary>The subject without the prefixes of answers and forwards (SUBJECT; RFC 5256, 2.1).</summary>
    Subject,

    /// <summary>The size in octets (SIZE).</summary>
    Size,
}
