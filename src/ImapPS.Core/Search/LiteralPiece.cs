using System.Collections.Generic;
using System.Linq;

namespace ImapPS.Search;

/// <summary>The pieces of a pattern that the server can look for.</summary>
internal static class LiteralPiece
{
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

    /// <summary>True for characters that headers fold, quote and encode, or that the module shows in another's place.</summary>
    internal static bool IsRewritten(char c) => char.IsWhiteSpace(c) || char.IsControl(c) || char.IsSurrogate(c)
        || c is '"' or '\\' or '<' or '>' or '(' or ')' or ',' or ';' or ':' or '=' or '\ufffd' or (>= '\u2400' and <= '\u2421');
}
