using System;
using System.Text.RegularExpressions;
using MimeKit.Utils;

namespace ImapPS.Reading;

/// <summary>Dates as servers and senders write them. One that makes no sense is none.</summary>
internal static class MessageDate
{
    /// <summary>No date is longer, whatever stands in the field.</summary>
    private const int Longest = 200;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    /// <summary>10:11:12.345, 10:11:12,345 and 10.11.12: the fraction and the dots, of which MimeKit makes midnight or a zone.</summary>
    private static readonly Regex _time = Create(
        @"(?<![\d.:+-])(?<hour>\d{1,2})(?<mark>[:.])(?<minute>\d{2})\k<mark>(?<second>\d{2})(?:[.,]\d+)?(?![\d:])");

    /// <summary>A zone after the time: +01:00, GMT+0100, UTC+1, + 0100, or without a space before it.</summary>
    private static readonly Regex _zone = Create(
        @"(?<time>:\d{2})(?<half>\s*[AP]M)?\s*(?:GMT|UTC|UT|Z)?\s*\(?(?<sign>[+-])\s?(?<hours>\d{1,2}):?(?<minutes>\d{2})?(?!\d)");

    /// <summary>A zone's name where its offset ought to stand.</summary>
    private static readonly Regex _named = Create(@"(?<time>:\d{2}(?:\s*[AP]M)?)\s+\(?(?<zone>[A-Z]{3,4})\)?(?=\s|\z)");

    /// <summary>The end of a day, which is the beginning of the next (ISO 8601).</summary>
    private static readonly Regex _midnight = Create(@"(?<![\d.:+-])24(?=:00(?::00)?(?![\d:]))");

    private static readonly Regex _zulu = Create(@"(?<time>:\d{2})Z\b");

    /// <summary>2026-03-02T10:11:12.</summary>
    private static readonly Regex _iso = Create(@"(?<date>\d{4}-\d{2}-\d{2})T(?=\d)");

    /// <summary>2.3.2026, as it is written where a day has a dot.</summary>
    private static readonly Regex _dotted = Create(@"(?<![\d.])(?<day>\d{1,2})\.\s?(?<month>\d{1,2})\.\s?(?<year>\d{4})(?![\d.])");

    /// <summary>2. Mar. 2026.</summary>
    private static readonly Regex _dottedDay = Create(@"(?<![\d.])(?<day>\d{1,2})\.?\s?(?<month>[A-Z]{3,9})\.?(?=\s)");

    /// <summary>A year of four digits that nobody means; MimeKit takes 0001 for 2001.</summary>
    private static readonly Regex _noYear = Create(@"(?:(?<!\d)\d{1,2}[\s.-]+[A-Z]{3,9}[\s.-]+|^)0\d{3}(?!\d)");

    /// <summary>A date that the server told; null for one that it could not, of which MailKit makes the first day of all.</summary>
    public static DateTimeOffset? Known(DateTimeOffset? told) => told is { UtcDateTime.Year: > 1968 } known ? known : null;

    /// <summary>The date of a Date field; null if it is none.</summary>
    public static DateTimeOffset? Read(string? value)
    {
        if (value is null) return null;

        string text = (value.Length > Longest ? value.Substring(0, Longest) : value).Trim();
        if (PlainDate.Is(text)) return DateUtils.TryParse(text, out DateTimeOffset plain) ? Known(plain) : null;

        bool isNextDay;
        try
        {
            if (_noYear.IsMatch(text)) return null;

            text = _iso.Replace(text, "${date} ");
            text = _dotted.Replace(text, date => $"{date.Groups["year"].Value}-{Two(date, "month")}-{Two(date, "day")}");
            text = _dottedDay.Replace(text, "${day} ${month}");
            text = _time.Replace(text, time => $"{time.Groups["hour"].Value}:{time.Groups["minute"].Value}:{Second(time)}");
            isNextDay = _midnight.IsMatch(text);
            text = _midnight.Replace(text, "00");
            text = _named.Replace(text, zone => Offset(zone.Groups["zone"].Value) is { } offset
                ? $"{zone.Groups["time"].Value} {offset}" : zone.Value);
            text = _zulu.Replace(text, "${time} +0000");
            text = _zone.Replace(text, zone => $"{zone.Groups["time"].Value}{zone.Groups["half"].Value} {zone.Groups["sign"].Value}"
                + $"{Two(zone, "hours")}{(zone.Groups["minutes"].Success ? zone.Groups["minutes"].Value : "00")} ");
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }

        return DateUtils.TryParse(text.TrimEnd(), out DateTimeOffset date) ? Known(isNextDay ? date.AddDays(1) : date) : null;
    }

    /// <summary>The offset of a zone whose name no other has; MimeKit knows those of RFC 5322.</summary>
    private static string? Offset(string zone) => zone.ToUpperInvariant() switch
    {
        "WET" => "+0000",
        "WEST" or "BST" or "CET" or "MET" or "MEZ" => "+0100",
        "CEST" or "MEST" or "MESZ" or "EET" or "SAST" => "+0200",
        "EEST" or "MSK" => "+0300",
        "HKT" or "SGT" => "+0800",
        "JST" or "KST" => "+0900",
        "AEST" => "+1000",
        "AEDT" => "+1100",
        "NZST" => "+1200",
        "NZDT" => "+1300",
        _ => null,
    };

    /// <summary>A leap second is the last one of its minute.</summary>
    private static string Second(Match time) => time.Groups["second"].Value is "60" ? "59" : time.Groups["second"].Value;

    private static string Two(Match match, string group) => match.Groups[group].Value.PadLeft(2, '0');

    private static Regex Create(string pattern) =>
        new(pattern, RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, _patience);
}
