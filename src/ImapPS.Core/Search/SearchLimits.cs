using System;
using System.Collections.Generic;
using System.Linq;
using MailKit.Search;

namespace ImapPS.Search;

/// <summary>
/// What a server was found to refuse in a SEARCH, or to answer wrongly. It does not change; what is learned makes another one.
/// </summary>
internal sealed class SearchLimits
{
    /// <summary>Nothing is known.</summary>
    public static readonly SearchLimits None = new();

    private readonly HashSet<string> _accepted = new(StringComparer.Ordinal);
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private readonly HashSet<string> _lost = new(StringComparer.Ordinal);

    private SearchLimits()
    {
    }

    private SearchLimits(SearchLimits known)
    {
        _accepted.UnionWith(known._accepted);
        _refused.UnionWith(known._refused);
        _lost.UnionWith(known._lost);
        Subjects = known.Subjects;
        Addresses = known.Addresses;
        MeasuresAsShown = known.MeasuresAsShown;
    }

    /// <summary>Whether the server finds a subject by any piece of it; null when nobody knows.</summary>
    public bool? Subjects { get; private init; }

    /// <summary>Whether it finds addresses, and what stands in other header fields, by any piece of them.</summary>
    public bool? Addresses { get; private init; }

    /// <summary>Whether its SEARCH counts the octets of a message as RFC822.SIZE does; null when nobody knows.</summary>
    public bool? MeasuresAsShown { get; private init; }

    /// <summary>True when the server may be asked.</summary>
    public bool Allow(SearchQuery query) => _refused.Count == 0 || !_refused.Overlaps(SearchKeys.Of(query));

    /// <summary>What was asked has been answered.</summary>
    public SearchLimits Accept(IReadOnlyCollection<string> keys) =>
        _accepted.IsSupersetOf(keys) ? this : With(next => next._accepted.UnionWith(keys));

    /// <summary>What was asked has been refused: what has never been answered is to blame, or else that all of it came together.</summary>
    public SearchLimits Refuse(IReadOnlyCollection<string> keys)
    {
        List<string> suspects = [.. keys.Except(_accepted, StringComparer.Ordinal)];
        return With(next => next._refused.UnionWith(suspects.Count > 0 ? suspects : keys));
    }

    /// <summary>The connection broke as this was asked: once may be the line's fault.</summary>
    public SearchLimits Lose(IReadOnlyCollection<string> keys)
    {
        string all = string.Join(" ", keys.OrderBy(key => key, StringComparer.Ordinal));
        return _lost.Contains(all) ? Refuse(keys) : With(next => next._lost.Add(all));
    }

    /// <summary>Which texts the server finds by any piece of them.</summary>
    public SearchLimits Prove(bool? subjects, bool? addresses) => new(this) { Subjects = subjects, Addresses = addresses };

    /// <summary>Whether the server measures messages as it shows them.</summary>
    public SearchLimits Measure(bool isExact) => new(this) { MeasuresAsShown = isExact };

    private SearchLimits With(Action<SearchLimits> learn)
    {
        var next = new SearchLimits(this);
        learn(next);
        return next;
    }
}
