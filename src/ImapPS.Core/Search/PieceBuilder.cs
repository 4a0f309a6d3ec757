using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace ImapPS.Search;

/// <summary>
/// Gathers the runs of characters that must stand in every header that matches, however it is encoded, folded and quoted. A server
/// that is asked for less narrows less; one that is asked for more loses mail.
/// </summary>
internal sealed class PieceBuilder(PieceRules rules)
{
    /// <summary>More of them would narrow little further, and every one is compared with every message.</summary>
    private const int MostPieces = 4;

    private const int LongestPiece = 64;

    /// <summary>Pairs that are one letter as well, to the one collation or the other: å in Danish, þ, dž, ligatures.</summary>
    private static readonly HashSet<string> _ligatures = new(StringComparer.OrdinalIgnoreCase)
    {
        "aa", "ae", "db", "dz", "ff", "fl", "hv", "lj", "ll", "lz", "nj", "oe", "oo", "qp", "th", "tz", "ue", "zw",
    };

    private readonly List<string> _pieces = [];
    private readonly StringBuilder _piece = new();

    /// <summary>The pieces to look for: the longest few, and single characters only where there is nothing longer.</summary>
    public IReadOnlyList<string> Pieces
    {
        get
        {
            Break();
            int shortest = _pieces.Exists(piece => piece.Length > 1) ? 2 : 1;
            HashSet<string> longest = new(
                _pieces.Where(piece => piece.Length >= shortest).OrderByDescending(piece => piece.Length).Take(MostPieces),
                StringComparer.OrdinalIgnoreCase);
            return [.. _pieces.Where(longest.Remove)];
        }
    }

    /// <summary>A character that must stand next to the one before.</summary>
    public void Add(char c)
    {
        if (IsVague(c) || _piece.Length == LongestPiece)
        {
            Break();
            return;
        }

        if (rules.HasFlag(PieceRules.IsLinguistic) && _piece.Length > 0 && _ligatures.Contains($"{_piece[_piece.Length - 1]}{c}")) Break();

        _piece.Append(c);
    }

    public void Add(string text)
    {
        foreach (char c in text) Add(c);
    }

    /// <summary>Anything may stand here.</summary>
    public void Break()
    {
        if (_piece.Length > 0) _pieces.Add(_piece.ToString());
        _piece.Clear();
    }

    private bool IsVague(char c) =>
        c >= 128
        || LiteralPiece.IsRewritten(c)
        || (rules.HasFlag(PieceRules.FoldsCase) && c is 'i' or 'I' or 'k' or 'K' or 's' or 'S')
        || (rules.HasFlag(PieceRules.IsStructured) && c is '@' or '.' or '[' or ']')
        || (rules.HasFlag(PieceRules.IsLinguistic) && c is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z')));
}
