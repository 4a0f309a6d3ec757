using System;
using System.Globalization;
using System.Text;

namespace ImapPS.Models;

/// <summary>
/// Returns text without characters that hide or move text or control the terminal. Control characters become pictures. Characters that
/// reverse the direction become U+FFFD. Characters without width are left out, unless they join characters (emoji, Persian, Indian
/// scripts).
/// </summary>
internal static class VisibleText
{
    /// <summary>The highest number of marks on one character. More marks would cover the lines above and below.</summary>
    private const int MostMarks = 4;

    public static string Of(string text, bool keepsLines)
    {
        int first = 0;
        while (first < text.Length && IsPlain(text[first], keepsLines)) first++;
        if (first == text.Length) return text;

        var visible = new StringBuilder(text, 0, first, text.Length);
        int marks = 0;
        int last = first > 0 ? text[first - 1] : 0;
        for (int i = first; i < text.Length; i++)
        {
            int point = Point(text, i);
            int length = point > char.MaxValue ? 2 : 1;
            UnicodeCategory category = CharUnicodeInfo.GetUnicodeCategory(text, i);
            marks = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark && !IsSelector(point) ? marks + 1 : 0;

            if (IsBreak(point)) AppendBreak(visible, text, i, keepsLines);
            else if (point < 0 || category is UnicodeCategory.Control) visible.Append(DisplayText.Picture(text[i]));
            else if (IsTurn(point) || IsNoncharacter(point)) visible.Append('\ufffd');
            else if (IsSelector(point) ? last >= 0x80 || IsKeycap(last) : IsJoiner(point) ? last >= 0x80
                && Joins(text, i + 1) : !IsHidden(point, category) && marks <= MostMarks)
            {
                visible.Append(text, i, length);
            }
            else
            {
                i += length - 1;
                continue;
            }

            // A selector or joiner says nothing to another one.
            last = IsSelector(point) && point != 0xfe0f ? 0 : IsBreak(point) ? ' ' : point;
            i += length - 1;
        }

        return visible.ToString();
    }

    /// <summary>Returns true if every character of a line is visible, so a reader can type it.</summary>
    public static bool IsAllSeen(string text) => string.Equals(Of(text, keepsLines: false), text, StringComparison.Ordinal);

    /// <summary>The character at this place, or -1 for half of a pair.</summary>
    private static int Point(string text, int index)
    {
        char c = text[index];
        if (!char.IsSurrogate(c)) return c;

        return char.IsHighSurrogate(c) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1])
            ? char.ConvertToUtf32(c, text[index + 1]) : -1;
    }

    /// <summary>What most text is made of; the rest is looked at more closely.</summary>
    private static bool IsPlain(char c, bool keepsLines) => c is (>= ' ' and <= '~') or (>= '\u00a0' and < '\u0300' and not '\u00ad')
        || (keepsLines && c is '\n' or '\t');

    private static bool IsBreak(int point) => point is '\t' or '\n' or '\r' or 0x2028 or 0x2029;

    private static void AppendBreak(StringBuilder visible, string text, int index, bool keepsLines)
    {
        char c = text[index];
        if (keepsLines)
        {
            // A carriage return alone would let a line be printed over.
            if (c != '\r') visible.Append(c == '\t' ? '\t' : '\n');
            else if (index + 1 == text.Length || text[index + 1] != '\n') visible.Append('\n');
        }
        else if (visible.Length == 0 || visible[visible.Length - 1] != ' ')
        {
            visible.Append(' ');
        }
    }

    /// <summary>Embeddings, overrides and isolates (UAX #9): with them, exe.gpj reads as jpg.exe.</summary>
    private static bool IsTurn(int point) => point is (>= 0x202a and <= 0x202e) or (>= 0x2066 and <= 0x2069);

    private static bool IsNoncharacter(int point) => (point & 0xfffe) == 0xfffe || point is >= 0xfdd0 and <= 0xfdef;

    private static bool IsSelector(int point) => point is (>= 0xfe00 and <= 0xfe0f) or (>= 0xe0100 and <= 0xe01ef);

    private static bool IsKeycap(int point) => point is (>= '0' and <= '9') or '#' or '*';

    private static bool IsJoiner(int point) => point is 0x200c or 0x200d;

    private static bool Joins(string text, int next) => next < text.Length && Point(text, next) >= 0x80
        && CharUnicodeInfo.GetUnicodeCategory(text, next) is not (UnicodeCategory.Format or UnicodeCategory.Control);

    private static bool IsHidden(int point, UnicodeCategory category) => point switch
    {
        // Signs that are shown, though of the category Format (Prepended_Concatenation_Mark).
        (>= 0x0600 and <= 0x0605) or 0x06dd or 0x070f or 0x0890 or 0x0891 or 0x08e2 or 0x110bd or 0x110cd => false,

        // Fillers and joiners that are of other categories (Default_Ignorable_Code_Point), and the tag characters.
        0x034f or 0x115f or 0x1160 or 0x17b4 or 0x17b5 or (>= 0x180b and <= 0x180f) or 0x3164 or 0xffa0 or (
            >= 0xe0000 and <= 0xe0fff) => true,
        _ => category is UnicodeCategory.Format,
    };
}
