using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ImapPS.Reading;

namespace ImapPS.Reporting;

/// <summary>The messages of one month or year.</summary>
/// <param name="Label">What it is called.</param>
/// <param name="Count">How many messages were received in it.</param>
/// <param name="Size">Their size.</param>
internal sealed record Period(string Label, long Count, long Size);

/// <summary>The time that a mailbox covers, month by month, or year by year where there are many; none is left out.</summary>
internal sealed class Periods
{
    private const int MostMonths = 120;
    private const int MonthsOfYear = 12;

    /// <summary>No mail is older. What servers say is older has a date that makes no sense.</summary>
    private const int FirstMonth = 1990 * MonthsOfYear;

    /// <param name="months">The groups of months, as Measure-ImapFolder has them.</param>
    /// <param name="now">The time now.</param>
    public Periods(IReadOnlyList<MessageGroup> months, DateTimeOffset now)
    {
        int last = Month(now.LocalDateTime);
        ILookup<int?, MessageGroup> byMonth = months.ToLookup(group => Month(group.Values[0]));
        int?[] known = [.. byMonth.Select(group => group.Key).Where(month => month >= FirstMonth && month <= last)];
        (int From, int To) span = known.Length == 0 ? (0, -1) : ((int)known.Min()!, (int)known.Max()!);

        Earlier = Sum("Before 1990", byMonth.Where(group => group.Key < FirstMonth).SelectMany(group => group));
        Others =
        [
            .. new[]
            {
                Sum("In the future", byMonth.Where(group => group.Key > last).SelectMany(group => group)),
                Sum("Unknown", byMonth[null]),
            }.Where(period => period.Count > 0),
        ];
        First = span.From;
        AreYears = span.To - span.From >= MostMonths;
        if (AreYears)
        {
            First = span.From / MonthsOfYear;
            List = [.. Enumerable.Range(First, (span.To / MonthsOfYear) - First + 1).Select(year => Sum(
                Text(year, "{0:0000}"), Enumerable.Range(year * MonthsOfYear, MonthsOfYear).SelectMany(month => byMonth[month])))];
        }
        else
        {
            List = [.. Enumerable.Range(span.From, span.To - span.From + 1).Select(month => Sum(LabelOf(month), byMonth[month]))];
        }
    }

    /// <summary>Whether the periods are years.</summary>
    public bool AreYears { get; }

    /// <summary>The number of the first period: the year, or the year times twelve and the month from 0 to 11.</summary>
    public int First { get; }

    /// <summary>The periods, each of them, the first first.</summary>
    public IReadOnlyList<Period> List { get; }

    /// <summary>What is before all of them.</summary>
    public Period Earlier { get; }

    /// <summary>What is in none of them, and not before them, if there is any.</summary>
    public IReadOnlyList<Period> Others { get; }

    /// <summary>The name of a month by its number.</summary>
    public static string LabelOf(int month) => new DateTime(month / MonthsOfYear, (month % MonthsOfYear) + 1, 1)
        .ToString("MMM yyyy", CultureInfo.InvariantCulture);

    private static int Month(DateTime time) => (time.Year * MonthsOfYear) + time.Month - 1;

    private static int? Month(string value) =>
        DateTime.TryParseExact(value, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime month)
            ? Month(month) : null;

    private static Period Sum(string label, IEnumerable<MessageGroup> groups) =>
        groups.Aggregate(new Period(label, 0, 0), (sum, group) => new Period(label, sum.Count + group.Count, sum.Size + group.Size));

    private static string Text(int number, string format) => string.Format(CultureInfo.InvariantCulture, format, number);
}
