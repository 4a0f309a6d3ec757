using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ImapPS.Models;
using ImapPS.Reading;
using ImapPS.Sandbox;
using MailKit;
using MimeKit;

namespace ImapPS.Tests.Reading;

/// <summary>What Measure-ImapFolder asks the server, what it emits, and what becomes of that.</summary>
public sealed class MeasureTests(MailServer mail) : ModuleTest(mail)
{
    private const string Least = "UID FLAGS INTERNALDATE RFC822.SIZE";

    [Theory]
    [InlineData("", Least)]
    [InlineData("-By Year, Month, Weekday", Least)]
    [InlineData("-By Hour, SizeClass", Least)]
    [InlineData("-By Flag, Keyword, Folder", Least)]
    [InlineData("-Unread -LargerThan 1 -By Folder", Least)]
    [InlineData("-By Sender", Least + " BODY.PEEK[HEADER.FIELDS (FROM)]")]
    [InlineData("-By Domain, Sender", Least + " BODY.PEEK[HEADER.FIELDS (FROM)]")]
    [InlineData("-By Recipient", Least + " BODY.PEEK[HEADER.FIELDS (TO CC)]")]
    [InlineData("-By ListId", Least + " BODY.PEEK[HEADER.FIELDS (LIST-ID)]")]
    [InlineData("-By AttachmentType", Least + " BODYSTRUCTURE")]
    [InlineData("-Attachments", Least + " BODYSTRUCTURE")]
    [InlineData("-HasAttachment -By Year", Least + " BODYSTRUCTURE")]
    [InlineData("-Subject h*o -By Year", Least + " BODY.PEEK[HEADER.FIELDS (SUBJECT)]")]
    public void The_server_is_asked_for_no_more_than_the_grouping_needs(string parameters, string items)
    {
        User.Deliver("INBOX", Message("hello"));
        Connect();

        Succeed($"Measure-ImapFolder {parameters}");

        string line = Assert.Single(Proxy.Commands, command => command.Verb == "UID FETCH").Line;
        Assert.Equal(Words(items), Words(Regex.Match(line, @"UID FETCH \S+ \((.*)\)").Groups[1].Value));
        Assert.Equal(1, Proxy.Count("EXAMINE"));

        // What this server finds of pieces is tried out once.
        Assert.Equal(parameters.Contains('*', StringComparison.Ordinal) ? 2 : 1, Proxy.Count("UID SEARCH"));
    }

    [Fact]
    public void An_empty_folder_is_one_object_of_nothing_and_no_group()
    {
        User.CreateFolder("Empty");
        Connect();

        var total = (ImapMeasure)Assert.Single(Succeed("Measure-ImapFolder Empty")).BaseObject;
        Assert.Equal((0L, 0L, 0L, 0.0), (total.Count, total.Size, total.Unread, total.Percent));
        Assert.Null(total.Oldest);
        Assert.Null(total.Attachments);
        Assert.Empty(Succeed("Measure-ImapFolder Empty -By Sender"));
        Assert.Empty(Succeed("Measure-ImapFolder Empty | Get-ImapMessage"));
    }

    [Fact]
    public void An_empty_folder_is_a_group_of_folders()
    {
        User.CreateFolder("Empty");
        User.Deliver("Lists", Message("one"));
        Connect();

        ImapMeasure[] rows = [.. Succeed("Measure-ImapFolder Lists, Empty -By Folder").Select(row => (ImapMeasure)row.BaseObject)];
        Assert.Equal([("Lists", 1L, 100.0), ("Empty", 0L, 0.0)], rows.Select(row => (row.Name, row.Count, row.Percent)));
        Assert.Equal(["Empty"], rows[1].Folder);
        Assert.Equal(["one"], Subjects(Succeed("Measure-ImapFolder Lists, Empty -By Folder | Get-ImapMessage")));
        Assert.Equal(["Lists"], Names("Measure-ImapFolder Lists, Empty -By Folder -Top 1"));
        Assert.Equal(["Lists, 2026"], Names("Measure-ImapFolder Lists, Empty -By Folder, Year").Select(name => name[..7] + "2026"));
    }

    [Theory]
    [InlineData("Select-Object Name, Count")]
    [InlineData("Select-Object By, Values")]
    [InlineData("Select-Object By, Values, Criteria")]
    public void A_row_that_lost_what_was_counted_is_refused(string way)
    {
        User.Deliver("INBOX", Message("one"));
        Connect();
        Assert.Contains("Pipe the object itself",
            AssertError(Run($"Measure-ImapFolder -By Sender | {way} | Get-ImapMessage"), "ArgumentInvalid").ErrorDetails.RecommendedAction,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_leads_to_its_messages_with_the_criteria_of_the_measurement()
    {
        for (int i = 0; i < 6; i++)
        {
            User.Deliver(i < 4 ? "INBOX" : "Lists", Message(Text($"{i}"), i % 2 == 0 ? "Ann <ann@example.org>" : "bob@example.org"),
                new MessageState(Flags: i == 0 ? SystemFlags.Seen : SystemFlags.None));
        }

        User.Deliver("INBOX", Message("other", "ann@example.org.example"));
        Connect();
        Assert.Equal(["2", "4"], Subjects(Succeed("$min = '1'; Measure-ImapFolder INBOX, Lists -Unread -By Sender "
            + "-Filter { $_.Subject -gt $min } | Where-Object Name -EQ ann@example.org | Get-ImapMessage")));
        Assert.Equal(["0", "2", "4"], Subjects(Succeed("Measure-ImapFolder INBOX, Lists -By Sender -Top 1 | Get-ImapMessage")).Order());
        Assert.Equal(["4", "5"],
            Subjects(Succeed("Measure-ImapFolder INBOX, Lists -By Folder | Where-Object Name -EQ Lists | Get-ImapMessage")));
        Assert.Equal(["3"], Subjects(Succeed("Measure-ImapFolder INBOX, Lists -By Sender | Where-Object Name -EQ bob@example.org "
            + "| Get-ImapMessage -First 1 -Skip 1")));
    }

    [Theory]
    [InlineData("ConvertTo-Json | ConvertFrom-Json")]
    [InlineData("ConvertTo-Csv | ConvertFrom-Csv")]
    [InlineData("Select-Object *")]
    [InlineData("ForEach-Object { [System.Management.Automation.PSSerializer]::Serialize($_, 1) } "
        + "| ForEach-Object { [System.Management.Automation.PSSerializer]::Deserialize($_) }")]
    public void A_row_means_what_was_counted_or_is_refused(string way)
    {
        User.Deliver("INBOX", Message("one", "a@example.org"));
        User.Deliver("INBOX", Message("two", "\"no, address\" <b@example.org>"), new MessageState(Flags: SystemFlags.Seen));
        User.Deliver("INBOX", Message("three", "b@example.org"));
        Connect();

        Assert.Equal(["two", "three"], Subjects(Succeed($"Measure-ImapFolder -By Sender -Top 1 | {way} | Get-ImapMessage")));
        AssertError(Run($"Measure-ImapFolder -By Sender -Unread -Top 1 | {way} | Get-ImapMessage"), "ArgumentInvalid");
        AssertError(Run($"Measure-ImapFolder -Filter {{ $_.Size -gt 1 }} | {way} | Get-ImapMessage"), "ArgumentInvalid");
    }

    [Fact]
    public void Periods_and_sizes_have_their_order_and_others_their_number()
    {
        foreach (int month in new[] { 3, 1, 3, 2, 3, 2 })
        {
            User.Deliver("INBOX", Message("x", Text($"m{month}@example.org")),
                new MessageState(Received: new DateTimeOffset(2026, month, 9 - month, 12, 0, 0, TimeSpan.Zero)));
        }

        Connect();
        Assert.Equal(["2026-01", "2026-02", "2026-03"], Names("Measure-ImapFolder -By Month"));
        Assert.Equal(["2026-02", "2026-03"], Names("Measure-ImapFolder -By Month -Top 2"));
        Assert.Equal(["Thursday", "Friday", "Saturday"], Names("Measure-ImapFolder -By Weekday"));
        Assert.Equal(["m3@example.org", "m2@example.org", "m1@example.org"], Names("Measure-ImapFolder -By Sender"));
        Assert.Equal(["m3@example.org, 2026", "m2@example.org, 2026", "m1@example.org, 2026"],
            Names("Measure-ImapFolder -By Sender, Year"));
        AssertError(Run("Measure-ImapFolder -Top 2"), "ArgumentInvalid");
    }

    [Fact]
    public void Names_are_compared_in_no_culture()
    {
        using var engine = new PowerShellEngine(new EngineOptions { Culture = new CultureInfo("tr-TR") });
        User.Deliver("INBOX", Message("x", "INFO@EXAMPLE.ORG"));
        User.Deliver("INBOX", Message("x", "info@example.org"));
        User.Deliver("INBOX", Message("x", "hostile <\u202e\u001b[31m@example.org>"));
        Connect();

        EngineResult result = engine.Invoke("Measure-ImapFolder -Session $id -By Sender -Top 1 | ForEach-Object { $_.Count; "
            + "@($_ | Get-ImapMessage).Count }", SessionId());
        Assert.Equal([], result.AllErrors.Select(error => $"{error}"));
        Assert.Equal(["2", "2"], result.Output.Select(count => $"{count}"));
    }

    [Fact]
    public void A_folder_is_counted_once_and_one_that_fails_does_not_stop_the_others()
    {
        User.Deliver("INBOX", Message("x"));
        Connect();

        EngineResult result = Run("Measure-ImapFolder INBOX, IN*, Missing");
        AssertError(result, "FolderNotFound");
        Assert.Equal(1, ((ImapMeasure)Assert.Single(result.Output).BaseObject).Count);
    }

    [Fact]
    public void A_message_that_is_counted_by_its_sender_costs_little_and_is_not_kept()
    {
        const int Many = 10_000;
        var found = new SearchResult("INBOX", 1, []);
        var items = new FetchItems { Parts = MessageTally.Parts([ImapGrouping.Sender], attachments: false) };
        MessageSummary[] summaries = [.. Enumerable.Range(0, 50).Select(Summary)];
        var tally = new MessageTally([ImapGrouping.Sender]);
        tally.Open("INBOX");
        foreach (MessageSummary summary in summaries) tally.Add(MessageMapping.ToModel(summary, items, 1, found));

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Many; i++) tally.Add(MessageMapping.ToModel(summaries[i % 50], items, 1, found));
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Many, 100, 3_500);

        WeakReference counted = Count(tally, summaries[0], items, found);
        GC.Collect();
        Assert.False(counted.IsAlive);
        Assert.Equal(50, tally.Groups(int.MaxValue).Count);
        Assert.Equal(Many + 51, tally.Count);
    }

    /// <summary>In a method of its own: nothing else must hold the message.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Count(MessageTally tally, MessageSummary summary, FetchItems items, SearchResult found)
    {
        ImapMessage message = MessageMapping.ToModel(summary, items, 1, found);
        tally.Add(message);
        return new WeakReference(message);
    }

    private static string[] Words(string items) =>
        [.. Regex.Split(items.ToUpperInvariant(), @" (?![^(]*\))").Order(StringComparer.Ordinal)];

    private static MessageSummary Summary(int i) => new(0)
    {
        UniqueId = new UniqueId(1, (uint)i + 1),
        Flags = MessageFlags.Seen,
        Size = 1_234,
        InternalDate = new DateTimeOffset(2026, 3, 2, 10, 11, 12, TimeSpan.Zero),
        Headers = new HeaderList { { "From", Text($"Jürgen Müller <juergen{i}@example.org>") } },
    };

    private IEnumerable<string> Names(string script) => Succeed(script).Select(group => Property<string>(group, "Name"));
}
