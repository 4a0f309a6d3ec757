using System;
using System.Collections.Generic;
using ImapPS.Errors;
using MailKit.Search;

namespace ImapPS.Search;

/// <summary>Criteria to the SEARCH that the server runs: never narrower than the criteria, and wider where it must be.</summary>
internal sealed class QueryBuilder
{
    private static readonly char[] _lineBreaks = ['\r', '\n', '\0'];

    private readonly bool _asciiOnly;
    private SearchQuery? _query;

    private QueryBuilder(bool asciiOnly) => _asciiOnly = asciiOnly;

    /// <param name="criteria">What is wanted.</param>
    /// <param name="asciiOnly">True for a server that searches in ASCII only; other texts are left to <see cref="MessageMatcher"/>.</param>
    public static SearchQuery Build(MessageCriteria criteria, bool asciiOnly)
    {
        var builder = new QueryBuilder(asciiOnly);
        builder.AddAnyOf(criteria.From, SearchQuery.FromContains);
        builder.AddAnyOf(criteria.To, SearchQuery.ToContains);
        builder.AddAnyOf(criteria.Subject, SearchQuery.SubjectContains);

        // SINCE and BEFORE know days only, and take them from INTERNALDATE in the time zone that the server stored (from -12:00
        // to +14:00). A day more on either side holds every message that the instant can mean; the matcher compares exactly.
        if (criteria.Since is { } since && since.UtcDateTime.Date > DateTime.MinValue.AddDays(1))
        {
            builder.Add(SearchQuery.DeliveredAfter(since.UtcDateTime.Date.AddDays(-1)));
        }

        if (criteria.Before is { } before && before.UtcDateTime.Date < DateTime.MaxValue.Date.AddDays(-2))
        {
            builder.Add(SearchQuery.DeliveredBefore(before.UtcDateTime.Date.AddDays(2)));
        }

        if (criteria.Read is { } read) builder.Add(read ? SearchQuery.Seen : SearchQuery.NotSeen);
        if (criteria.Flagged is { } flagged) builder.Add(flagged ? SearchQuery.Flagged : SearchQuery.NotFlagged);

        return builder._query ?? SearchQuery.All;
    }

    private void Add(SearchQuery term) => _query = _query is null ? term : _query.And(term);

    private void AddAnyOf(IReadOnlyList<TextCriterion> texts, Func<string, SearchQuery> term)
    {
        SearchQuery? any = null;
        foreach (TextCriterion text in texts)
        {
            if (text.Text.IndexOfAny(_lineBreaks) >= 0)
            {
                throw Failures.FilterInvalid("A text to search for holds a line break or a NUL, which no header does.", "Remove it.", text.Text);
            }

            string? piece = text.Matches is null ? text.Text : LiteralPiece.LongestOf(text.Text);

            // One text that the server cannot look for widens the whole choice.
            if (piece is null || (_asciiOnly && !LiteralPiece.IsAscii(piece))) return;

            any = any is null ? term(piece) : any.Or(term(piece));
        }

        if (any is not null) Add(any);
    }
}
