using System.Globalization;
using System.Text;

namespace ImapPS.Models;

/// <summary>Text from mail and from servers, made safe for a console.</summary>
internal static class Text
{
    /// <summary>
    /// Shows control characters instead of sending them: ESC as its picture, C1 controls and lone surrogates as U+FFFD,
    /// line breaks and tabs as one space. A terminal obeys what a stranger's subject says, if it is let through raw.
    /// </summary>
    public static string Printable(string? text)
    {
        if (text is null) return string.Empty;

        int first = 0;
        while (first < text.Length && IsPlain(text, first)) first++;
        if (first == text.Length) return text;

        var safe = new StringBuilder(text, 0, first, text.Length);
        for (int i = first; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                safe.Append(c).Append(text[++i]);
            }
            else if (c is '\t' or '\r' or '\n')
            {
                if (safe.Length == 0 || safe[safe.Length - 1] != ' ') safe.Append(' ');
            }
            else
            {
                safe.Append(Shown(c));
            }
        }

        return safe.ToString();
    }

    /// <summary>
    /// The same for a text of several lines: tabs stay, and every line break is one LF, since a carriage return alone would let a
    /// line be printed over.
    /// </summary>
    public static string PrintableLines(string text)
    {
        int first = 0;
        while (first < text.Length && (text[first] is '\t' or '\n' || IsPlain(text, first))) first++;
        if (first == text.Length) return text;

        var safe = new StringBuilder(text, 0, first, text.Length);
        for (int i = first; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) safe.Append(c).Append(text[++i]);
            else if (c is '\t' or '\n') safe.Append(c);
            else if (c != '\r') safe.Append(Shown(c));
            else if (i + 1 == text.Length || text[i + 1] != '\n') safe.Append('\n');
        }

        return safe.ToString();
    }

    /// <summary>A number and what it counts: 1 message, 2,000 messages.</summary>
    public static string Count(long number, string noun) => string.Format(CultureInfo.InvariantCulture, number == 1 ? "{0:N0} {1}" : "{0:N0} {1}s", number, noun);

    /// <summary>How far a count is: 1 of 2,000 messages.</summary>
    public static string CountOf(long number, long all, string noun) => string.Format(CultureInfo.InvariantCulture, "{0:N0} of {1}", number, Count(all, noun));

    private static bool IsPlain(string text, int index) => !char.IsControl(text[index]) && !char.IsSurrogate(text[index]);

    private static char Shown(char c) =>
        c < ' ' ? (char)('\u2400' + c)
        : c == '\u007f' ? '\u2421'
        : char.IsControl(c) || char.IsSurrogate(c) ? '\ufffd'
        : c;
}
