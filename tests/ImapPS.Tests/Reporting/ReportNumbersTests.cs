using System.Globalization;
using ImapPS.Models;
using ImapPS.Reporting;
using ImapPS.Sandbox;
using ImapPS.Tests.Filters;

namespace ImapPS.Tests.Reporting;

/// <summary>The numbers of a report are those of Measure-ImapFolder, Find-ImapDuplicate and Get-ImapQuota.</summary>
public sealed class ReportNumbersTests(MailServer mail) : ReportTest(mail)
{
    [Fact]
    public void They_are_those_of_the_other_cmdlets()
    {
        Fill();
        Connect();
        ReadPage page = Report();

        ImapMeasure all = Measure("-Attachments").Single();
        Assert.Equal(Number(all.Count), page.Figure("Messages"));
        Assert.Equal(ReportText.Size(all.Size), page.Figure("Size"));
        Assert.Equal(Number(all.Unread), page.Figure("Unread"));
        Assert.Equal(Number(all.Attachments!.Value), page.Figure("Attachments"));

        Assert.Equal(
            Measure("-By Folder").Where(group => group.Count > 0).OrderByDescending(group => group.Size).Select(group => Row(group, all)),
            page.Rows("folders"));
        Assert.Equal(Measure("-By Sender").Take(50).Select(group => Row(group, all)), page.Rows("senders"));
        Assert.Equal(Measure("-By ListId").Where(group => group.Name != "(none)").Select(group => Row(group, all)), page.Rows("lists"));
        Assert.Equal(
            Measure("-By SizeClass").Select(group => Cells(group.Name.Replace('-', '–'), Number(group.Count),
                ReportText.Size(group.Size), Share(group.Size, all.Size))),
            page.Rows("sizes"));
        Assert.Equal(
            Measure("-By AttachmentType").Where(group => group.Name != "(none)")
                .Select(group => $"{group.Name} {Number(group.Count)}").Order(),
            page.Rows("types").Select(row => row.Split(" | ")).Select(row => $"{row[0]} {row[2]}").Order());
        Assert.Equal(
            Measure("-By Month").Select(group => Cells(
                DateTime.ParseExact(group.Name, "yyyy-MM", CultureInfo.InvariantCulture).ToString("MMM yyyy", CultureInfo.InvariantCulture),
                Number(group.Count), Share(group.Count, all.Count))),
            page.Rows("received").Where(row => !row.Contains("| 0 |", StringComparison.Ordinal)));
        Assert.Equal(ReportText.Size(all.Size), page.Rows("growth")[^1].Split(" | ")[2]);
    }

    [Fact]
    public void Copies_are_those_that_Find_ImapDuplicate_finds()
    {
        Fill();
        Connect();
        const string Row = "| Group-Object Folder | "
            + "ForEach-Object { \"$($_.Name) $($_.Count) $(($_.Group | Measure-Object Size -Sum).Sum)\" }";
        foreach (string folders in new[] { string.Empty, "Trash, Other, INBOX" })
        {
            IEnumerable<string> expected = Lines($"Find-ImapDuplicate {folders} {Row}").Select(line => line.Split(' '))
                .Select(row => Cells(row[0], Number(long.Parse(row[1], CultureInfo.InvariantCulture)),
                    ReportText.Size(long.Parse(row[2], CultureInfo.InvariantCulture))));
            ReadPage page = Report(folders);
            Assert.NotEmpty(page.Rows("copies"));
            Assert.Equal(expected.Order(StringComparer.Ordinal), page.Rows("copies").Order(StringComparer.Ordinal));
            Assert.Equal(2, page.Pictures("copies"));
        }
    }

    [Fact]
    public void Ages_are_those_that_criteria_tell()
    {
        int[] days = [1, 6, 8, 29, 31, 89, 91, 364, 366, 729, 731, 1_824, 1_826, 4_000, -3];
        for (int i = 0; i < days.Length; i++)
        {
            User.Deliver("INBOX", Message($"{i}"),
                new MessageState(DateTimeOffset.UtcNow.AddDays(-days[i]), i % 2 == 0 ? SystemFlags.None : SystemFlags.Seen));
        }

        Connect();
        ReadPage page = Report();
        int[] limits = [0, 7, 30, 90, 365, 730, 1_825];
        string[] counts = [.. limits.Select((limit, i) => (i == 0 ? string.Empty : Text($"-OlderThan {limit} "))
            + (i + 1 < limits.Length ? Text($"-NewerThan {limits[i + 1]}") : string.Empty))];
        Assert.Equal(counts.Select(criteria => Number(Measure(criteria).Single().Count)),
            page.Rows("age").Select(row => row.Split(" | ")[1]));
        Assert.Equal(counts.Select(criteria => Number(Measure(criteria).Single().Unread)),
            page.Rows("unread").Select(row => row.Split(" | ")[1]));
    }

    [Fact]
    public void Attachments_are_added_up_by_type_and_size()
    {
        Fill();
        Connect();
        string[] expected = Lines("Get-ImapMessage -Folder * | ForEach-Object Attachments | Group-Object Type | ForEach-Object { "
            + "\"$($_.Name) $($_.Count) $(($_.Group | Measure-Object Size -Sum).Sum)\" }");
        ReadPage page = Report();
        Assert.Equal(
            expected.Select(line => line.Split(' ')).Select(row =>
                $"{row[0]} {row[1]} {ReportText.Size(long.Parse(row[2], CultureInfo.InvariantCulture))}").Order(),
            page.Rows("types").Select(row => row.Split(" | ")).Select(row => $"{row[0]} {row[1]} {row[3]}").Order());
        Assert.Equal(page.Figure("Attachments"), Number(page.Rows("attachments").Sum(row =>
            long.Parse(row.Split(" | ")[1], NumberStyles.AllowThousands, CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void Quotas_are_those_of_the_server()
    {
        User.Deliver("INBOX", Message("one"));
        Connect();
        Assert.Equal(
            Succeed("Get-ImapQuota INBOX").Select(Value<ImapQuota>).Select(quota => Cells(quota.Resource, quota.Root,
                quota.Resource == "STORAGE" ? ReportText.Size(quota.Usage) : Number(quota.Usage),
                quota.Resource == "STORAGE" ? ReportText.Size(quota.Limit) : Number(quota.Limit), Share(quota.Usage, quota.Limit))),
            Report("INBOX").Rows("quota"));
    }

    private static string Row(ImapMeasure group, ImapMeasure all)
    {
        double share = group.By[0] == "Folder" ? group.Size / (double)all.Size : group.Count / (double)all.Count;
        return Cells(group.Name, Number(group.Count), Number(group.Unread), ReportText.Size(group.Size), Share(share, 1));
    }

    private static string Cells(params string[] cells) => string.Join(" | ", cells);

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Share(double part, double all) => ReportText.Percent(part, all);

    private IEnumerable<ImapMeasure> Measure(string parameters) =>
        Succeed($"Measure-ImapFolder * {parameters}").Select(Value<ImapMeasure>);

    private void Fill()
    {
        DateTimeOffset start = new(2024, 11, 30, 20, 0, 0, TimeSpan.Zero);
        int i = 0;
        foreach ((byte[] raw, MessageState state) in AwkwardMailbox.Messages())
        {
            User.Deliver(i++ % 3 == 0 ? "Other" : "INBOX", raw, state);
        }

        for (i = 0; i < 24; i++)
        {
            string text = new MailText
            {
                From = i % 2 == 0 ? "List <m@xn--mnchen-3ya.example>" : Text($"other{i % 5}@EXAMPLE.org"),
                Subject = "attached",
                MessageId = Text($"<{i % 16}@example.org>"),
                Headers = i % 3 == 0 ? ["List-Id: A list <things.example.org>"] : [],
                Text = new string('x', 1 << (i % 16)),
                Attachments = [.. Enumerable.Range(0, i % 4).Select(n => new MailAttachment(Text($"{n}.bin"),
                    n == 1 ? "application/pdf" : "image/png", new byte[(i * 3_000) + 10]))],
            }.ToString();
            foreach (string folder in i % 7 == 0 ? ["INBOX", "Other"] : i % 7 == 1 ? (string[])["INBOX", "Trash"] : ["INBOX"])
            {
                User.Deliver(folder, text, new MessageState(start.AddDays(i * 9), i % 11 == 0 ? SystemFlags.Deleted : SystemFlags.None));
            }
        }
    }
}
