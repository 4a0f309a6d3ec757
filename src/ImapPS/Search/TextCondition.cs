using System.Collections.Generic;
using System.Linq;
using MailKit.Search;

namespace ImapPS.Search;

/// <summary>A header field that holds all of some pieces of text, in whatever way the sender wrote it.</summary>
/// <remarks>
/// A server may decode encoded words and internationalized domains before it looks, or may not, or not those that MimeKit decodes:
/// what still holds "=?" or "xn--" is therefore let through, and compared here.
/// </remarks>
/// <param name="Field">The field's name.</param>
/// <param name="Pieces">ASCII text without characters that a sender may write in more than one way.</param>
internal sealed record TextCondition(string Field, IReadOnlyList<string> Pieces) : Condition
{
    public override SearchQuery? Widen(ServerAbilities server)
    {
        if (Pieces.Count == 0 || server.WordsOnly) return null;

        SearchQuery all = Pieces.Select(Contains).Aggregate((one, other) => one.And(other));
        SearchQuery query = all.Or(Contains("=?"));
        return IsAddress ? query.Or(Contains("xn--")) : query;
    }

    /// <summary>What does not hold the pieces cannot be said of fields that may be written in several ways.</summary>
    public override Condition Negate() => Unknown;

    private bool IsAddress => Field is "From" or "To" or "Cc" or "Bcc" or "Reply-To";

    private SearchQuery Contains(string text) => Field switch
    {
        "From" => SearchQuery.FromContains(text),
        "To" => SearchQuery.ToContains(text),
        "Cc" => SearchQuery.CcContains(text),
        "Bcc" => SearchQuery.BccContains(text),
        "Subject" => SearchQuery.SubjectContains(text),
        _ => SearchQuery.HeaderContains(Field, text),
    };
}
