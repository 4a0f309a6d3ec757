using System.Diagnostics;
using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Watching;

public sealed class WaitTests(MailServer mail) : WaitTest(mail)
{
    [Fact]
    public async Task What_is_there_already_counts_unless_a_mark_draws_the_line()
    {
        await AppendAsync("hello 1");
        Connect();
        Assert.Equal(["hello 1"], Subjects(Succeed("Wait-ImapMessage -Subject hello")));

        // It was there, so no connection of its own was needed.
        Assert.Equal(0, Proxy.Connections);

        Succeed("$mark = Get-ImapFolder INBOX");
        AssertError(Run("Wait-ImapMessage -After $mark -Subject hello -TimeoutSeconds 0"), "WaitTimeout");
        await AppendAsync("hello 2");
        Assert.Equal(["hello 2"], Subjects(Succeed("Wait-ImapMessage -After $mark -Subject hello")));
    }

    [Fact]
    public async Task A_mark_is_a_folder_object_in_any_shape_or_a_date()
    {
        await AppendAsync("old", received: DateTimeOffset.UtcNow.AddHours(-1));
        Connect();
        Succeed(
            """
            $folder = Get-ImapFolder INBOX
            $mark = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($folder))
            $date = [DateTime]::Now.AddSeconds(-30)
            """);
        await AppendAsync("new");
        foreach (string mark in new[]
        {
            "$folder",
            "$mark",
            "$date",
            "$date.ToString('yyyy-MM-ddTHH:mm:sszzz')",
            "([DateTimeOffset] $date)",
        })
        {
            Assert.Equal(["new"], Subjects(Succeed($"Wait-ImapMessage -After {mark}")));
        }
    }

    [Fact]
    public async Task A_message_of_the_very_second_of_the_date_counts()
    {
        DateTimeOffset second = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
        await AppendAsync("that second", received: second);
        await AppendAsync("the one before", received: second.AddSeconds(-1));
        Connect();
        Assert.Equal(["that second"], Subjects(Succeed("Wait-ImapMessage -After ([DateTimeOffset] '2026-03-02T10:00:00.900Z')")));
    }

    [Theory]
    [InlineData("-After nonsense", "ParameterArgumentTransformationError")]
    [InlineData("-After (Get-ImapFolder INBOX -NoStatus)", "ParameterArgumentTransformationError")]
    [InlineData("-TimeoutSeconds -1", "ParameterArgumentValidationError")]
    [InlineData("Sent -After (Get-ImapFolder INBOX)", "ArgumentInvalid")]
    [InlineData("Nowhere", "FolderNotFound")]
    [InlineData("-Read -Unread", "FilterInvalid")]
    [InlineData("-GmailQuery x", "NotSupportedByServer")]
    public void What_cannot_be_waited_for_is_said_at_once(string parameters, string id)
    {
        Connect();
        ErrorRecord error = Assert.Single(Run($"Wait-ImapMessage {parameters}").AllErrors);
        Assert.Equal($"{id},ImapPS.Commands.WaitImapMessageCommand", error.FullyQualifiedErrorId);
    }

    [Fact]
    public async Task With_IDLE_two_fetches_after_the_servers_notice()
    {
        await AppendAsync("noise");
        Connect();
        Task<EngineResult> wait = await StartAsync("$mark = Get-ImapFolder INBOX; Wait-ImapMessage -After $mark -Subject wanted", "IDLE");
        Proxy.Clear();
        await AppendAsync("wanted");
        Assert.Equal(["wanted"], Subjects(Silent(await wait).Output));

        // Which UID it has, and what it is. A search might not find it yet.
        Assert.Equal(["FETCH", "UID FETCH", "LOGOUT"], Proxy.Commands.Select(command => command.Verb));
    }

    [Fact]
    public async Task A_message_that_does_not_match_costs_no_more()
    {
        Connect();
        Task<EngineResult> wait = await StartAsync("$mark = Get-ImapFolder INBOX; Wait-ImapMessage -After $mark -Subject wanted", "IDLE");
        Proxy.Clear();
        await AppendAsync("noise");
        await Proxy.WaitForAsync(proxy => proxy.Count("IDLE") == 1, Cancellation);
        Assert.Equal(["FETCH", "UID FETCH", "IDLE"], Proxy.Commands.Select(command => command.Verb));
        await AppendAsync("wanted");
        Assert.Equal(["wanted"], Subjects(Silent(await wait).Output));
    }

    [Fact]
    public async Task Without_IDLE_one_question()
    {
        Proxy.HideCapability("IDLE");
        Connect();
        Task<EngineResult> wait =
            await StartAsync("$mark = Get-ImapFolder INBOX; Wait-ImapMessage -After $mark -Subject wanted -PollSeconds 1", "NOOP");
        await AppendAsync("wanted");
        Proxy.Clear();
        Assert.Equal(["wanted"], Subjects(Silent(await wait).Output));

        // The next one finds it; a question that was under way when it came may have been too early.
        Assert.InRange(Proxy.Count("NOOP"), 0, 1);
        Assert.Equal(0, Proxy.Count("IDLE"));
    }

    [Fact]
    public async Task Messages_come_the_moment_they_match_and_the_session_is_free_meanwhile()
    {
        Connect();
        Task<EngineResult> wait =
            await StartAsync("$mark = Get-ImapFolder INBOX; Wait-ImapMessage -After $mark -Subject wanted -Count "
            + "2 | Get-ImapMessageContent | ForEach-Object Text", "IDLE");
        await AppendAsync("wanted 1", body: "one");

        // The content of the first is read while the wait for the second goes on.
        await Proxy.WaitForAsync(proxy => proxy.Commands.Any(command => command.Line.Contains("BODY.PEEK[]", StringComparison.Ordinal)),
            Cancellation);
        await AppendAsync("wanted 2", body: "two");
        Assert.Equal(["one", "two"], Silent(await wait).Output.Select(text => text.ToString()));
    }

    [Fact]
    public async Task Exactly_as_many_as_were_asked_for_the_oldest_first()
    {
        for (int i = 1; i <= 4; i++) await AppendAsync(Text($"hello {i}"));
        Connect();
        Assert.Equal(["hello 1", "hello 2"], Subjects(Succeed("Wait-ImapMessage -Subject hello -Count 2")));
    }

    [Fact]
    public async Task A_message_may_come_to_match_later()
    {
        uint uid = await AppendAsync("slow");
        Connect();
        Task<EngineResult> wait = await StartAsync("Wait-ImapMessage -Keyword Processed", "IDLE");
        await OtherClientAsync("SELECT INBOX", Text($"UID STORE {uid} +FLAGS (Processed)"));
        Assert.Equal(["slow"], Subjects(Silent(await wait).Output));
    }

    [Fact]
    public async Task Flags_of_others_wake_nobody_who_waits_for_a_subject()
    {
        uint uid = await AppendAsync("old");
        Connect();
        Task<EngineResult> wait = await StartAsync("Wait-ImapMessage -Subject wanted", "IDLE");
        Proxy.Clear();
        await OtherClientAsync("SELECT INBOX", Text($"UID STORE {uid} +FLAGS (\\Seen)"));
        await AppendAsync("wanted");
        Assert.Equal(["wanted"], Subjects(Silent(await wait).Output));
        Assert.Equal(1, Proxy.Count("FETCH"));
    }

    [Fact]
    public async Task Every_kind_of_criterion()
    {
        await AppendRawAsync("From: a@example.org\r\nTo: bob+42@example.net\r\nSubject: Order 4711\r\nContent-Type: multipart/mixed; "
            + "boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<a href=\"https://app.example/confirm?token=1\">here</a>\r\n"
            + "--b\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=\"data.csv\"\r\n\r\n1,2\r\n--b--\r\n");
        await AppendAsync("Order 4712", to: "bob+43@example.net", body: "https://other.example/");
        Connect();
        Succeed("$id = 42");
        foreach (string criterion in new[]
        {
            "-Attachment *.csv",
            "-Attachment data",
            "-Link '*app.example/confirm*'",
            "-Link token=1",
            "-Body confirm",
            "-Filter { $_.Subject -match '^Order \\d+$' -and $_.To -like \"*+$id@*\" }",
            "-To " + "+42@ -Link app.example -Attachment *.csv -Unread",
        })
        {
            Assert.Equal(["Order 4711"], Subjects(Succeed($"Wait-ImapMessage {criterion} -TimeoutSeconds 0")));
        }

        AssertError(Run("Wait-ImapMessage -Link '*other.example*' -Attachment *.csv -TimeoutSeconds 0"), "WaitTimeout");
    }

    [Fact]
    public async Task Cut_in_IDLE_it_is_found_all_the_same()
    {
        Connect();
        Proxy.On("IDLE", ProxyAction.Run(async () => await AppendAsync("wanted")));
        Proxy.On("IDLE", ProxyAction.CutBefore);
        Assert.Equal(["wanted"],
            Subjects(Succeed("$mark = Get-ImapFolder INBOX; Wait-ImapMessage -After $mark -Subject wanted -TimeoutSeconds 60")));
    }

    [Fact]
    public async Task A_server_that_is_away_for_longer_than_the_retries_last_is_waited_for()
    {
        Connect("-RetryCount 1 -RetryDelaySeconds 0.05");
        Task<EngineResult> wait =
            await StartAsync("$mark = Get-ImapFolder INBOX; Wait-ImapMessage -After $mark -Subject wanted -TimeoutSeconds 60", "IDLE");
        Proxy.RefuseConnections = true;
        Proxy.CutAfterBytesToClient(1);
        await AppendAsync("noise");
        await Proxy.WaitForAsync(proxy => proxy.Connections >= 6, Cancellation);
        await AppendAsync("wanted");
        Proxy.RefuseConnections = false;
        Assert.Equal(["wanted"], Subjects(Silent(await wait).Output));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_stops_talking_in_IDLE_is_found_out(bool begins)
    {
        Connect("-TimeoutSeconds 2");
        if (begins) Proxy.On("IDLE", ProxyAction.Inject("+ idling"));
        Proxy.On("IDLE", ProxyAction.Stall);
        Task<EngineResult> wait =
            await StartAsync("$mark = Get-ImapFolder INBOX; Wait-ImapMessage -After $mark -Subject wanted -TimeoutSeconds 60", "IDLE");
        await AppendAsync("wanted");
        var watch = Stopwatch.StartNew();
        Assert.Equal(["wanted"], Subjects(Silent(await wait).Output));

        // The session's two seconds, and not the wait's sixty; generously, for a machine that has other things to do.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), watch.Elapsed.ToString());
    }

    [Fact]
    public async Task A_server_that_no_longer_answers_does_not_make_it_longer()
    {
        Connect("-TimeoutSeconds 600 -RetryCount 0");
        Proxy.On("IDLE", ProxyAction.Stall);
        var watch = Stopwatch.StartNew();
        AssertError(await RunAsync("Wait-ImapMessage -Subject wanted -TimeoutSeconds 1"), "Timeout");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), watch.Elapsed.ToString());
    }

    [Fact]
    public async Task A_rebuilt_folder_ends_the_wait()
    {
        Connect();
        Succeed("$mark = Get-ImapFolder INBOX");
        Proxy.On("IDLE", ProxyAction.CutBefore);
        Proxy.On(
            command => command.Verb == "EXAMINE" && Proxy.Count("IDLE") == 1,
            ProxyAction.Reply("* FLAGS (\\Seen)\r\n* 0 EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY 7] rebuilt\r\n"
                + "* OK [UIDNEXT 1] next\r\n{tag} OK [READ-ONLY] selected"));
        AssertError(await RunAsync("Wait-ImapMessage -After $mark -Subject wanted"), "UidValidityChanged");
    }

    [Fact]
    public async Task It_stops_when_the_pipeline_does_and_the_session_is_good_afterwards()
    {
        await AppendAsync("hello 1");
        Connect();
        Assert.Equal(["hello 1"], Subjects(Succeed("Wait-ImapMessage -Subject hello -Count 5 | Select-Object -First 1")));

        Task<EngineResult> wait = await StartAsync("Wait-ImapMessage -Subject nothing", "IDLE");
        var watch = Stopwatch.StartNew();
        await Engine.StopAsync();
        Assert.True((await wait).Stopped);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), watch.Elapsed.ToString());
        Assert.Equal(["hello 1"], Subjects(Succeed("Get-ImapMessage")));
    }

    [Fact]
    public async Task Nothing_is_changed_by_waiting()
    {
        await AppendAsync("hello", body: "https://app.example/");
        Connect();
        Succeed("Wait-ImapMessage -Link app.example -Body https; Assert-ImapMessage -Link app.example");
        AssertError(await RunAsync("Wait-ImapMessage -Link none -TimeoutSeconds 1"), "WaitTimeout");
        Assert.DoesNotContain(Proxy.Commands, command => command.Verb is "SELECT" or "UID STORE"
            || command.Line.Contains("BODY[", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Twenty_side_by_side_each_with_its_own_criterion_and_connection()
    {
        const int Waits = 20;
        Connect();
        Task<EngineResult> waits = await StartAsync(
            """
            $session = Get-ImapSession | Where-Object IsDefault
            $mark = Get-ImapFolder INBOX
            1..20 | ForEach-Object -ThrottleLimit 20 -Parallel {
                Import-Module $using:manifest
                $found = Wait-ImapMessage -Session $using:session -After $using:mark -Subject "for $_." -TimeoutSeconds 120
                "$_ got $($found.Subject)"
            }
            """,
            "IDLE",
            Waits,
            ("manifest", Repository.Manifest));
        if (waits.IsCompleted) Silent(await waits);
        Assert.Equal(Waits, Proxy.Connections);
        for (int i = Waits; i >= 1; i--) await AppendAsync(Text($"for {i}."));
        Assert.Equal(Enumerable.Range(1, Waits).Select(i => Text($"{i} got for {i}.")).Order(StringComparer.Ordinal),
            Silent(await waits).Output.Select(text => text.ToString()!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_hundred_thousand_old_messages_cost_no_more_than_none()
    {
        User.CreateFolder("Large");
        User.CreateFolder("Empty");
        User.DeliverMany("Large", 100_000, _ => new SeedMessage(_old));
        Connect();
        long empty = await CostAsync("Empty");
        long large = await CostAsync("Large");
        TestContext.Current.TestOutputHelper!.WriteLine(Text($"Octets: {empty} in an empty folder, {large} in one of 100,000."));
        Assert.InRange(large, 0, empty + 500);
    }

    private static readonly string _old = Message("old");

    private async Task<long> CostAsync(string folder)
    {
        Succeed($"$mark = Get-ImapFolder {folder}");
        Proxy.Clear();
        Task<EngineResult> wait = await StartAsync($"Wait-ImapMessage -After $mark -Subject wanted -TimeoutSeconds 120", "IDLE");
        await AppendAsync("wanted", folder);
        Assert.Equal(["wanted"], Subjects(Silent(await wait).Output));
        return Proxy.BytesToClient + Proxy.BytesToServer;
    }
}
