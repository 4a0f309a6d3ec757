using System.Management.Automation;
using ImapPS.Sandbox;
using ImapPS.Tests.Changing;

namespace ImapPS.Tests.Reading;

public sealed class DuplicateTests(MailServer mail) : ChangeTest(mail)
{
    private static readonly string[] _reading = ["LIST", "LSUB", "STATUS", "EXAMINE", "NOOP", "UID SEARCH", "UID FETCH"];

    [Fact]
    public async Task Across_folders_the_copies_in_later_folders_go()
    {
        Put("INBOX", "one", "two", "one");
        Put("Archive", "two", "three");
        Put("Work", "three", "two", "four");
        Connect();
        Assert.Equal(["INBOX 3 (INBOX 1)", "Archive 1 (INBOX 2)", "Work 1 (Archive 2)", "Work 2 (INBOX 2)"], Found("Find-ImapDuplicate"));
        Assert.Equal(["INBOX 3 (INBOX 1)", "Archive 1 (INBOX 2)", "Work 1 (Archive 2)", "Work 2 (INBOX 2)"], Found("Find-ImapDuplicate"));
        Assert.Equal(["INBOX 2 (Work 2)", "INBOX 3 (INBOX 1)", "Archive 1 (Work 2)", "Archive 2 (Work 1)"],
            Found("Find-ImapDuplicate Work, INBOX, Archive"));
        AssertOnlyRead();

        Succeed("Find-ImapDuplicate | Remove-ImapMessage");
        Assert.Equal([2, 1, 1, 4], await CountsAsync("INBOX", "Archive", "Work", "Trash"));
        Assert.Empty(Found("Find-ImapDuplicate"));
    }

    [Fact]
    public void In_one_folder_the_oldest_stays_and_then_the_lowest_UID()
    {
        int[] days = [5, 3, 3, 4];
        User.DeliverMany("INBOX", 4, i => Copy("same", days[i]));
        Connect();
        Assert.Equal(["INBOX 1 (INBOX 2)", "INBOX 3 (INBOX 2)", "INBOX 4 (INBOX 2)"], Found("Find-ImapDuplicate INBOX"));
    }

    [Fact]
    public void What_is_in_the_trash_the_junk_or_the_drafts_is_never_kept_before_another()
    {
        foreach (string folder in new[] { "Drafts", "Junk", "Trash", "Trash/Old", "Work" }) Put(folder, "same");
        Put("Junk", "spam");
        Put("Trash", "spam");
        Connect();
        Assert.Equal(["Drafts 1 (Work 1)", "Junk 1 (Work 1)"], Found("Find-ImapDuplicate"));
        Assert.Equal(
            ["Drafts 1 (Work 1)", "Junk 1 (Work 1)", "Trash 1 (Work 1)", "Trash 2 (Junk 2)", "Trash/Old 1 (Work 1)"],
            Found("Get-ImapFolder | Find-ImapDuplicate"));
        Assert.Equal(["Trash 1 (Work 1)"], Found("Find-ImapDuplicate Trash, Work"));
    }

    [Fact]
    public void Without_Message_ID_only_the_octets_tell()
    {
        User.DeliverMany("INBOX", 3, i => new SeedMessage($"Subject: none\r\n\r\n{(i == 1 ? "other" : "equal")}\r\n"));
        User.DeliverMany("INBOX", 2, _ => new SeedMessage("Subject: empty\r\nMessage-ID: <>\r\n\r\nx\r\n"));
        Connect();
        Assert.Empty(Found("Find-ImapDuplicate"));
        Assert.Equal(["INBOX 3 (INBOX 1)", "INBOX 5 (INBOX 4)"], Found("Find-ImapDuplicate -Digest"));
        AssertOnlyRead();
    }

    [Fact]
    public void The_size_must_be_the_same_and_with_Digest_every_octet()
    {
        foreach (string body in new[] { "first", "later", "longer", "first" })
        {
            User.Deliver("INBOX", $"Subject: x\r\nMessage-ID: <same@example.org>\r\n\r\n{body}\r\n");
        }

        User.Deliver("INBOX", "Subject: x\r\nMessage-ID: <SAME@example.org>\r\n\r\nfirst\r\n");
        Connect();
        Assert.Equal(["INBOX 2 (INBOX 1)", "INBOX 4 (INBOX 1)"], Found("Find-ImapDuplicate"));
        Assert.Equal(["INBOX 4 (INBOX 1)"], Found("Find-ImapDuplicate -Digest"));
    }

    [Fact]
    public void Digests_are_read_of_candidates_alone_and_many_at_a_time()
    {
        User.DeliverMany("INBOX", 300, i => Copy(Text($"{i}"), 1));
        User.DeliverMany("Work", 300, i => Copy(Text($"{i + 200}"), 1));
        Connect();
        Assert.Equal(100, Found("Find-ImapDuplicate -Digest").Count);
        IEnumerable<string> downloads = Proxy.Commands.Select(command => command.Line)
            .Where(line => line.Contains("BODY.PEEK[]", StringComparison.Ordinal));
        Assert.Equal(["201:300", "1:100"], downloads.Select(line => line.Split(' ')[3]));
        AssertOnlyRead();
    }

    [Fact]
    public void Few_commands_find_two_thousand_copies_and_flags_stay()
    {
        User.DeliverMany("INBOX", 2_000, i => Copy(Text($"{i}"), 1));
        User.DeliverMany("Work", 2_000, i => Copy(Text($"{i}"), 1));
        User.DeliverMany("Lists", 2_000, i => Copy(Text($"other {i}"), 1));
        Connect();
        Assert.Equal(2_000, Succeed("Find-ImapDuplicate INBOX, Work, Lists | Measure-Object")
            .Select(count => Property<int>(count, "Count")).Single());
        Assert.Equal(3, Proxy.Count("UID SEARCH"));
        Assert.Equal(4, Proxy.Count("EXAMINE"));
        Assert.InRange(Proxy.Count("UID FETCH"), 6 + 3, 6 + 5);
        Assert.InRange(Proxy.Commands.Count, 1, 22);
        AssertOnlyRead();
        Assert.Empty(Succeed("Get-ImapMessage INBOX, Work -Read"));
    }

    [Fact]
    public void Folders_come_as_wildcards_and_objects_and_count_once()
    {
        foreach (string folder in new[] { "Lists/a", "Lists/b", "Other" }) Put(folder, "same");
        Connect();
        Assert.Equal(["Lists/b 1 (Lists/a 1)"], Found("Find-ImapDuplicate Lists/*"));
        Assert.Equal(["Lists/b 1 (Lists/a 1)"], Found("Get-ImapFolder Lists/* | Find-ImapDuplicate"));
        Assert.Equal(["Lists/a 1 (Lists/b 1)"], Found("Find-ImapDuplicate Lists/b, Lists/*, Lists/b, (Get-ImapFolder Lists/a)"));
        Assert.Empty(Found("Find-ImapDuplicate inbox, INBOX, Other, Other"));
        Assert.Empty(Found("Find-ImapDuplicate Nothing*"));
        Proxy.Clear();
        Assert.Empty(Found("Get-ImapFolder Nothing* | Find-ImapDuplicate"));
        Assert.Equal(0, Proxy.Count("UID SEARCH"));
    }

    [Fact]
    public void Messages_are_not_taken_for_their_folders()
    {
        Put("INBOX", "same", "same", "other");
        Connect();
        EngineResult result = Run("Get-ImapMessage -Uid 3 | Find-ImapDuplicate");
        AssertError(result, "ArgumentInvalid");
        Assert.Empty(result.Output);
    }

    [Fact]
    public void A_folder_that_cannot_be_read_is_an_error_and_the_others_are_compared()
    {
        Put("INBOX", "same");
        Put("Work", "same");
        Connect();
        EngineResult result = Run("Find-ImapDuplicate INBOX, Nowhere, Work");
        AssertError(result, "FolderNotFound");
        Assert.Equal(["Work 1 (INBOX 1)"], result.Output.Select(Describe));
        AssertError(Run("$folder = Get-ImapFolder Work; $stale = [pscustomobject]@{ PSTypeName = 'ImapPS.Models.ImapFolder'; "
            + "Path = 'Work'; UidValidity = 7 }; Find-ImapDuplicate INBOX, $stale"), "UidValidityChanged");
    }

    [Fact]
    public void What_is_marked_Deleted_is_no_copy()
    {
        User.DeliverMany("INBOX", 3, i => Copy("same", i + 1, i == 0 ? SystemFlags.Deleted : SystemFlags.None));
        Connect();
        Assert.Equal(["INBOX 3 (INBOX 2)"], Found("Find-ImapDuplicate"));
    }

    [Fact]
    public void Folders_that_show_others_are_left_out_unless_they_are_alone()
    {
        Put("INBOX", "same");
        Put("Everything", "same", "same");
        Proxy.On(command => command.Line.Contains("LIST (SPECIAL-USE)", StringComparison.Ordinal),
            ProxyAction.Inject("* LIST (\\All) \"/\" Everything"));
        Connect();
        Assert.Empty(Found("Find-ImapDuplicate"));
        Assert.Empty(Found("Find-ImapDuplicate INBOX, Everything"));
        Assert.Empty(Found("Get-ImapFolder | Find-ImapDuplicate"));
        Assert.Equal(["Everything 2 (Everything 1)"], Found("Find-ImapDuplicate Everything"));
    }

    [Fact]
    public void A_message_that_Gmail_shows_in_two_folders_is_one()
    {
        Put("INBOX", "same");
        Put("Work", "same", "same");
        Proxy.ShowCapability("X-GM-EXT-1");
        Connect();
        string both = Fetched(1, 77).Replace("{tag} OK done", Fetched(2, 78), StringComparison.Ordinal);
        Proxy.On("UID FETCH", ProxyAction.Reply(Fetched(1, 77)));
        Proxy.On(command => command.Verb == "UID FETCH" && Proxy.Count("UID FETCH") > 1, ProxyAction.Reply(both), times: 2);
        Assert.Equal(["Work 2 (INBOX 1)"], Found("Find-ImapDuplicate INBOX, Work"));
        Assert.All(Proxy.Commands.Where(command => command.Verb == "UID FETCH"), command =>
            Assert.Contains("X-GM-MSGID", command.Line, StringComparison.Ordinal));

        static string Fetched(int uid, int id) =>
            Text($"* {uid} FETCH (UID {uid} RFC822.SIZE 100 INTERNALDATE \"01-Mar-2026 12:00:00 +0000\" FLAGS () ")
            + Text($"X-GM-MSGID {id} X-GM-THRID {id} X-GM-LABELS () ")
            + "BODYSTRUCTURE (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 1) BODY[HEADER.FIELDS (MESSAGE-ID)] "
            + "{34}\r\nMessage-ID: <same@example.org>\r\n\r\n)\r\n{tag} OK done";
    }

    [Fact]
    public void A_folder_under_two_names_holds_no_copies()
    {
        Put("INBOX", "same", "same");
        User.CreateFolder("Alias");
        Connect();
        uint validity = Property<uint>(Succeed("Get-ImapFolder INBOX")[0], "UidValidity");
        Proxy.On(
            command => command.Verb == "EXAMINE" && command.Line.Contains("Alias", StringComparison.Ordinal),
            ProxyAction.Reply(
                Text($"* FLAGS (\\Seen)\r\n* 2 EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY {validity}] same\r\n")
                + "* OK [UIDNEXT 3] next\r\n{tag} OK [READ-ONLY] examined"),
            times: 2);

        // The connection has INBOX open still, so what is searched and fetched is INBOX, under the other name.
        Assert.Equal(["INBOX 2 (INBOX 1)"], Found("Find-ImapDuplicate INBOX, Alias"));
        Assert.Equal(2, Proxy.Count("UID SEARCH"));
    }

    [Fact]
    public async Task Sessions_are_not_compared_with_each_other()
    {
        Put("INBOX", "same");
        Connect();
        Succeed("$both = @(Get-ImapFolder INBOX)");
        Connect();
        Succeed("$both += Get-ImapFolder INBOX");
        Assert.Empty(Found("$both | Find-ImapDuplicate"));
        await OtherClientAsync("SELECT INBOX", "UID COPY 1 INBOX");
        Assert.Equal(["INBOX 2 (INBOX 1)", "INBOX 2 (INBOX 1)"], Found("$both | Find-ImapDuplicate"));
    }

    [Fact]
    public async Task Stopping_it_leaves_the_session_open()
    {
        User.DeliverMany("INBOX", 5_000, i => Copy(Text($"{i}"), 1));
        Connect();
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Proxy.On(
            command => command.Verb == "UID FETCH" && Proxy.Count("UID FETCH") == 1,
            ProxyAction.Run(() =>
            {
                first.SetResult();
                return go.Task;
            }));
        Task<EngineResult> running = RunAsync("Find-ImapDuplicate INBOX");
        await first.Task.WaitAsync(Cancellation);
        Task stopping = Engine.StopAsync();
        go.SetResult();
        await stopping;
        Assert.True((await running).Stopped);
        Assert.Equal(1, Proxy.Count("UID FETCH"));
        Assert.Equal(["Open"], Succeed("(Get-ImapSession | Where-Object IsDefault).State").Select(state => state.ToString()));
    }

    [Fact]
    public void A_pipeline_that_wants_no_more_gets_no_more()
    {
        User.DeliverMany("INBOX", 3_000, _ => Copy("same", 1));
        Connect();
        Assert.Equal(["INBOX 2 (INBOX 1)"], Found("Find-ImapDuplicate INBOX | Select-Object -First 1"));
        Assert.InRange(Proxy.Count("UID FETCH"), 4, 5);
    }

    [Fact]
    public void A_lost_connection_is_opened_again()
    {
        User.DeliverMany("INBOX", 3_000, i => Copy(Text($"{i % 1_500}"), 1));
        Connect();
        Proxy.On(command => command.Verb == "UID FETCH" && Proxy.Count("UID FETCH") == 2, ProxyAction.CutMidResponse(2_000));
        Proxy.On(command => command.Line.Contains("BODY.PEEK[]", StringComparison.Ordinal), ProxyAction.CutMidResponse(20_000));
        Assert.Equal(1_500, Found("Find-ImapDuplicate INBOX -Digest").Count);
        Assert.Equal(2, Proxy.Connections);
    }

    [Fact]
    public void What_it_emits_tells_which_copy_stays_and_binds_after_a_job()
    {
        Put("INBOX", "same", "same");
        Connect();
        string shown = Engine.Format("Find-ImapDuplicate");
        Assert.Matches(@"Uid +Received +KeptUid +KeptFolder +Subject", shown);
        Assert.Matches(@"2 2026-03-0\d \d\d:\d\d +1 INBOX +same", shown);
        Succeed($"{Revived("(Find-ImapDuplicate)")} | Remove-ImapMessage");
        Assert.Equal(["1"], Succeed("Get-ImapMessage").Select(message => Property<string>(message, "Uid")));
    }

    private static string Describe(PSObject found) =>
        $"{Property<string>(found, "Folder")} {Property<string>(found, "Uid")} ({Property<string>(found, "KeptFolder")} "
            + $"{Property<string>(found, "KeptUid")})";

    private static SeedMessage Copy(string id, int day, SystemFlags flags = SystemFlags.None) => new(
        $"From: a@example.org\r\nSubject: {id}\r\nMessage-ID: <{id.Replace(' ', '.')}@example.org>\r\n\r\nx\r\n",
        new MessageState(Received: new DateTimeOffset(2026, 3, day, 12, 0, 0, TimeSpan.Zero), Flags: flags));

    private void Put(string folder, params string[] ids) => User.DeliverMany(folder, ids.Length, i => Copy(ids[i], 1));

    private IReadOnlyList<string> Found(string script) => [.. Succeed(script).Select(Describe)];

    private void AssertOnlyRead() => Assert.All(Proxy.Commands, command => Assert.Contains(command.Verb, _reading));
}
