using System.Globalization;
using System.Text;

namespace ImapPS.Models;

/// <summary>
/// Text from mail and from servers. A property holds the text as it came, with pictures for control characters (<see cref="Line"/>, <see
/// cref="Lines"/>). Text that is shown has gone through <see cref="Printable"/> or <see cref="PrintableLines"/>.
/// </summary>
internal static class DisplayText
{
    /// <summary>The highest number of characters of a subject in a question.</summary>
    public const int LongestSubject = 60;

    /// <summary>The highest number of characters of any value that is shown.</summary>
    private const int LongestShown = 1_000;

    private static readonly string[] _units = ["B", "KB", "MB", "GB", "TB"];

    /// <summary>
    /// Returns a value on one line, as it is shown. It has no characters that hide or move text or control the terminal. A long value is
    /// cut.
    /// </summary>
    public static string Printable(string? text) => text is null
        ? string.Empty
        : Short(VisibleText.Of(text, keepsLines: false), LongestShown);

    /// <summary>Returns a text of several lines, as it is shown. It is not cut.</summary>
    public static string PrintableLines(string? text) => text is null ? string.Empty : VisibleText.Of(text, keepsLines: true);

    /// <summary>Returns the beginning of a text. It is cut between two characters as people see them.</summary>
    public static string Subject(string? text) => Short(Printable(text), LongestSubject);

    /// <summary>The beginning of a text, cut between two characters as people see them.</summary>
    public static string Short(string text, int most)
    {
        if (text.Length <= most) return text;

        TextElementEnumerator elements = StringInfo.GetTextElementEnumerator(text);
        int end = 0;
        while (elements.MoveNext() && elements.ElementIndex + elements.GetTextElement().Length < most)
        {
            end = elements.ElementIndex + elements.GetTextElement().Length;
        }

        return text.Remove(end) + "…";
    }

    /// <summary>
    /// Returns a value of one line as a property holds it. Control characters become pictures, because a terminal obeys them. ESC becomes
    /// its picture, C1 controls and lone surrogates become U+FFFD, line breaks and tabs become one space.
    /// </summary>
    public static string Line(string? text)
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
                safe.Append(Picture(c));
            }
        }

        return safe.ToString();
    }

    /// <summary>
    /// Returns a text of several lines as a property holds it. Tabs stay. Every line break becomes one LF, because a carriage return alone
    /// would let a line be printed over.
    /// </summary>
    public static string Lines(string text)
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
            else if (c != '\r') safe.Append(Picture(c));
            else if (i + 1 == text.Length || text[i + 1] != '\n') safe.Append('\n');
        }

        return safe.ToString();
    }

    /// <summary>Returns a number and what it counts: 1 message, 2,000 messages.</summary>
    public static string Count(long number, string noun) =>
        string.Format(CultureInfo.InvariantCulture, number == 1 ? "{0:N0} {1}" : "{0:N0} {1}s", number, noun);

    /// <summary>Returns a size in octets with a suitable unit: 512 B, 1.5 KB, 48.3 MB.</summary>
    /// <param name="octets">The size.</param>
    /// <param name="culture">How numbers are written; the current culture by default.</param>
    public static string Size(long octets, CultureInfo? culture = null)
    {
        int unit = 0;
        double size = octets;

        // A number of four digits would not fit the column of a table.
        while (unit < _units.Length - 1 && size >= (unit == 0 ? 1024 : 999.95))
        {
            size /= 1024;
            unit++;
        }

        return string.Format(culture ?? CultureInfo.CurrentCulture, unit == 0 ? "{0:N0} {1}" : "{0:N1} {1}", size, _units[unit]);
    }

    /// <summary>Returns the progress of a size: 512 B of 48.3 MB.</summary>
    public static string SizeOf(long octets, long all) => $"{Size(octets)} of {Size(all)}";

    /// <summary>Returns the progress of a count: 1 of 2,000 messages.</summary>
    public static string CountOf(long number, long all, string noun) =>
        string.Format(CultureInfo.InvariantCulture, "{0:N0} of {1}", number, Count(all, noun));

    /// <summary>Returns the picture of a control character, or U+FFFD for half of a surrogate pair.</summary>
    internal static char Picture(char c) =>
        c < ' ' ? (char)('\u2400' + c)
        : c == '\u007f' ? '\u2421'
        : char.IsControl(c) || char.IsSurrogate(c) ? '\ufffd'
        : c;

    private static bool IsPlain(string text, int index) => !char.IsControl(text[index]) && !char.IsSurrogate(text[index]);
}
