using System.Globalization;
using MailKit.Search;

namespace ImapPS.Tests.Filters;

/// <summary>A query as SEARCH writes it (RFC 9051, 6.4.4), to be read by people.</summary>
internal static class QueryText
{
    public static string Of(SearchQuery? query) => query switch
    {
        null => "ALL",
        UidSearchQuery uids => $"UID {uids.Uids}",
        BinarySearchQuery { Term: SearchTerm.And } both => $"{Of(both.Left)} {Of(both.Right)}",
        BinarySearchQuery either => $"OR {Operand(either.Left)} {Operand(either.Right)}",
        UnarySearchQuery not => $"NOT {Operand(not.Operand)}",
        HeaderSearchQuery header => $"HEADER {header.Field} {Quoted(header.Value)}",
        TextSearchQuery text => $"{Word(text.Term)} {Quoted(text.Text)}",
        NumericSearchQuery number => $"{Word(number.Term)} {number.Value.ToString(CultureInfo.InvariantCulture)}",
        DateSearchQuery date => $"{Word(date.Term)} {date.Date.ToString("d-MMM-yyyy", CultureInfo.InvariantCulture)}",
        _ => Word(query.Term),
    };

    private static string Operand(SearchQuery query) => query.Term == SearchTerm.And ? $"({Of(query)})" : Of(query);

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";

    private static string Word(SearchTerm term) => term switch
    {
        SearchTerm.NotSeen => "UNSEEN",
        SearchTerm.NotFlagged => "UNFLAGGED",
        SearchTerm.NotAnswered => "UNANSWERED",
        SearchTerm.NotDeleted => "UNDELETED",
        SearchTerm.NotDraft => "UNDRAFT",
        SearchTerm.NotKeyword => "UNKEYWORD",
        SearchTerm.BccContains => "BCC",
        SearchTerm.BodyContains => "BODY",
        SearchTerm.CcContains => "CC",
        SearchTerm.FromContains => "FROM",
        SearchTerm.MessageContains => "TEXT",
        SearchTerm.SubjectContains => "SUBJECT",
        SearchTerm.ToContains => "TO",
        SearchTerm.DeliveredAfter => "SINCE",
        SearchTerm.DeliveredBefore => "BEFORE",
        SearchTerm.DeliveredOn => "ON",
        SearchTerm.LargerThan => "LARGER",
        SearchTerm.SmallerThan => "SMALLER",
        _ => term.ToString().ToUpperInvariant(),
    };
}
