using System;
using System.Globalization;
using System.Text;

namespace ImapPS.Files;

/// <summary>
/// The date in an mbox's line "From address Mon Mar 2 10:00:00 2026" (asctime, in UTC), also with a time zone before or after the year.
/// </summary>
internal static class SeparatorDate
{
    /// <summary>The line has to have a date. This one stands for none, as in other programs.</summary>
    public static readonly DateTimeOffset Unknown = new(1970, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly char[] _blanks = [' ', '\t', '\r', '\n'];
    private static readonly string[] _days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    public static DateTimeOffset? Parse(byte[] line, int length)
    {
        string[] words = Encoding.ASCII.GetString(line, 0, length).Split(_blanks, StringSplitOptions.RemoveEmptyEntries);

        // The address may be missing, or hold blanks; what follows the date is of no use.
        for (int i = 1; i + 4 < words.Length; i++)
        {
            if (Array.IndexOf(_days, words[i]) >= 0 && ParseAt(words, i) is { } date)
            {
                return date == Unknown ? null : date;
            }
        }

        return null;
    }

    private static DateTimeOffset? ParseAt(string[] words, int day)
    {
        string? year = null;
        var offset = TimeSpan.Zero;
        for (int i = day + 4; i < words.Length; i++)
        {
            if (words[i].Length == 4 && int.TryParse(words[i], NumberStyles.None, CultureInfo.InvariantCulture, out _)) year ??= words[i];
            else if (Offset(words[i]) is { } zone) offset = zone;
        }

        string time = words[day + 3].Length == 5 ? words[day + 3] + ":00" : words[day + 3];
        return DateTime.TryParseExact($"{words[day + 1]} {words[day + 2]} {year} {time}", "MMM d yyyy H:mm:ss",
            CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime date)
            ? new DateTimeOffset(date, offset)
            : null;
    }

    /// <summary>A zone such as +0100. Names of zones mean different things in different places, and are taken for UTC.</summary>
    private static TimeSpan? Offset(string word) =>
        word.Length == 5
        && word[0] is '+' or '-'
        && int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
        && Math.Abs(number) < 1400
            ? TimeSpan.FromMinutes((number / 100 * 60) + (number % 100))
            : null;
}
