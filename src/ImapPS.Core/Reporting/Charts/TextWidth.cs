using System;
using System.Globalization;

namespace ImapPS.Reporting.Charts;

/// <summary>How wide text is, about: the reader's own font draws it, which nobody knows here.</summary>
internal static class TextWidth
{
    private const string Narrow = "ijltfrI.,:;'|/ -()";
    private const string Wide = "mwMW@%…";

    /// <summary>The width in the unit of the size of the font.</summary>
    public static double Of(string text, double fontSize)
    {
        double width = 0;
        for (int i = 0; i < text.Length; i++)
        {
            // What is joined to the character before is in the same picture.
            bool isJoined = i > 0 && text[i - 1] == '\u200d';
            if (!char.IsLowSurrogate(text[i]) && !isJoined) width += Of(text, i);
        }

        return width * fontSize;
    }

    /// <summary>The part of a text that fits, with an ellipsis if that is not all.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fontSize">The size of the font.</param>
    /// <param name="width">How much room there is.</param>
    /// <param name="keepsEnd">Whether the end is kept, as of a path, and otherwise the beginning.</param>
    public static string Fit(string text, double fontSize, double width, bool keepsEnd)
    {
        if (Of(text, fontSize) <= width) return text;

        // Between characters as people see them, of which none is narrower than a quarter of the font's size.
        int[] starts = StringInfo.ParseCombiningCharacters(text);
        for (int count = Math.Min(starts.Length - 1, (int)(4 * width / fontSize)); count > 0; count--)
        {
            string part = keepsEnd ? text.Remove(0, starts[starts.Length - count]).Insert(0, "…") : text.Remove(starts[count]) + "…";
            if (Of(part, fontSize) <= width) return part;
        }

        return "…";
    }

    private static double Of(string text, int index)
    {
        char c = text[index];
        if (Narrow.IndexOf(c) >= 0) return 0.36;
        if (Wide.IndexOf(c) >= 0) return 0.95;
        if (c is (>= '\u1100' and < '\u1200') or >= '\u2e80') return 1;

        return CharUnicodeInfo.GetUnicodeCategory(text, index) switch
        {
            UnicodeCategory.UppercaseLetter => 0.7,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
            _ => 0.61,
        };
    }
}
