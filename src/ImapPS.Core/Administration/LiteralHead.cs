using ImapPS.Models;

namespace ImapPS.Administration;

/// <summary>The head of a literal, which ends a line: {12}.</summary>
internal static class LiteralHead
{
    /// <summary>How many octets at the end of a line may be one.</summary>
    public const int Longest = 16;

    /// <summary>The length of the literal that a line announces; null where it announces none.</summary>
    /// <param name="tail">The end of the line.</param>
    public static int? Length(string tail)
    {
        int brace = tail.LastIndexOf('{');
        return brace >= 0 && tail[tail.Length - 1] == '}'
            && Digits.Read(tail.Substring(brace + 1, tail.Length - brace - 2)) is { } length and <= int.MaxValue ? (int)length : null;
    }
}
