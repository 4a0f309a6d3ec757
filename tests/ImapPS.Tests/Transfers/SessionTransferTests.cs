using System.Management.Automation;
using System.Text;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Transfers;

/// <summary>Copying and moving from one session to another.</summary>
public sealed class SessionTransferTests(MailServer mail) : BetweenTest(mail)
{
    [Theory]
    [InlineData("Copy-ImapMessage")]
    [InlineData("Move-ImapMessage")]
    public async Task Awkward_messages_arrive_octet_for_octet(string cmdlet)
    {
        foreach (string message in AwkwardMessages.ByName.Values) User.Deliver("Odd", Octets(message));
        IReadOnlyList<byte[]> sent = await StoredAsync("Odd");
        ConnectBoth();
        IReadOnlyList<PSObject> arrived = Succeed($"Get-ImapMessage Odd | {cmdlet} Mixed/Odd -CreateFolder -ToSession $other -PassThru");
        Assert.Equal(AwkwardMessages.ByName.Count, arrived.Count);
        Assert.Equal(sent.Select(Encoding.Latin1.GetString), (await StoredAsync("Mixed/Odd", Other)).Select(Encoding.Latin1.GetString));
        Assert.Equal(cmdlet == "Copy-ImapMessage" ? sent.Count : 0, await CountAsync("Odd"));
    }

    [Fact]
    public async Task A_large_message_goes_through_a_file()
    {
        byte[] large = Octets(
            "Subject: large\r\n\r\n" + string.Concat(Enumerable.Range(0, 60_000).Select(i => $"line {i} {new string('x', 40)}\r\n")));
        User.Deliver("INBOX", large);
        User.Deliver("INBOX", Message("small"));
        IReadOnlyList<byte[]> sent = await StoredAsync("INBOX");
        ConnectBoth();
        OtherProxy.On("APPEND", ProxyAction.CutMidCommand(2_000_000));
        Succeed("Get-ImapMessage | Move-ImapMessage INBOX -ToSession $other");
        Assert.Equal(Sorted(sent), Sorted(await StoredAsync("INBOX", Other)));
        Assert.Equal(0, await CountAsync("INBOX"));
    }

    [Fact]
    public async Task Flags_keywords_and_dates_stay()
    {
        DateTimeOffset[] dates =
            [new(2001, 9, 9, 1, 46, 40, TimeSpan.Zero), new(2024, 2, 29, 23, 59, 59, TimeSpan.Zero),
            new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero)];
        User.Deliver("INBOX", Message("a"),
            new MessageState(dates[0], SystemFlags.Seen | SystemFlags.Answered | SystemFlags.Draft, ["Work", "$Forwarded"]));
        User.Deliver("INBOX", Message("b"), new MessageState(dates[1], SystemFlags.Flagged | SystemFlags.Deleted, ["$Forwarded"]));
        User.Deliver("INBOX", Message("c"), new MessageState(dates[2]));
        IReadOnlyList<string> before = await StateAsync("INBOX");
        ConnectBoth();
        IReadOnlyList<PSObject> copies = Succeed("Get-ImapMessage | Copy-ImapMessage INBOX -ToSession $other -PassThru");
        Assert.Equal(before.Select(Comparable), (await StateAsync("INBOX", Other)).Select(Comparable));
        Assert.Equal(dates, copies.Select(copy => Property<DateTimeOffset>(copy, "Received")));
        Assert.Equal(["$Forwarded Work", "$Forwarded", ""], copies.Select(copy => string.Join(' ', Property<string[]>(copy, "Keywords"))));

        // The zone is the one that the other server tells.
        Proxy.On(
            command => command.Line.Contains("INTERNALDATE", StringComparison.Ordinal)
                && !command.Line.Contains("SIZE", StringComparison.Ordinal),
            ProxyAction.Reply("* 3 FETCH (UID 3 FLAGS () INTERNALDATE \" 1-Jul-2026 14:00:00 +0200\")\r\n{tag} OK done"));
        Succeed("Get-ImapMessage -Uid 3 | Copy-ImapMessage Trash -ToSession $other");
        Assert.Contains("1-Jul-2026 14:00:00 +0200", OtherProxy.Commands.Last(command => command.Verb == "APPEND").Line,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flags_are_those_of_now_and_not_of_the_object()
    {
        Deliver(2);
        ConnectBoth();
        Succeed("$messages = Get-ImapMessage");
        await OtherClientAsync("SELECT INBOX", "STORE 1 +FLAGS (\\Flagged Later)");
        IReadOnlyList<PSObject> moved = Succeed("$messages | Move-ImapMessage INBOX -ToSession $other -PassThru");
        Assert.Equal("Flagged", Property<string>(moved[0], "Flags"));
        IReadOnlyList<string> state = await StateAsync("INBOX", Other);
        Assert.Contains("Later", state[0], StringComparison.Ordinal);
        Assert.DoesNotContain("Later", state[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_destination_does_not_keep_is_a_warning_and_no_loss()
    {
        User.Deliver("INBOX", Message("a"), new MessageState(Flags: SystemFlags.Seen | SystemFlags.Flagged, Keywords: ["Work", "Known"]));
        ConnectBoth();
        OtherProxy.On("SELECT",
            ProxyAction.Reply("* FLAGS (\\Seen Known)\r\n* 0 EXISTS\r\n* 0 RECENT\r\n* OK [PERMANENTFLAGS (\\Seen Known)] few\r\n"
            + await SelectedAsync() + "\r\n{tag} OK [READ-WRITE] selected"));
        EngineResult result = Run("Get-ImapMessage | Move-ImapMessage INBOX -ToSession $other");
        Assert.Empty(result.AllErrors);
        string warning = Assert.Single(result.Warnings);
        Assert.Contains("\\Flagged, Work", warning, StringComparison.Ordinal);
        Assert.StartsWith("Known \\Seen ", Comparable(Assert.Single(await StateAsync("INBOX", Other))), StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync("INBOX"));
    }

    [Fact]
    public async Task A_thousand_messages_take_few_commands()
    {
        Deliver(1_000);
        ConnectBoth();
        Succeed("$messages = Get-ImapMessage");
        Proxy.Clear();
        Succeed("$moved = $messages | Move-ImapMessage INBOX -ToSession $other -PassThru");

        // A batch of 500 is a FETCH of the octets and one of flags and dates; 100 go into an APPEND, and, the folder selected anew, out of
        // it when that is confirmed.
        Assert.Equal(4, Proxy.Count("UID FETCH"));
        Assert.Equal(10, Proxy.Count("UID STORE"));
        Assert.Equal(10, Proxy.Count("UID EXPUNGE"));
        Assert.Equal(10, OtherProxy.Count("APPEND"));
        Assert.Equal(0, OtherProxy.Count("UID FETCH"));
        Assert.Equal(11, Proxy.Count("SELECT"));
        Assert.InRange(Proxy.Commands.Count, 34, 36);
        Assert.InRange(OtherProxy.Commands.Count, 12, 15);
        await AssertCountsAsync("INBOX", 0, "INBOX", 1_000);

        // What was emitted names the messages in their new place, and brings them back.
        Succeed("$moved | Move-ImapMessage INBOX -ToSession (Get-ImapSession | Where-Object IsDefault)");
        await AssertCountsAsync("INBOX", 1_000, "INBOX", 0);
    }

    [Theory]
    [InlineData("$other")]
    [InlineData("$other.Id")]
    [InlineData("$name")]
    public async Task A_session_goes_by_object_id_or_name(string session)
    {
        Deliver(2);
        ConnectBoth();
        IReadOnlyList<PSObject> moved =
            Succeed($"Get-ImapMessage | Move-ImapMessage -SpecialUse Trash -ToSession {session} -PassThru; $other.Id",
            ("name", OtherName.ToUpperInvariant()));
        Assert.All(moved.SkipLast(1), message => Assert.Equal(moved[^1].BaseObject, message.Properties["SessionId"].Value));
        Assert.Equal(2, await CountAsync("Trash", Other));
    }

    [Fact]
    public async Task A_folder_object_stands_for_its_session()
    {
        Deliver(3);
        ConnectBoth();
        Succeed("Get-ImapMessage -Uid 1 | Copy-ImapMessage (Get-ImapFolder Trash -Session $other)");
        Assert.Equal(1, await CountAsync("Trash", Other));
        Succeed("Get-ImapMessage -Uid 1 | Copy-ImapMessage (Get-ImapFolder Trash -Session $other) -ToSession $other");
        Assert.Equal(2, await CountAsync("Trash", Other));
        Succeed("Get-ImapMessage -Uid 1 | Copy-ImapMessage (Get-ImapFolder Trash) -ToSession $other");
        AssertError(Run("Get-ImapMessage -Uid 1 | Copy-ImapMessage Trash -ToSession nobody"), "SessionNotFound");
        Assert.Equal(0, await CountAsync("Trash"));
    }

    [Fact]
    public async Task The_messages_own_session_is_a_move_like_any_other()
    {
        Deliver(3);
        Deliver(3, "Second");
        ConnectBoth();
        Succeed("$mine = Get-ImapSession | Where-Object IsDefault; Get-ImapMessage -Session $mine | Move-ImapMessage "
            + "Trash -ToSession $mine");
        Assert.Equal(1, Proxy.Count("UID MOVE"));
        Assert.Equal(0, Proxy.Count("APPEND"));
        Assert.Equal(3, await CountAsync("Trash"));

        // Two sessions of one account, on the same folders.
        Succeed("$again = Connect-Imap localhost -Port $proxyPort -Security None -AllowPlaintext -Credential "
            + "$credential -Name again; Get-ImapMessage Second -Session $mine | Move-ImapMessage Second -ToSession again");
        Assert.Equal(3, await CountAsync("Second"));
    }

    [Fact]
    public async Task Messages_of_two_sessions_meet_in_one()
    {
        Deliver(3);
        Other.DeliverMany("INBOX", 2, i => new SeedMessage(Message(Text($"theirs {i}"))));
        ConnectBoth();
        IReadOnlyList<PSObject> moved =
            Succeed("@(Get-ImapMessage; Get-ImapMessage -Session $other) | Move-ImapMessage Meeting -CreateFolder "
            + "-ToSession $other -PassThru");
        Assert.Equal(5, moved.Count);
        Assert.Equal(5, await CountAsync("Meeting", Other));
        Assert.Equal(1, OtherProxy.Count("UID MOVE"));
        Assert.Equal(1, OtherProxy.Count("APPEND"));
        await AssertCountsAsync("INBOX", 0, "INBOX", 0);
    }

    [Fact]
    public async Task Anything_with_a_folder_and_a_UID_will_do()
    {
        Deliver(3);
        ConnectBoth();
        IReadOnlyList<PSObject> copies =
            Succeed("1, 3 | ForEach-Object { [pscustomobject]@{ Folder = 'INBOX'; Uid = $_ } } | Copy-ImapMessage "
            + "Trash -ToSession $other -PassThru");
        Assert.Equal(["message 0", "message 2"], Subjects(copies));
        Assert.Equal([1u, 2u], copies.Select(copy => Property<uint>(copy, "Uid")));
        Assert.Equal(2, await CountAsync("Trash", Other));
    }

    [Fact]
    public async Task What_is_gone_meanwhile_is_an_error_and_the_others_go()
    {
        Deliver(4);
        ConnectBoth();
        Succeed("$messages = Get-ImapMessage");
        await ExpungeAsync("2");
        ErrorRecord error = AssertError(Run("$messages | Move-ImapMessage INBOX -ToSession $other"), "MessageNotFound");
        Assert.Equal(2, Property<int>(PSObject.AsPSObject(error.TargetObject), "Uid"));
        await AssertCountsAsync("INBOX", 0, "INBOX", 3);
    }

    [Fact]
    public async Task One_that_goes_between_its_octets_and_its_flags_stays_gone()
    {
        Deliver(4);
        ConnectBoth();
        Succeed("$messages = Get-ImapMessage");
        int fetches = 0;
        Proxy.On(command => command.Verb == "UID FETCH" && ++fetches == 2, ProxyAction.Run(() => ExpungeAsync("3")));
        AssertError(Run("$messages | Copy-ImapMessage INBOX -ToSession $other"), "MessageNotFound");
        Assert.Equal(3, await CountAsync("INBOX", Other));
    }

    [Theory]
    [InlineData("NO [OVERQUOTA] full", "QuotaExceeded")]
    [InlineData("NO not this one", "CommandRejected")]
    [InlineData("NO [TOOBIG] too large", "MessageTooLarge")]
    public async Task What_the_other_server_refuses_stays(string answer, string id)
    {
        Deliver(3);
        ConnectBoth();
        int appends = 0;
        OtherProxy.On(command => command.Verb == "APPEND" && ++appends is 1 or 3, ProxyAction.Reply("{tag} " + answer), times: 2);
        ErrorRecord error = AssertError(Run("Get-ImapMessage | Move-ImapMessage INBOX -ToSession $other"), id);
        Assert.Equal("message 1", Property<string>(PSObject.AsPSObject(error.TargetObject), "Subject"));
        Assert.Equal(["message 1"], Subjects(Succeed("Get-ImapMessage")));
        Assert.Equal(2, await CountAsync("INBOX", Other));
    }

    [Fact]
    public async Task What_IMAP_cannot_carry_stays_and_the_others_go()
    {
        Deliver(3);
        ConnectBoth();
        Proxy.On(command => command.Line.Contains("BODY.PEEK[])", StringComparison.Ordinal),
            ProxyAction.Reply("* 2 FETCH (UID 2 BODY[] {17}\r\nSubject: x\r\n\r\n\0\r\n)\r\n{tag} OK done"));
        ErrorRecord error = AssertError(
            Run("Get-ImapMessage -Uid 2 | Move-ImapMessage INBOX -ToSession $other; Get-ImapMessage -Uid 1, 3 | "
            + "Move-ImapMessage INBOX -ToSession $other"), "MessageInvalid");
        Assert.Equal("message 1", Property<string>(PSObject.AsPSObject(error.TargetObject), "Subject"));
        await AssertCountsAsync("INBOX", 1, "INBOX", 2);
    }

    [Fact]
    public async Task Without_UIDPLUS_here_nothing_is_touched()
    {
        Proxy.HideCapability("UIDPLUS");
        Deliver(3);
        ConnectBoth();
        AssertError(Run("Get-ImapMessage | Move-ImapMessage New -CreateFolder -ToSession $other"), "NotSupportedByServer");
        AssertNothingWasChanged();
        AssertNothingWasChangedThere();
        Succeed("Get-ImapMessage | Copy-ImapMessage New -CreateFolder -ToSession $other");
        await AssertCountsAsync("INBOX", 3, "New", 3);
    }

    [Fact]
    public async Task Without_UIDPLUS_there_the_copies_are_looked_for_before_the_originals_go()
    {
        OtherProxy.HideCapability("UIDPLUS");
        Deliver(3);
        Deliver(1, "Lost");
        ConnectBoth();
        IReadOnlyList<PSObject> moved = Succeed("Get-ImapMessage | Move-ImapMessage Trash -ToSession $other -PassThru");
        Assert.Equal([1u, 2u, 3u], moved.Select(message => Property<uint>(message, "Uid")));
        await AssertCountsAsync("INBOX", 0, "Trash", 3);

        // An OK, and nothing there.
        OtherProxy.On("APPEND", ProxyAction.Reply("{tag} OK done"));
        AssertError(Run("Get-ImapMessage Lost | Move-ImapMessage Trash -ToSession $other"), "OutcomeUnknown");
        Assert.Equal(1, await CountAsync("Lost"));
    }

    [Fact]
    public async Task A_folder_of_which_nothing_may_be_removed_is_refused_before_anything_is_sent()
    {
        Deliver(3);
        ConnectBoth();
        Succeed("$messages = Get-ImapMessage");
        Proxy.On("SELECT", ProxyAction.Reply("* FLAGS (\\Seen \\Deleted)\r\n* 3 EXISTS\r\n* 0 RECENT\r\n"
            + "* OK [PERMANENTFLAGS (\\Seen)] few\r\n" + await SelectedAsync("INBOX", User) + "\r\n{tag} OK [READ-WRITE] selected"));
        AssertError(Run("$messages | Move-ImapMessage INBOX -ToSession $other"), "PermissionDenied");
        AssertNothingWasChangedThere();
    }

    [Fact]
    public async Task A_rebuilt_folder_is_not_touched()
    {
        Deliver(3);
        ConnectBoth();
        AssertError(Run("[pscustomobject]@{ Folder = 'INBOX'; Uid = 1; UidValidity = 7 } | Move-ImapMessage INBOX -ToSession $other"),
            "UidValidityChanged");
        AssertNothingWasChanged();
        AssertNothingWasChangedThere();

        // One that is rebuilt while its messages are on their way keeps them, though nobody said which UIDVALIDITY they had.
        Proxy.On("UID STORE", ProxyAction.CutBefore);
        Proxy.On(command => command.Verb == "SELECT" && Proxy.Count("UID STORE") == 1,
            ProxyAction.Reply("* FLAGS (\\Seen)\r\n* 3 EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY 7] rebuilt\r\n"
            + "* OK [UIDNEXT 4] next\r\n{tag} OK [READ-WRITE] selected"));
        EngineResult cut = Run("[pscustomobject]@{ Folder = 'INBOX'; Uid = 1 } | Move-ImapMessage INBOX -ToSession $other");
        Assert.Equal(["OutcomeUnknown", "UidValidityChanged"], cut.AllErrors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal(3, await CountAsync("INBOX"));
    }

    [Fact]
    public async Task Originals_that_cannot_be_removed_are_reported()
    {
        Deliver(3);
        ConnectBoth();
        Proxy.On("UID EXPUNGE", ProxyAction.Reply("{tag} NO not now"));
        ErrorRecord error = AssertError(Run("Get-ImapMessage | Move-ImapMessage INBOX -ToSession $other"), "CommandRejected");
        Assert.Equal(["message 0", "message 1", "message 2"], ((IEnumerable<object>)error.TargetObject)
            .Select(message => Property<string>(PSObject.AsPSObject(message), "Subject")));
        await AssertCountsAsync("INBOX", 3, "INBOX", 3);
    }

    [Fact]
    public async Task Guards_touch_nothing_on_either_server()
    {
        Deliver(4);
        ConnectBoth();
        AssertError(Run("Get-ImapMessage | Move-ImapMessage INBOX -ToSession $other -MaxMessages 3"), "LimitExceeded");
        AssertError(Run("Get-ImapMessage | Copy-ImapMessage Nowhere -ToSession $other"), "FolderNotFound");
        foreach (string what in new[] { "New -CreateFolder", "Trash", "-SpecialUse Trash" })
        {
            string told = Engine.Format($"Get-ImapMessage | Move-ImapMessage {what} -ToSession $other -WhatIf");
            Assert.All(Enumerable.Range(0, 4), i => Assert.Contains(Text($"'message {i}'"), told, StringComparison.Ordinal));
            Assert.Contains($"({OtherName})", told, StringComparison.Ordinal);
        }

        AssertNothingWasChanged();
        AssertNothingWasChangedThere();
        Assert.DoesNotContain(Proxy.Commands.Concat(OtherProxy.Commands), command => command.Verb == "SELECT");
        await AssertCountsAsync("INBOX", 4, "Trash", 0);
    }

    [Fact]
    public async Task A_server_that_takes_too_long_is_not_asked_twice()
    {
        Deliver(3);
        ConnectBoth("-TimeoutSeconds 1");
        OtherProxy.On("APPEND", ProxyAction.Stall);
        EngineResult result = await RunAsync("Get-ImapMessage | Move-ImapMessage INBOX -ToSession $other");
        string[] errors = [.. result.AllErrors.Select(error => error.FullyQualifiedErrorId)];
        Assert.Equal(["OutcomeUnknown", "OutcomeUnknown", "OutcomeUnknown", "Timeout"], errors.Select(error => error.Split(',')[0]));
        Assert.Equal(1, OtherProxy.Count("APPEND"));
        Assert.Equal(3, await CountAsync("INBOX"));
    }

    [Fact]
    public void Tab_completes_the_folders_of_the_other_session()
    {
        Other.CreateFolder("Theirs");
        ConnectBoth();
        string line = $"Copy-ImapMessage -ToSession {OtherName} -Destination The";
        IReadOnlyList<PSObject> offered =
            Succeed("[System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, "
            + "$null).CompletionMatches.CompletionText", ("line", line));
        Assert.Equal(["Theirs"], offered.Select(text => text.ToString()));
    }

    /// <summary>The flags in the order of their names, but for \Recent, and the date.</summary>
    private static string Comparable(string line)
    {
        int flags = line.IndexOf('(', line.IndexOf("FLAGS", StringComparison.Ordinal));
        string[] names = line[(flags + 1)..line.IndexOf(')', StringComparison.Ordinal)].Replace("\\Recent", "", StringComparison.Ordinal)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', names.Order(StringComparer.OrdinalIgnoreCase))
            + line[line.IndexOf(" INTERNALDATE", StringComparison.Ordinal)..].TrimEnd(')');
    }

    private Task<string> SelectedAsync() => SelectedAsync("INBOX", Other);

    /// <summary>What SELECT says of a folder's UIDs.</summary>
    private static async Task<string> SelectedAsync(string folder, MailUser user)
    {
        await using RawImapClient client = await user.ConnectAsync(Cancellation);
        IReadOnlyDictionary<string, long> status = await client.StatusAsync(folder, "UIDVALIDITY UIDNEXT", Cancellation);
        return Text($"* OK [UIDVALIDITY {status["UIDVALIDITY"]}] x\r\n* OK [UIDNEXT {status["UIDNEXT"]}] x");
    }
}
