namespace ImapPS.Search;

/// <summary>What a server can be asked in a SEARCH, and how far its word goes.</summary>
internal sealed record ServerAbilities
{
    /// <summary>True for a server that has answered a search with BADCHARSET.</summary>
    public bool AsciiOnly { get; init; }

    /// <summary>
    /// True for a server whose text search goes by words, not substrings (Gmail; one with a full-text index, which SEARCH=FUZZY,
    /// RFC 6203, tells): it finds less than a wildcard means, so it gets no text to narrow by.
    /// </summary>
    public bool WordsOnly { get; init; }

    /// <summary>True when it measures ages by its own clock (WITHIN, RFC 5032).</summary>
    public bool Within { get; init; }
}
