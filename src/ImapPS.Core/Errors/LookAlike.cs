using System;
using System.Globalization;
using System.Linq;
using System.Text;
using ImapPS.Models;

namespace ImapPS.Errors;

/// <summary>Names that nobody can tell apart by looking at them, or type as they are shown.</summary>
internal static class LookAlike
{
    /// <summary>
    /// True for two names that are seen as the same: spaces of any kind are one, and so is a letter with its accents, however it is
    /// encoded.
    /// </summary>
    public static bool AreAlike(string name, string other) => string.Equals(Look(name), Look(other), StringComparison.Ordinal);

    /// <summary>Wildcards for a name that cannot be typed, as an argument: what is not seen, or is not what was typed, is a ?.</summary>
    public static string Pattern(string name, string typed)
    {
        var pattern = new StringBuilder("'");
        for (int i = 0; i < name.Length; i++)
        {
            int length = char.IsHighSurrogate(name[i]) && i + 1 < name.Length && char.IsLowSurrogate(name[i + 1]) ? 2 : 1;
            string character = name.Substring(i, length);
            bool isTyped = VisibleText.IsAllSeen(character) && typed.IndexOf(character, StringComparison.Ordinal) >= 0;
            if (character == "'") pattern.Append("''");
            else if (IsPlain(character[0]) || isTyped) pattern.Append(character);
            else pattern.Append('?', length);
            i += length - 1;
        }

        return pattern.Append('\'').ToString();
    }

    private static bool IsPlain(char c) => c is >= ' ' and <= '~' and not ('*' or '?' or '[' or ']' or '`');

    private static string Look(string text) =>
        string.Concat(VisibleText.Of(text, keepsLines: false).Normalize(NormalizationForm.FormC).Select(c => IsSpace(c) ? ' ' : c));

    private static bool IsSpace(char c) => CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.SpaceSeparator;
}
