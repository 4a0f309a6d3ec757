using System.Collections.Generic;
using System.Linq;
using ImapPS.Models;
using ImapPS.Reading;
using ImapPS.Reporting.Charts;

namespace ImapPS.Reporting;

/// <summary>What a report tells of messages: who sends them, how large they are, and what is attached.</summary>
internal static class MessageSections
{
    private const int MostBars = 10;
    private const int MostRows = 50;

    public static ReportSection Senders(MailboxTally tally)
    {
        IReadOnlyList<MessageGroup> senders = tally.Groups(ImapGrouping.Sender);
        long known = senders.Count(group => group.Values[0].Length > 0);
        return new ReportSection("senders", "Top senders", senders.Count == 0 ? ["No messages."] :
            [$"{DisplayText.Count(known, "sender")}. The first sent {Share(senders[0], tally)} of the messages."])
        {
            Chart = Bars(senders),
            Table = Table("Sender", senders, tally),
        };
    }

    public static ReportSection Lists(MailboxTally tally)
    {
        IReadOnlyList<MessageGroup> lists = [.. tally.Groups(ImapGrouping.ListId).Where(group => group.Values[0].Length > 0)];
        long count = lists.Sum(group => group.Count);
        return new ReportSection("lists", "Top mailing lists", lists.Count == 0 ? ["No message is of a mailing list."] :
        [
            $"{DisplayText.Count(lists.Count, "mailing list")}, and {ReportText.Percent(count, tally.Total.Count)} of the messages.",
        ])
        {
            Chart = Bars(lists),
            Table = Table("Mailing list", lists, tally),
        };
    }

    public static ReportSection Sizes(MailboxTally tally)
    {
        IReadOnlyList<MessageGroup> sizes = tally.Groups(ImapGrouping.SizeClass);
        MessageGroup? most = sizes.OrderByDescending(group => group.Size).FirstOrDefault();
        return new ReportSection("sizes", "Size of the messages", most is null ? ["No messages."] :
        [
            $"Where the octets are. {ReportText.Percent(most.Size, tally.Total.Size)} are in messages of the class "
                + $"{Range(most.Values[0])}.",
        ])
        {
            Chart = BarChart.Of(sizes.Select(group => new Bar(Range(group.Values[0]), group.Size, ReportText.Size(group.Size)))),
            Table = most is null ? null : ReportTable.Of(["Size of the message", "Messages", "Size", "Share"], sizes, MostRows, group =>
            [
                Range(group.Values[0]), ReportCell.Number(group.Count), ReportCell.Size(group.Size),
                ReportText.Percent(group.Size, tally.Total.Size),
            ]),
        };
    }

    public static ReportSection AttachmentTypes(MailboxTally tally)
    {
        AttachmentGroup all = tally.Attachments.Total;
        return new ReportSection("types", "Attachments by type", all.Count == 0 ? ["No attachments."] :
        [
            $"{DisplayText.Count(all.Count, "attachment")} in {DisplayText.Count(all.Messages, "message")}, together "
                + $"{ReportText.Size(all.Size)} as transferred.",
        ])
        {
            Chart = BarChart.Of(
                tally.Attachments.Types.Select(group => new Bar(group.Name, group.Size, ReportText.Size(group.Size))), MostBars,
                keepsEnd: true),
            Table = all.Count == 0 ? null : ReportTable.Of(
                ["Type", "Attachments", "Messages", "Size", "Share"], tally.Attachments.Types, MostRows, group =>
                [
                    ReportCell.Value(group.Name), ReportCell.Number(group.Count), ReportCell.Number(group.Messages),
                    ReportCell.Size(group.Size), ReportText.Percent(group.Size, all.Size),
                ]),
        };
    }

    public static ReportSection AttachmentSizes(MailboxTally tally)
    {
        AttachmentGroup all = tally.Attachments.Total;
        AttachmentGroup? most = tally.Attachments.Sizes.OrderByDescending(group => group.Count).FirstOrDefault();
        return new ReportSection("attachments", "Attachments by size", most is null ? ["No attachments."] :
            [$"Most are of the class {Range(most.Name)}: {ReportText.Percent(most.Count, all.Count)}."])
        {
            Chart = BarChart.Of(
                tally.Attachments.Sizes.Select(group => new Bar(Range(group.Name), group.Count, ReportText.Number(group.Count)))),
            Table = most is null ? null : ReportTable.Of(
                ["Size of the attachment", "Attachments", "Size", "Share"], tally.Attachments.Sizes, MostRows, group =>
                [
                    Range(group.Name), ReportCell.Number(group.Count), ReportCell.Size(group.Size),
                    ReportText.Percent(group.Count, all.Count),
                ]),
        };
    }

    private static BarChart? Bars(IEnumerable<MessageGroup> groups) =>
        BarChart.Of(groups.Select(group => new Bar(Name(group), group.Count, ReportText.Number(group.Count))), MostBars);

    private static ReportTable? Table(string name, IReadOnlyList<MessageGroup> groups, MailboxTally tally) => groups.Count == 0 ? null
        : ReportTable.Of([name, "Messages", "Unread", "Size", "Share"], groups, MostRows, group =>
        [
            ReportCell.Value(group.Values[0]), ReportCell.Number(group.Count), ReportCell.Number(group.Unread),
            ReportCell.Size(group.Size), Share(group, tally),
        ]);

    private static string Name(MessageGroup group) => group.Values[0].Length == 0 ? "(none)" : group.Values[0];

    private static string Share(MessageGroup group, MailboxTally tally) => ReportText.Percent(group.Count, tally.Total.Count);

    /// <summary>A class of sizes, with the dash that a range has in print.</summary>
    private static string Range(string name) => name.Replace("-", "–");
}
