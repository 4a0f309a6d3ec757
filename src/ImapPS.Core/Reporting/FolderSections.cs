using System.Collections.Generic;
using System.Linq;
using ImapPS.Administration;
using ImapPS.Models;
using ImapPS.Reading;
using ImapPS.Reporting.Charts;

namespace ImapPS.Reporting;

/// <summary>What a report tells of folders: their size, the limits, copies, and which are not counted.</summary>
internal static class FolderSections
{
    private const int MostBars = 10;
    private const int MostRows = 100;

    public static ReportSection Folders(MailboxTally tally)
    {
        MessageGroup all = tally.Total;
        IReadOnlyList<MessageGroup> folders =
            [.. tally.Groups(ImapGrouping.Folder).OrderByDescending(group => group.Size).ThenBy(group => group.Folders[0])];
        return new ReportSection("folders", "Folders by size", folders.Count == 0 ? ["No messages."] :
        [
            ReportCell.FromMail(folders[0].Values[0]), " holds ", ReportText.Percent(folders[0].Size, all.Size), " of the size. ",
            $"{DisplayText.Count(folders.Count, "folder")} of {ReportText.Number(tally.Folders.Count)} "
                + (folders.Count == 1 ? "has messages." : "have messages."),
        ])
        {
            Chart = BarChart.Of(
                folders.Select(group => new Bar(group.Values[0], group.Size, ReportText.Size(group.Size))), MostBars, keepsEnd: true),
            Table = folders.Count == 0 ? null : ReportTable.Of(
                ["Folder", "Messages", "Unread", "Size", "Share"], folders, MostRows, group =>
                [
                    ReportCell.FromMail(group.Values[0]), ReportCell.Number(group.Count), ReportCell.Number(group.Unread),
                    ReportCell.Size(group.Size), ReportText.Percent(group.Size, all.Size),
                ]),
        };
    }

    public static ReportSection Copies(MailboxTally tally)
    {
        IReadOnlyList<(string Folder, long Count, long Size)> costs = tally.Copies.Costs();
        long size = costs.Sum(cost => cost.Size);
        return new ReportSection("copies", "Copies", costs.Count == 0 ? ["No message is a copy of another one."] :
        [
            $"{DisplayText.Count(costs.Sum(cost => cost.Count), "message")} with the Message-ID and the size of another one. "
                + $"Without them there would be {ReportText.Size(size)} less. Find-ImapDuplicate shows them.",
        ])
        {
            Chart = BarChart.Of(
                costs.Select(cost => new Bar(cost.Folder, cost.Size, ReportText.Size(cost.Size))), MostBars, "bar warm", keepsEnd: true),
            Table = costs.Count == 0 ? null : ReportTable.Of(["Folder", "Copies", "Size"], costs, MostRows, cost =>
                [ReportCell.FromMail(cost.Folder), ReportCell.Number(cost.Count), ReportCell.Size(cost.Size)]),
        };
    }

    /// <summary>None where the server tells no limits.</summary>
    public static IEnumerable<ReportSection> Quota(IReadOnlyList<ImapQuota> quotas)
    {
        if (quotas.Count == 0) yield break;

        ImapQuota fullest = quotas.OrderByDescending(quota => quota.Percent).First();
        yield return new ReportSection("quota", "Quota",
        [
            ReportCell.FromMail(Name(fullest)), $" is at {ReportText.Percent(fullest.Usage, fullest.Limit)} of its limit.",
        ])
        {
            Chart = BarChart.Of(
                quotas.Select(quota => new Bar(
                    Name(quota), quota.Percent, $"{Amount(quota, quota.Usage).Text} of {Amount(quota, quota.Limit).Text}")), MostBars)
                ?.UpTo(100),
            Table = ReportTable.Of(["Resource", "Root", "Used", "Limit", "Share"], quotas, MostRows, quota =>
            [
                ReportCell.FromMail(quota.Resource), ReportCell.FromMail(quota.Root), Amount(quota, quota.Usage),
                Amount(quota, quota.Limit), ReportText.Percent(quota.Usage, quota.Limit),
            ], words: 2),
        };
    }

    /// <summary>None where all is counted.</summary>
    public static IEnumerable<ReportSection> Uncounted(IReadOnlyList<UncountedFolder> folders)
    {
        if (folders.Count == 0) yield break;

        ReportTable table = ReportTable.Of(["Folder", "Reason"], folders, MostRows, folder =>
            [ReportCell.FromMail(folder.Path), ReportCell.FromMail(folder.Reason)], words: 2);
        yield return new ReportSection("uncounted", "Folders that are not counted",
            [$"{DisplayText.Count(folders.Count, "folder")} that the numbers of this page leave out."])
        {
            Table = table with { IsOpen = true },
        };
    }

    private static string Name(ImapQuota quota) => quota.Root.Length == 0 ? quota.Resource : $"{quota.Resource} ({quota.Root})";

    private static ReportCell Amount(ImapQuota quota, long amount) =>
        QuotaUnits.IsStorage(quota.Resource) ? ReportCell.Size(amount) : ReportCell.Number(amount);
}
