namespace ImapPS.Search;

/// <summary>A date that SEARCH knows.</summary>
internal enum DateField
{
    /// <summary>INTERNALDATE: when the server received the message.</summary>
    Received,

    /// <summary>The header Date: when the sender wrote it.</summary>
    Sent,

    /// <summary>When the message came into this folder (SAVEDATE, RFC 8514).</summary>
    Saved,
}
