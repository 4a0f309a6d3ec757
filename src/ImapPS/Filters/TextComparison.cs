using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ImapPS.Models;
using ImapPS.Search;

namespace ImapPS.Filters;

/// <summary>Comparisons of header fields. Only what must stand in the field is said; that something does not can be said of none.</summary>
internal static class TextComparison
{
    /// <summary>Where nothing is ignored, a hyphen and its like tell two texts apart.</summary>
    private const string Punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ ";

    public static TextTerm? Compare(MessageValue.Text text, Operation operation, object? with, bool isExact)
    {
        // Each member of a collection of addresses is an object, which compares by its address.
        bool isString = text.Shape is TextShape.One or TextShape.Part or TextShape.Parts;
        PieceRules rules = Rules(text) | (isExact ? PieceRules.None : PieceRules.FoldsCase);
        return (operation, with) switch
        {
            (Operation.Equal, string value) when isString => Linguistic(text, value, CultureInfo.InvariantCulture),
            (Operation.Equal or Operation.Contains, string value) when !isString => Address(text, value),
            (Operation.Contains, string value) when isString => Linguistic(text, value, CultureInfo.InvariantCulture),
            (Operation.Like, string pattern) => Like(text, pattern, rules),
            (Operation.Match, string pattern) => SearchTerm(text, LiteralPiece.OfRegex(pattern, rules), isLinguistic: false),
            _ => null,
        };
    }

    public static TextTerm? Call(MessageValue.Text text, string method, string part) => method.ToUpperInvariant() switch
    {
        "CONTAINS" => SearchTerm(text, LiteralPiece.OfText(part, Rules(text)), isLinguistic: false),
        "STARTSWITH" or "ENDSWITH" => Linguistic(text, part, CultureInfo.CurrentCulture),
        _ => null,
    };

    /// <summary>Whatever the operator, the case of an address does not count.</summary>
    private static TextTerm? Address(MessageValue.Text text, string value) =>
        SearchTerm(
            text,
            LiteralPiece.OfText(DomainForms.ToUnicode(ImapAddress.AddressIn(value) ?? value), Rules(text) | PieceRules.FoldsCase),
            isLinguistic: false);

    private static TextTerm? Like(MessageValue.Text text, string pattern, PieceRules rules)
    {
        // PowerShell compares by collation where there is no wildcard, or one star at the end.
        int special = pattern.IndexOfAny(['*', '?', '[', ']', '`']);
        if (special < 0) return Linguistic(text, pattern, CultureInfo.CurrentCulture);
        if (special == pattern.Length - 1 && pattern[special] == '*')
        {
            return Linguistic(text, pattern.Substring(0, special), CultureInfo.CurrentCulture);
        }

        return SearchTerm(text, LiteralPiece.OfWildcard(pattern, rules), isLinguistic: false);
    }

    private static TextTerm? Linguistic(MessageValue.Text text, string value, CultureInfo culture) =>
        Ignores(culture)
            ? null
            : SearchTerm(text, LiteralPiece.OfText(value, Rules(text) | PieceRules.FoldsCase | PieceRules.IsLinguistic),
            isLinguistic: true);

    private static TextTerm? SearchTerm(MessageValue.Text text, IReadOnlyList<string> pieces, bool isLinguistic) =>
        pieces.Count == 0 ? null : new TextTerm(text.Field, pieces) { IsLinguistic = isLinguistic };

    private static PieceRules Rules(MessageValue.Text text) => text.Field == "Subject" ? PieceRules.None : PieceRules.IsStructured;

    /// <summary>True for a culture that takes hyphens and the like for nothing (Thai): any character may stand between two.</summary>
    private static bool Ignores(CultureInfo culture) =>
        Punctuation.Any(c => culture.CompareInfo.Compare($"a{c}b", "ab", CompareOptions.IgnoreCase) == 0);
}
