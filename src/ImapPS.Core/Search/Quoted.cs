using System.Collections.Generic;
using System.Linq;

namespace ImapPS.Search;

/// <summary>Texts as a report quotes them.</summary>
internal static class Quoted
{
    public static string Text(string text) => $"'{Models.DisplayText.Subject(text)}'";

    public static string Any(IEnumerable<string> texts) => string.Join(" or ", texts.Select(Text));

    /// <summary>What to say of a value that none of the patterns matches.</summary>
    public static string NotLike(IReadOnlyList<TextPattern> patterns)
    {
        IEnumerable<string> like = patterns.Where(pattern => pattern.Matches is not null).Select(pattern => pattern.Text);
        IEnumerable<string> contained = patterns.Where(pattern => pattern.Matches is null).Select(pattern => pattern.Text);
        IEnumerable<string> parts = [like.Any() ? "is not like " + Any(like) : string.Empty, contained.Any()
            ? "does not contain " + Any(contained) : string.Empty];
        return string.Join(" and ", parts.Where(part => part.Length > 0));
    }
}
