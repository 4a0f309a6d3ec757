using System.Globalization;
using ImapPS.Models;
using ImapPS.Reading;
using ImapPS.Reporting;
using ImapPS.Reporting.Charts;
using MailKit;

namespace ImapPS.Tests.Reporting;

/// <summary>The months or years that a report shows, and names that must fit into a picture.</summary>
public sealed class PeriodsTests
{
    /// <summary>One picture of eleven characters.</summary>
    private const string Family = "👩\u200d👩\u200d👧\u200d👦";

    private static readonly DateTimeOffset _now = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-11", "Nov 2026 1")]
    [InlineData("2026-03 2026-01 2026-03", "Jan 2026 1, Feb 2026 0, Mar 2026 2")]
    [InlineData("2025-12 2026-01", "Dec 2025 1, Jan 2026 1")]
    [InlineData("1970-01 2026-01 2027-03 9999-12 ?", "Jan 2026 1, before: 1, In the future 2, Unknown 1")]
    [InlineData("1989-12 1990-01 1990-02", "Jan 1990 1, Feb 1990 1, before: 1")]
    [InlineData("1970-01 ?", "before: 1, Unknown 1")]
    [InlineData("", "")]
    public void No_month_is_left_out(string received, string expected) => Assert.Equal(expected, Text(Of(received)));

    [Fact]
    public void Over_ten_years_come_by_the_year()
    {
        Periods periods = Of("2016-12 2026-11");
        Assert.False(periods.AreYears);
        Assert.Equal(120, periods.List.Count);

        periods = Of("2016-11 2016-12 2026-11");
        Assert.True(periods.AreYears);
        Assert.Equal("2016 2, 2017 0, 2018 0, 2019 0, 2020 0, 2021 0, 2022 0, 2023 0, 2024 0, 2025 0, 2026 1", Text(periods));
    }

    [Theory]
    [InlineData("short", false, "short")]
    [InlineData("a name that does not fit", false, "a name t…")]
    [InlineData("Projects/2026/Night trains", true, "…ght trains")]
    [InlineData(Family + Family + Family + Family + Family + Family + Family, false, Family + Family + Family + Family + Family + "…")]
    [InlineData("", false, "")]
    public void A_name_is_cut_between_characters(string name, bool keepsEnd, string expected) =>
        Assert.Equal(expected, TextWidth.Fit(name, 10, 60, keepsEnd));

    [Fact]
    public void A_name_of_any_length_fits_soon()
    {
        Assert.InRange(TextWidth.Fit(new string('i', 100_000), 10, 100, keepsEnd: true).Length, 10, 30);
        Assert.Equal("…", TextWidth.Fit("mmm", 10, 1, keepsEnd: false));
    }

    private static string Text(Periods periods) => string.Join(", ",
    [
        .. periods.List.Select(period => $"{period.Label} {period.Count}"),
        .. periods.Earlier.Count > 0 ? [$"before: {periods.Earlier.Count}"] : (string[])[],
        .. periods.Others.Select(period => $"{period.Label} {period.Count}"),
    ]);

    private static Periods Of(string received)
    {
        var tally = new MessageTally([ImapGrouping.Month]);
        tally.Open("INBOX");
        foreach (string month in received.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var summary = new MessageSummary(0)
            {
                UniqueId = new UniqueId(1, 1),
                Flags = MessageFlags.None,
                Size = 100,
                InternalDate = month == "?" ? null
                    : DateTimeOffset.ParseExact(month + "-15", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            };
            tally.Add(MessageMapping.ToModel(summary, FetchItems.Usual, 1, new SearchResult("INBOX", 1, [])));
        }

        return new Periods(tally.Groups(int.MaxValue), _now);
    }
}
