using System.Diagnostics;
using System.Management.Automation;
using ImapPS.Sandbox;
using ImapPS.Watching;

namespace ImapPS.Tests.Watching;

public sealed class WatchTests(MailServer mail) : WatchTest(mail)
{
    private static readonly string _old = Message("old");

    [Theory]
    [InlineData("", "")]
    [InlineData("QRESYNC", "")]
    [InlineData("CONDSTORE QRESYNC", "")]
    [InlineData("CONDSTORE QRESYNC ESEARCH", "")]
    [InlineData("IDLE", "-PollSeconds 1")]
    [InlineData("IDLE CONDSTORE QRESYNC", "-PollSeconds 1")]
    public async Task Each_event_comes_once_and_in_order(string hidden, string parameters)
    {
        for (int i = 1; i <= 3; i++) await AppendAsync("old");
        Hide(hidden);
        Connect();
        await WatchAsync(parameters, parameters.Length > 0 ? "NOOP" : "IDLE");

        await AppendAsync("new");
        Assert.Equal("Arrived 4 new", await NextAsync());
        await FlagAsync(2, "+FLAGS (\\Seen work)");
        Assert.Equal("FlagsChanged 2 Seen work", await NextAsync());
        await FlagAsync(2, "+FLAGS (\\Seen)");
        await ExpungeAsync(1, "INBOX");
        Assert.Equal("Expunged 1", await LastOfAsync("FlagsChanged 1 Deleted"));
        await FlagAsync(4, "+FLAGS (\\Flagged)");
        Assert.Equal("FlagsChanged 4 Flagged", await NextAsync());
        await FlagAsync(4, "-FLAGS (\\Flagged)");
        Assert.Equal("FlagsChanged 4 None", await NextAsync());
        await ExpungeAsync(4, "INBOX");
        Assert.Equal("Expunged 4", await LastOfAsync("FlagsChanged 4 Deleted"));
        await EndAsync();
        Assert.DoesNotContain(Proxy.Commands, command => command.Verb is "SELECT" or "UID STORE"
            || command.Line.Contains("BODY[", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "Expunged 1|FlagsChanged 2 Flagged|Arrived 4 new|Arrived 6 newer")]
    [InlineData("QRESYNC", "Expunged 1|FlagsChanged 2 Flagged|Arrived 4 new|Arrived 6 newer")]
    [InlineData("CONDSTORE QRESYNC", "Expunged 1|FlagsChanged 2 Flagged|Arrived 4 new|Arrived 6 newer")]
    public async Task What_happens_while_the_connection_is_gone_is_told_once(string hidden, string expected)
    {
        for (int i = 1; i <= 3; i++) await AppendAsync("old");
        Hide(hidden);
        Connect("-RetryCount 1 -RetryDelaySeconds 0.05");
        await WatchAsync();

        // Something before the gap, which must not be told again after it.
        await FlagAsync(3, "+FLAGS (\\Seen)");
        Assert.Equal("FlagsChanged 3 Seen", await NextAsync());

        // Longer than the session's own retries last.
        Proxy.RefuseConnections = true;
        Proxy.CutAfterBytesToClient(1);
        await ExpungeAsync(1, "INBOX");
        await Proxy.WaitForAsync(proxy => proxy.Connections >= 6, Cancellation);
        await FlagAsync(2, "+FLAGS (\\Seen)");
        await FlagAsync(2, "FLAGS (\\Flagged)");
        await AppendAsync("new");
        await ExpungeAsync(await AppendAsync("seen by nobody"), "INBOX");
        await AppendAsync("newer");
        Proxy.RefuseConnections = false;

        Assert.Equal(expected.Split('|'), await NextAsync(4));
        await FlagAsync(6, "+FLAGS (\\Answered)");
        Assert.Equal("FlagsChanged 6 Answered", await NextAsync());
        await EndAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("QRESYNC")]
    [InlineData("CONDSTORE QRESYNC")]
    public async Task What_happens_while_the_watch_looks_is_told_once(string hidden)
    {
        for (int i = 1; i <= 3; i++) await AppendAsync("old");
        Hide(hidden);
        Connect();
        await WatchAsync();

        // The server tells of it with the answer to a FETCH that has not seen it.
        Proxy.On("UID FETCH", ProxyAction.Run(() => AppendAsync("meanwhile")));
        await FlagAsync(1, "+FLAGS (\\Seen)");
        Assert.Equal(["FlagsChanged 1 Seen", "Arrived 4 meanwhile"], (await NextAsync(2)).OrderDescending(StringComparer.Ordinal));
        await FlagAsync(3, "+FLAGS (\\Deleted)");
        Assert.Equal("FlagsChanged 3 Deleted", await NextAsync());
        Proxy.On("UID FETCH", ProxyAction.Run(() => OtherClientAsync("SELECT INBOX", "UID EXPUNGE 3")));
        await FlagAsync(2, "+FLAGS (\\Seen)");
        Assert.Equal(["Expunged 3", "FlagsChanged 2 Seen"], (await NextAsync(2)).Order(StringComparer.Ordinal));
        Proxy.On("UID FETCH", ProxyAction.Run(() => FlagAsync(1, "FLAGS (\\Flagged)")));
        await FlagAsync(2, "FLAGS (\\Answered)");
        Assert.Equal(["FlagsChanged 1 Flagged", "FlagsChanged 2 Answered"], (await NextAsync(2)).Order(StringComparer.Ordinal));

        Proxy.On("UID FETCH", ProxyAction.Run(() => FlagAsync(2, "-FLAGS (\\Answered)")));
        await AppendAsync("new");
        Assert.Equal(["Arrived 5 new", "FlagsChanged 2 None"], (await NextAsync(2)).Order(StringComparer.Ordinal));

        // Nothing is asked any more when all is told.
        await EndAsync();
        Assert.InRange(Proxy.Count("UID FETCH"), 5, 30);
    }

    [Fact]
    public async Task IDLE_is_begun_anew_on_the_same_connection()
    {
        Connect("-TimeoutSeconds 2");
        await WatchAsync();
        int connections = Proxy.Connections;
        int before = Proxy.Count("IDLE");
        await Proxy.WaitForAsync(proxy => proxy.Count("IDLE") >= before + 3, Cancellation);
        await EndAsync();
        Assert.Equal(connections, Proxy.Connections);
        Assert.True(new IdleTurn(TimeSpan.FromHours(2), poll: null).Longest < TimeSpan.FromMinutes(9));
    }

    [Fact]
    public async Task Cut_again_and_again_nothing_is_told_twice_and_nothing_missed()
    {
        Connect();
        await WatchAsync();
        for (uint i = 1; i <= 6; i++)
        {
            Proxy.On(i % 2 == 0 ? "UID FETCH" : "IDLE", i % 3 == 0 ? ProxyAction.CutBefore : ProxyAction.CutMidResponse(60));
            await AppendAsync("new");
            Assert.Equal(Text($"Arrived {i} new"), await NextAsync());
            await FlagAsync(i, "+FLAGS (\\Seen)");
            Assert.Equal(Text($"FlagsChanged {i} Seen"), await NextAsync());
        }

        await EndAsync();
    }

    [Fact]
    public async Task A_server_that_stops_talking_is_found_out()
    {
        Connect("-TimeoutSeconds 2");
        Proxy.On("IDLE", ProxyAction.Inject("+ idling"));
        Proxy.On("IDLE", ProxyAction.Stall);
        await WatchAsync();
        await AppendAsync("new");
        Assert.Equal("Arrived 1 new", await NextAsync());
        await EndAsync();
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    public async Task A_server_that_no_longer_knows_what_went_is_asked_again_and_then_not_believed(int times, int warnings)
    {
        for (int i = 1; i <= 3; i++) await AppendAsync("old");
        await ExpungeAsync(1, "INBOX");
        Connect();
        await WatchAsync();
        Proxy.On(command => command.Line.Contains("VANISHED", StringComparison.Ordinal),
            ProxyAction.Inject("* VANISHED (EARLIER) 1"), times);
        Proxy.CutAfterBytesToClient(1);
        await FlagAsync(2, "+FLAGS (\\Seen)");
        Assert.Equal("FlagsChanged 2 Seen", await NextAsync());
        await ExpungeAsync(3, "INBOX");
        Assert.Equal("Expunged 3", await LastOfAsync("FlagsChanged 3 Deleted"));
        await EndAsync();
        Assert.Equal(warnings, (await Watch!).Warnings.Count);
    }

    [Fact]
    public async Task Only_the_events_that_are_wanted()
    {
        await AppendAsync("old");
        Connect();
        await WatchAsync("-Event Arrived");
        await FlagAsync(1, "+FLAGS (\\Seen)");
        await ExpungeAsync(1, "INBOX");
        await AppendAsync("new");
        Assert.Equal("Arrived 2 new", await NextAsync());
        await EndAsync();
    }

    [Fact]
    public async Task It_ends_silently_after_so_many_events_or_seconds()
    {
        Connect();
        await WatchAsync("-Count 2");
        await AppendAsync("one");
        await AppendAsync("two");
        await AppendAsync("three");
        Assert.Equal(["Arrived 1 one", "Arrived 2 two"], await NextAsync(2));
        Silent(await Watch!);

        Assert.Empty(Succeed("Watch-ImapFolder -TimeoutSeconds 0"));
        Assert.Empty(Succeed("Watch-ImapFolder -TimeoutSeconds 1"));
        Assert.Equal(3, Succeed("Get-ImapMessage").Count);
    }

    [Fact]
    public async Task It_stops_with_the_pipeline_or_Ctrl_C_and_the_session_is_good_afterwards()
    {
        Connect();
        Task<EngineResult> first = await StartAsync("Watch-ImapFolder | Select-Object -First 1", "IDLE");
        await AppendAsync("one");
        Assert.Equal(["Arrived 1 one"], Silent(await first).Output.Select(InWords));

        await WatchAsync();
        var clock = Stopwatch.StartNew();
        await Engine.StopAsync();
        Assert.True((await Watch!).Stopped);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), clock.Elapsed.ToString());
        Assert.Equal(["one"], Subjects(Succeed("Get-ImapMessage")));

        // Also when the server is silent by then.
        Proxy.On("IDLE", ProxyAction.Stall);
        await WatchAsync();
        clock.Restart();
        await Engine.StopAsync();
        Assert.True((await Watch!).Stopped);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), clock.Elapsed.ToString());
        Assert.Equal(["one"], Subjects(Succeed("Get-ImapMessage")));
    }

    [Fact]
    public async Task What_comes_after_it_in_the_pipeline_works_on_each_message_at_once()
    {
        Connect();
        Succeed("$null = Get-ImapMessage");
        Task<EngineResult> watch =
            await StartAsync("Watch-ImapFolder -Event Arrived -Count 2 | Get-ImapMessageContent | ForEach-Object Text", "IDLE");
        await AppendAsync("new", body: "one");
        await Proxy.WaitForAsync(proxy => proxy.Commands.Any(command => command.Line.Contains("BODY.PEEK[]", StringComparison.Ordinal)),
            Cancellation);
        await AppendAsync("new", body: "two");
        Assert.Equal(["one", "two"], Silent(await watch).Output.Select(text => text.ToString()!.Trim()));

        Proxy.Clear();
        Task<EngineResult> move =
            await StartAsync("Watch-ImapFolder -Event Arrived -Count 2 | ForEach-Object Message | Move-ImapMessage Trash", "IDLE");
        await AppendAsync("moved");
        await Proxy.WaitForAsync(proxy => proxy.Count("UID MOVE") == 1, Cancellation);
        await AppendAsync("moved");
        Silent(await move);
        Assert.Equal(2, await CountAsync("Trash"));

        // Events name messages, and are worked on at once as well.
        move = await StartAsync("Watch-ImapFolder INBOX | Where-Object { $_.Kind -eq 'Arrived' } | Move-ImapMessage Sent",
            "IDLE", times: 3);
        for (int moved = 1; moved <= 2; moved++)
        {
            await AppendAsync("moved");
            await Proxy.WaitForAsync(proxy => proxy.Count("UID MOVE") == 2 + moved, Cancellation);
        }

        await Engine.StopAsync();
        Assert.True((await move).Stopped);
        Assert.Equal(2, await CountAsync("Sent"));
    }

    [Fact]
    public async Task Events_survive_a_job_and_bind_on_the_other_side()
    {
        Connect();
        Task<EngineResult> watch = await StartAsync("$happened = Watch-ImapFolder -Count 1", "IDLE");
        await AppendAsync("new");
        Silent(await watch);
        Assert.Equal(
            ["Arrived 1 new Alice alice@example.org", "True", "new"],
            Succeed(
                """
                $back = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($happened))
                "$($back.Kind) $($back.Uid) $($back.Message.Subject) $($back.Message.From[0].Name) $($back.Message.From[0].Address)"
                $back.UidValidity -eq (Get-ImapFolder INBOX).UidValidity
                ($back | Get-ImapMessageContent).Subject
                """).Select(line => line.ToString()));
    }

    [Fact]
    public async Task A_folder_that_is_rebuilt_or_deleted_ends_its_watch_and_no_other()
    {
        await OtherClientAsync("CREATE Gone");
        await AppendAsync("old", "Gone");
        Connect();
        await WatchAsync("INBOX, Gone -PollSeconds 1");
        await OtherClientAsync("DELETE Gone");
        await Proxy.WaitForAsync(proxy => proxy.Commands.Any(command => command.Verb == "IDLE"
            && proxy.Commands.Any(other => other.ConnectionNumber == command.ConnectionNumber
            && other.Line.Contains("INBOX", StringComparison.Ordinal))), Cancellation);
        await AppendAsync("new");
        Assert.Equal("Arrived 1 new", await NextAsync());

        Proxy.On(
            command => command.Verb == "EXAMINE",
            ProxyAction.Reply("* FLAGS (\\Seen)\r\n* 0 EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY 7] rebuilt\r\n"
                + "* OK [UIDNEXT 1] next\r\n{tag} OK [READ-ONLY] selected"));
        Proxy.CutAfterBytesToClient(1);
        await AppendAsync("newer");
        EngineResult result = await Watch!;
        Assert.Equal(
            ["FolderNotFound,ImapPS.Commands.WatchImapFolderCommand", "UidValidityChanged,ImapPS.Commands.WatchImapFolderCommand"],
            result.AllErrors.Select(error => error.FullyQualifiedErrorId));
    }

    [Theory]
    [InlineData("", "Expunged 1|FlagsChanged 2 Seen|Arrived 4 new")]
    [InlineData("QRESYNC", "FlagsChanged 2 Seen|Arrived 4 new")]
    [InlineData("CONDSTORE QRESYNC", "Arrived 4 new")]
    public async Task A_mark_tells_what_happened_since(string hidden, string expected)
    {
        for (int i = 1; i <= 3; i++) await AppendAsync("old");
        Hide(hidden);
        Connect();
        Succeed($"$mark = {Revived("(Get-ImapFolder INBOX, Sent)")}");
        Assert.Empty(Succeed("Watch-ImapFolder -After $mark -TimeoutSeconds 0"));
        await ExpungeAsync(1, "INBOX");
        await FlagAsync(2, "+FLAGS (\\Seen)");
        await AppendAsync("new");
        await AppendAsync("sent", "Sent");
        Assert.Equal([.. expected.Split('|'), "Arrived Sent/1 sent"], Succeed("Watch-ImapFolder -After $mark -TimeoutSeconds 0")
            .Select(InWords));

        // The watch goes on from there.
        await WatchAsync("INBOX -After $mark");
        Assert.Equal(expected.Split('|'), await NextAsync(expected.Split('|').Length));
        await ExpungeAsync(3, "INBOX");
        Assert.Equal("Expunged 3", await LastOfAsync("FlagsChanged 3 Deleted"));
        await EndAsync();
    }

    [Theory]
    [InlineData("-After (Get-Date)", "ArgumentInvalid")]
    [InlineData("Sent -After (Get-ImapFolder INBOX)", "ArgumentInvalid")]
    [InlineData("-After nonsense", "ParameterArgumentTransformationError")]
    [InlineData("-TimeoutSeconds -1", "ParameterArgumentValidationError")]
    [InlineData("Nowhere", "FolderNotFound")]
    public void What_cannot_be_watched_is_said_at_once(string parameters, string id)
    {
        Connect();
        ErrorRecord error = Assert.Single(
            Run($"Watch-ImapFolder {parameters.Replace("Get-Date", "[DateTime]::Now", StringComparison.Ordinal)}").AllErrors);
        Assert.Equal($"{id},ImapPS.Commands.WatchImapFolderCommand", error.FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("QRESYNC")]
    public async Task Many_old_messages_cost_no_more_than_none(string hidden)
    {
        User.CreateFolder("Large");
        User.CreateFolder("Empty");
        User.DeliverMany("Large", 20_000, _ => new SeedMessage(_old));
        Hide(hidden);
        Connect();
        Succeed("Get-ImapFolder Large");
        long empty = await CostAsync("Empty");
        long large = await CostAsync("Large");
        TestContext.Current.TestOutputHelper!.WriteLine(Text($"Octets: {empty} in an empty folder, {large} in one of 20,000."));
        Assert.InRange(large, 0, empty + 500);
    }

    [Fact]
    public async Task Sessions_are_watched_side_by_side()
    {
        MailUser other = Dovecot.CreateUser();
        Connect();
        Succeed("$one = Get-ImapSession | Where-Object IsDefault; $two = Connect-Imap localhost -Port $proxyPort "
            + "-Security None -AllowPlaintext -Credential $other -Name two", ("other", CredentialOf(other.Name, other.Password)));
        Task<EngineResult> watch =
            await StartAsync("Get-ImapFolder INBOX -Session $one | ForEach-Object { $_; Get-ImapFolder INBOX "
            + "-Session two } | Watch-ImapFolder -Count 2 | ForEach-Object SessionId", "IDLE", times: 2);
        await AppendAsync("one");
        await using RawImapClient client = await other.ConnectAsync(Cancellation);
        await client.AppendAsync("INBOX", System.Text.Encoding.UTF8.GetBytes(_old), cancellationToken: Cancellation);
        Assert.Equal(2, Silent(await watch).Output.Distinct().Count());
    }

    /// <summary>A look may fall between two changes of one client; then the first is an event of its own.</summary>
    private async Task<string> LastOfAsync(string possible)
    {
        string next = await NextAsync();
        return next == possible ? await NextAsync() : next;
    }

    private async Task<long> CostAsync(string folder)
    {
        Proxy.Clear();
        Task<EngineResult> watch = await StartAsync($"Watch-ImapFolder {folder} -Count 1", "IDLE");
        await AppendAsync("new", folder);
        Assert.Single(Silent(await watch).Output);
        return Proxy.BytesToClient + Proxy.BytesToServer;
    }
}
