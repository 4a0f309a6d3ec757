using System.Globalization;
using ImapPS.Models;

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
            if (!char.IsLowSurrogate(text[i])) width += Of(text, i);
        }

        return width * fontSize;
    }

    /// <summary>The beginning of a text that fits, with an ellipsis if that is not all.</summary>
    public static string Fit(string text, double fontSize, double width)
    {
        // No character is narrower than a quarter of the font's size.
        text = DisplayText.Short(text, (int)(4 * width / fontSize) + 1);
        for (int most = text.Length; most > 1 && Of(text, fontSize) > width; most--) text = DisplayText.Short(text.TrimEnd('…'), most);
        return text;
    }

    private static double Of(string text, int index)
    {
        char c = text[index];
        if (Narrow.IndexOf(c) >= 0) return 0.33;
        if (Wide.IndexOf(c) >= 0) return 0.9;
        if (c >= '\u1100') return 1;

        return CharUnicodeInfo.GetUnicodeCategory(text, index) switch
        {
            UnicodeCategory.UppercaseLetter => 0.68,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
            _ => 0.56,
        };
    }
}
