using System.Collections.Generic;
using System.Linq;
using ImapPS.Models;
using ImapPS.Reading;
using ImapPS.Reporting.Charts;

namespace ImapPS.Reporting;

/// <summary>What a report tells of time: growth, age, and what is still unread.</summary>
internal static class TimeSections
{
    public static IEnumerable<ReportSection> Of(MailboxTally tally)
    {
        var periods = new Periods(tally.Groups(ImapGrouping.Month), tally.Now);
        yield return Growth(periods, tally.Total);
        yield return Received(periods, tally.Total);
        yield return Age(tally);
        yield return Unread(tally);
    }

    private static ReportSection Growth(Periods periods, MessageGroup all)
    {
        long size = periods.Earlier.Size;
        double[] sizes = [.. periods.List.Select(period => (double)(size += period.Size))];
        Period? most = periods.List.OrderByDescending(period => period.Size).FirstOrDefault();
        return new ReportSection("growth", "Growth", most is null ? Nothing(all) :
        [
            "The size of the messages that are still here, by the ", Unit(periods), " in which they were received. ",
            most.Label, " added the most: ", ReportCell.Size(most.Size), ".",
        ])
        {
            Chart = most is null ? null : new TimeChart(periods, sizes,
                $"Line that rises to {ReportText.Size(size)}, from {periods.List[0].Label} to {Last(periods).Label}.")
            {
                AreOctets = true,
                IsLine = true,
            },
            Table = all.Count == 0 ? null : GrowthTable(periods, all),
        };
    }

    private static ReportTable GrowthTable(Periods periods, MessageGroup all)
    {
        long size = 0;
        return ReportTable.Of(["Received", "Size", "Size up to then", "Share"], Rows(periods), int.MaxValue, period =>
            [period.Label, ReportCell.Size(period.Size), ReportCell.Size(size += period.Size), ReportText.Percent(period.Size, all.Size)]);
    }

    private static ReportSection Received(Periods periods, MessageGroup all)
    {
        Period? most = periods.List.OrderByDescending(period => period.Count).FirstOrDefault();
        return new ReportSection("received", periods.AreYears ? "Messages by year" : "Messages by month", most is null ? Nothing(all) :
        [
            "Most messages are of ", most.Label, ": ", ReportCell.Number(most.Count), ".",
            .. periods.Others.Select(other => new ReportCell($" {other.Label}: {ReportText.Number(other.Count)}.")),
        ])
        {
            Chart = most is null ? null : new TimeChart(periods, [.. periods.List.Select(period => (double)period.Count)],
                $"A column for each {Unit(periods)} from {periods.List[0].Label} to {Last(periods).Label}. The highest: "
                    + $"{most.Label} with {DisplayText.Count(most.Count, "message")}."),
            Table = all.Count == 0 ? null : ReportTable.Of(["Received", "Messages", "Share"], Rows(periods), int.MaxValue, period =>
                [period.Label, ReportCell.Number(period.Count), ReportText.Percent(period.Count, all.Count)]),
        };
    }

    private static ReportSection Age(MailboxTally tally)
    {
        MessageGroup all = tally.Total;
        long old = tally.Ages.Groups.Skip(4).Take(3).Sum(group => group.Size);
        return new ReportSection("age", "Age of the mail", all.Count == 0 ? ["No messages."] :
        [
            "Messages by how long ago they were received. Those of over a year are ", ReportText.Percent(old, all.Size), " of the size.",
        ])
        {
            Chart = BarChart.Of(tally.Ages.Groups.Select(group => new Bar(group.Values[0], group.Count, ReportText.Number(group.Count)))),
            Table = all.Count == 0 ? null : ReportTable.Of(["Age", "Messages", "Size", "Share"], tally.Ages.Groups, int.MaxValue, group =>
                [group.Values[0], ReportCell.Number(group.Count), ReportCell.Size(group.Size), ReportText.Percent(group.Count, all.Count)]),
        };
    }

    private static ReportSection Unread(MailboxTally tally)
    {
        MessageGroup all = tally.Total;
        MessageGroup? most = tally.Ages.Groups.OrderByDescending(group => group.Unread).FirstOrDefault(group => group.Unread > 0);
        return new ReportSection("unread", "Unread by age", most is null ? ["No unread messages."] :
        [
            ReportCell.Number(all.Unread), " of ", ReportCell.Number(all.Count), " messages are unread.",
        ])
        {
            Chart = BarChart.Of(
                tally.Ages.Groups.Select(group => new Bar(group.Values[0], group.Unread, ReportText.Number(group.Unread))),
                color: "bar warm"),
            Table = most is null ? null : ReportTable.Of(
                ["Age", "Unread", "Of all of that age"], tally.Ages.Groups, int.MaxValue, group =>
                [group.Values[0], ReportCell.Number(group.Unread), ReportText.Percent(group.Unread, group.Count)]),
        };
    }

    private static IReadOnlyList<ReportCell> Nothing(MessageGroup all) =>
        [all.Count == 0 ? "No messages." : "The messages have no time of receipt that makes sense."];

    private static string Unit(Periods periods) => periods.AreYears ? "year" : "month";

    private static Period Last(Periods periods) => periods.List[periods.List.Count - 1];

    private static IReadOnlyList<Period> Rows(Periods periods) =>
        [.. new[] { periods.Earlier }.Where(period => period.Count > 0), .. periods.List, .. periods.Others];
}
