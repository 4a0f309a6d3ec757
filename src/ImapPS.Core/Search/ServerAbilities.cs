using System.Collections.Generic;
using System.Linq;
using ImapPS.Errors;

namespace ImapPS.Search;

/// <summary>What a server can be asked in a SEARCH, and how far its word goes.</summary>
internal sealed record ServerAbilities
{
    /// <summary>A server that has not been asked: everything is compared here.</summary>
    public static readonly ServerAbilities Nothing = new() { Answers = false };

    /// <summary>False when the server has not been asked.</summary>
    public bool Answers { get; private init; } = true;

    /// <summary>What it was found to refuse, or to answer wrongly.</summary>
    public SearchLimits Limits { get; init; } = SearchLimits.None;

    /// <summary>True for a server that has answered a search with BADCHARSET.</summary>
    public bool AsciiOnly { get; init; }

    /// <summary>
    /// True for a server whose text search goes by words, not substrings (Gmail; one with a full-text index, which SEARCH=FUZZY,
    /// RFC 6203, tells): it finds less than a wildcard means, so it gets no text to narrow by.
    /// </summary>
    public bool WordsOnly { get; init; }

    /// <summary>False for a server whose SEARCH may count octets otherwise than RFC822.SIZE, as several do.</summary>
    public bool MeasuresAsShown { get; init; } = true;

    /// <summary>True when it measures ages by its own clock (WITHIN, RFC 5032).</summary>
    public bool Within { get; init; }

    /// <summary>True when it knows when a message came into its folder (SAVEDATE, RFC 8514).</summary>
    public bool SaveDate { get; init; }

    /// <summary>True when it has modification sequences (CONDSTORE, RFC 7162).</summary>
    public bool CondStore { get; init; }

    /// <summary>True when it has identifiers of messages and threads (OBJECTID, RFC 8474).</summary>
    public bool ObjectId { get; init; }

    /// <summary>True for Gmail (X-GM-EXT-1).</summary>
    public bool Gmail { get; init; }

    /// <summary>False for a text that a server which searches in ASCII only cannot look for.</summary>
    public bool CanLookFor(string text) => !AsciiOnly || LiteralPiece.IsAscii(text);

    /// <summary>
    /// True for a header field that the server is asked for by a piece of its text. One whose search was seen to go by words, or by whole
    /// addresses, and that does not say so, is not asked: everything is compared here.
    /// </summary>
    public bool FindsPieces(string field) => (field == "Subject" ? Limits.Subjects : Limits.Addresses) != false;

    /// <summary>Refuses texts that only the server could look for, and cannot.</summary>
    public void DemandCharset(string parameter, IEnumerable<string> texts)
    {
        if (texts.FirstOrDefault(text => !CanLookFor(text)) is { } foreign) throw Failures.SearchCharsetUnsupported(parameter, foreign);
    }

    /// <summary>Refuses a criterion that only an extension can answer.</summary>
    public static void Demand(bool has, string parameter, string extension)
    {
        if (!has)
        {
            throw Failures.NotSupported($"search for -{parameter}", extension,
                "Leave the parameter out, and filter on the properties of the messages.");
        }
    }
}
