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

    /// <summary>The pieces that the server is asked for, in the field of that name.</summary>
    public static IReadOnlyList<string> AllOf(string wildcard, string field) => LongestOf(wildcard) is { } piece && IsAscii(piece) ? [piece] : [];

    public static bool IsAscii(string text) => text.All(c => c < 128);

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

    private static bool IsRewritten(char c) => char.IsWhiteSpace(c) || char.IsControl(c) || char.IsSurrogate(c) || c is '"' or '\\' or '<' or '>' or '(' or ')' or ',' or ';' or ':' or '=' or '\ufffd' or (>= '\u2400' and <= '\u2421');
}
