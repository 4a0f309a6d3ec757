using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace ImapPS.Search;

/// <summary>The piece of a wildcard that the server can look for.</summary>
internal static class LiteralPiece
{
    /// <summary>
    /// The longest run of characters that must stand in every field that matches, or null. The run is broken at white space and
    /// at the characters that headers quote, fold and encode: the server looks at the header as it was sent, the wildcard at the
    /// decoded field, and a server that narrows too much loses mail. An ASCII run is preferred, since it needs no CHARSET.
    /// </summary>
    public static string? LongestOf(string wildcard)
    {
        string? best = null;
        foreach (string piece in Pieces(wildcard))
        {
            if (best is null || (IsAscii(piece), piece.Length).CompareTo((IsAscii(best), best.Length)) > 0) best = piece;
        }

        return best;
    }

    public static bool IsAscii(string text) => text.All(c => c < 128);

    /// <summary>What must stand in every field that a wildcard matches.</summary>
    public static IReadOnlyList<string> OfWildcard(string wildcard, PieceRules rules)
    {
        var pieces = new PieceBuilder(rules);
        bool escaped = false;
        bool inSet = false;
        bool atSetStart = false;
        foreach (char c in wildcard)
        {
            if (inSet)
            {
                // Its first character never closes a set.
                if (c == ']' && !atSetStart && !escaped) inSet = false;
                atSetStart = false;
            }
            else if (!escaped && c is '*' or '?' or '[')
            {
                pieces.Break();
                inSet = atSetStart = c == '[';
            }
            else if (escaped || c != '`')
            {
                pieces.Add(c);
            }

            escaped = c == '`' && !escaped;
        }

        return pieces.Pieces;
    }

    /// <summary>What must stand in every field that is equal to a text, or holds it.</summary>
    public static IReadOnlyList<string> OfText(string text, PieceRules rules)
    {
        var pieces = new PieceBuilder(rules);
        pieces.Add(text);
        return pieces.Pieces;
    }

    /// <summary>
    /// What must stand in every field that a regular expression matches. None where it has alternatives, groups or options: a choice
    /// asks for none of its branches.
    /// </summary>
    public static IReadOnlyList<string> OfRegex(string regex, PieceRules rules)
    {
        if (regex.IndexOfAny(['|', '(', ')']) >= 0) return [];

        var pieces = new PieceBuilder(rules);
        for (int i = 0; i < regex.Length; i++)
        {
            char c = regex[i];
            switch (c)
            {
                case '[' or ']':
                    // Sets may be subtracted from each other, and hold brackets: what comes behind one is not looked at.
                    return pieces.Pieces;
                case '\\':
                    if (++i == regex.Length) return [];
                    c = regex[i];
                    if (char.IsLetterOrDigit(c) && "dDwWsSbB".IndexOf(c) < 0) return pieces.Pieces;
                    if (!char.IsLetterOrDigit(c) && !IsOptional(regex, i)) pieces.Add(c);
                    else pieces.Break();
                    break;
                case '{':
                    pieces.Break();
                    while (i < regex.Length && regex[i] != '}') i++;
                    break;
                case '*' or '?' or '+' or '.' or '^' or '$' or '}':
                    pieces.Break();
                    break;
                default:
                    if (IsOptional(regex, i)) pieces.Break();
                    else pieces.Add(c);
                    break;
            }
        }

        return pieces.Pieces;
    }

    private static bool IsOptional(string regex, int index) => index + 1 < regex.Length && regex[index + 1] is '*' or '?' or '{';

    private static IEnumerable<string> Pieces(string wildcard)
    {
        var piece = new StringBuilder();
        for (int i = 0; i < wildcard.Length; i++)
        {
            char c = wildcard[i];
            bool escaped = c == '`' && i + 1 < wildcard.Length;
            if (escaped) c = wildcard[++i];

            if (!escaped && c is '*' or '?' || IsRewritten(c))
            {
                if (piece.Length > 0) yield return piece.ToString();
                piece.Clear();
            }
            else if (!escaped && c == '[')
            {
                if (piece.Length > 0) yield return piece.ToString();
                piece.Clear();
                int close = wildcard.IndexOf(']', i + 1);
                if (close < 0) yield break;
                i = close;
            }
            else
            {
                piece.Append(c);
            }
        }

        if (piece.Length > 0) yield return piece.ToString();
    }

    /// <summary>True for characters that headers fold, quote and encode, or that the module shows in another's place.</summary>
    internal static bool IsRewritten(char c) => char.IsWhiteSpace(c) || char.IsControl(c) || char.IsSurrogate(c) || c is '"' or '\\' or '<' or '>' or '(' or ')' or ',' or ';' or ':' or '=' or '\ufffd' or (>= '\u2400' and <= '\u2421');
}
