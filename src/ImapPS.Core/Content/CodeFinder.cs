using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace ImapPS.Content;

/// <summary>
/// Finds one-time codes: a number, or a group with dashes, near the words that announce it. Years, prices, dates, telephone and order
/// numbers are none, unless the words leave no doubt.
/// </summary>
internal static class CodeFinder
{
    /// <summary>How far, in one line, a code may stand from the word that announces it.</summary>
    private const int Near = 80;

    /// <summary>Lines that hold a code and little else are no longer than this.</summary>
    private const int LongestOwnLine = 40;

    /// <summary>A line is read up to here, and a text; what announces a code does not do it on the hundredth page.</summary>
    private const int LongestLine = 2_000;
    private const int LongestText = 256 * 1024;

    /// <summary>How far around a number the words lie that say what it is.</summary>
    private const int Around = 120;

    /// <summary>The codes of a message, in order, each once.</summary>
    public static string[] Find(string subject, string text)
    {
        try
        {
            var codes = new List<string>();
            bool subjectAnnounces = Announces(new Line(subject));
            Read(new Line(subject), before: null, secondBefore: null, after: null, subjectAnnounces: false, codes);

            Line? secondBefore = null;
            Line? before = null;
            Line? line = null;
            foreach (Line after in Lines(text))
            {
                if (line is not null) Read(line, before, secondBefore, after, subjectAnnounces, codes);
                if (codes.Count >= ContentLimits.Codes) break;

                (secondBefore, before, line) = (before, line, after);
            }

            if (line is not null) Read(line, before, secondBefore, after: null, subjectAnnounces, codes);
            return [.. codes.Distinct(StringComparer.Ordinal).Take(ContentLimits.Codes)];
        }
        catch (RegexMatchTimeoutException)
        {
            return [];
        }
    }

    private static IEnumerable<Line> Lines(string text)
    {
        int length = Math.Min(text.Length, LongestText);
        for (int start = 0; start < length;)
        {
            int end = text.IndexOf('\n', start, length - start);
            if (end < 0) end = length;

            string line = text.Substring(start, Math.Min(end - start, LongestLine)).Trim();
            if (line.Length > 0) yield return new Line(line);
            start = end + 1;
        }
    }

    private static bool Announces(Line line) => line.Announcements.Count > 0 || CodeWords.Occasion.IsMatch(line.Text);

    private static void Read(Line line, Line? before, Line? secondBefore, Line? after, bool subjectAnnounces, List<string> codes)
    {
        if (!line.MayHoldCode) return;

        foreach (Match match in CodeWords.Candidate.Matches(line.Text))
        {
            if (Code(match.Value) is not { } code || !StandsFree(line.Text, match)) continue;

            string ahead = Last(line.Text.Substring(0, match.Index), Around);
            string behind = First(line.Text.Substring(match.Index + match.Length), Around);
            bool isOther = IsOtherNumber(line, match, ahead);
            bool isCertain = !isOther && Announces(line) && CodeWords.LeadIn.IsMatch(Last(ahead, 24));
            bool isAlone = line.Text.Length <= LongestOwnLine && IsOwnLine(line.Text, match);
            if (isOther || (!isCertain
                && (IsSomethingElse(code, ahead, behind) || !(IsPlain(code) || isAlone || CodeWords.NamedBehind.IsMatch(behind)))))
            {
                continue;
            }

            bool isAnnounced = isCertain
                || line.Announcements.Exists(word => Distance(word, match) <= Near)
                || (isAlone && (subjectAnnounces || before is { IsCode: true } || IsNear(before) || IsNear(secondBefore) || IsNear(after)))
                || (string.IsNullOrWhiteSpace(ahead) && before is { Announcements.Count: > 0 }
                    && before.Text[before.Text.Length - 1] == ':');
            if (!isAnnounced) continue;

            codes.Add(code);
            line.IsCode = isAlone;
        }
    }

    private static bool IsNear(Line? line) => line is not null && Announces(line);

    /// <summary>
    /// The code as one types it: groups that only spaces separate are one number. Null for what has too few or too many digits.
    /// </summary>
    private static string? Code(string match)
    {
        string code = match.Replace(" ", string.Empty).Replace("\u00a0", string.Empty);
        int digits = code.Count(c => c is >= '0' and <= '9');
        int characters = code.Count(c => c != '-');
        bool isDashed = code.Length != characters;
        return digits < 2 || characters < 4 || (isDashed ? characters > 20 : characters > 8) ? null : code;
    }

    private static bool IsPlain(string code) => code.All(c => c is '-' or (>= '0' and <= '9'));

    /// <summary>False for a piece of a longer number, word, date, time, path or amount.</summary>
    private static bool StandsFree(string line, Match match)
    {
        int end = match.Index + match.Length;
        return !IsJoined(line, match.Index - 1, -1) && !IsJoined(line, end, 1);
    }

    private static bool IsJoined(string line, int at, int step)
    {
        if (at < 0 || at >= line.Length) return false;

        char c = line[at];
        char next = at + step >= 0 && at + step < line.Length ? line[at + step] : ' ';
        return c switch
        {
            '@' or '\\' or '_' or '&' or '%' or '+' => true,
            '-' or '–' or '/' => char.IsLetterOrDigit(next),
            '.' or ',' or ':' => char.IsDigit(next),
            ' ' or '\u00a0' or '(' or ')' => char.IsDigit(next) || (step < 0 && next == ')'),
            _ => c < '\u0590' && char.IsLetterOrDigit(c),
        };
    }

    /// <summary>True when nothing but marks, or a label, is on the line beside it.</summary>
    private static bool IsOwnLine(string line, Match match) =>
        !line.Substring(0, match.Index).Any(char.IsLetterOrDigit) && !line.Substring(match.Index + match.Length).Any(char.IsLetterOrDigit);

    private static bool IsSomethingElse(string code, string ahead, string behind) =>
        IsYearOrDate(code) || CodeWords.CurrencyBefore.IsMatch(Last(ahead, 8)) || CodeWords.UnitBehind.IsMatch(behind);

    /// <summary>True when the nearest word before it says that it is something else.</summary>
    private static bool IsOtherNumber(Line line, Match match, string ahead)
    {
        Match? other = CodeWords.OtherNumber.Matches(ahead).Cast<Match>().LastOrDefault();
        if (other is null || ahead.Length - (other.Index + other.Length) > 24) return false;

        int start = match.Index - ahead.Length + other.Index;
        return !line.Announcements.Exists(word => word.Index > start && word.Index < match.Index);
    }

    private static bool IsYearOrDate(string code)
    {
        if (!code.All(c => c is >= '0' and <= '9')) return IsDashedDate(code);

        string year = code.Length is 4 or 8 ? code.Substring(0, 4) : string.Empty;
        bool isYear = string.CompareOrdinal(year, "1900") >= 0 && string.CompareOrdinal(year, "2099") <= 0;
        return isYear && (code.Length == 4 || IsMonthAndDay(code.Substring(4, 2), code.Substring(6, 2)));
    }

    /// <summary>2026-03-02, 02-03-2026, 2026-03 and 2025-26.</summary>
    private static bool IsDashedDate(string code)
    {
        string[] groups = code.Split('-');
        return groups.Length is 2 or 3 && groups.All(group => group.Length is 2 or 4)
            && groups.Any(group => group.Length == 4 && IsYearOrDate(group)) && IsPlain(code);
    }

    private static bool IsMonthAndDay(string month, string day) =>
        string.CompareOrdinal(month, "01") >= 0 && string.CompareOrdinal(month, "12") <= 0 && string.CompareOrdinal(day, "01") >= 0
            && string.CompareOrdinal(day, "31") <= 0;

    private static string First(string text, int length) => text.Length <= length ? text : text.Substring(0, length);

    private static string Last(string text, int length) => text.Length <= length ? text : text.Substring(text.Length - length);

    private static int Distance(Capture word, Capture number) =>
        word.Index > number.Index ? word.Index - (number.Index + number.Length) : number.Index - (word.Index + word.Length);

    /// <summary>A line, looked at no closer than need be.</summary>
    private sealed class Line
    {
        private List<Match>? _announcements;

        public Line(string text) => Text = LinkCollection.Blot(text.Length > LongestLine ? text.Substring(0, LongestLine) : text);

        public string Text { get; }

        /// <summary>True when it is a code and nothing else; the next line may be another.</summary>
        public bool IsCode { get; set; }

        public bool MayHoldCode => Text.Any(c => c is >= '0' and <= '9');

        public List<Match> Announcements => _announcements ??= Find();

        private List<Match> Find()
        {
            string text = CodeWords.OtherCode.Replace(Text, match => new string(' ', match.Length));
            return [.. CodeWords.Announcement.Matches(text).Cast<Match>()];
        }
    }
}
