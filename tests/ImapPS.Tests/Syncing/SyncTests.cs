using System.Globalization;
using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Syncing;

/// <summary>Sync-ImapFolder from one mailbox of Dovecot to another.</summary>
public sealed class SyncTests(MailServer mail) : SyncTest(mail)
{
    private static readonly DateTimeOffset _date = new(2024, 2, 29, 23, 59, 59, TimeSpan.Zero);

    [Fact]
    public async Task All_folders_arrive_and_a_second_run_changes_nothing()
    {
        foreach (string message in AwkwardMessages.ByName.Values) User.Deliver("Odd", Octets(message));
        User.DeliverMany("INBOX", 120, i => new SeedMessage(Message(Text($"{i}")),
            new MessageState(_date.AddDays(i), i % 2 == 0 ? SystemFlags.Seen : SystemFlags.Flagged | SystemFlags.Deleted,
            i % 3 == 0 ? ["Work", "$Forwarded"] : [])));
        string[] names = ["Архив", "日本語/手紙", "العربية", "a&b", "Ünder/Below é", "Foo [1]", "Empty"];
        foreach (string name in names.SkipLast(1)) User.Deliver(name, Message(name));
        User.CreateFolder("Empty");
        User.Deliver("Sent", Message("sent"));
        ConnectBoth();
        Succeed("Set-ImapFolder Архив -Subscribed $true");
        IReadOnlyList<PSObject> results = Sync();
        AssertEqual(results);
        Assert.Superset(names.Concat(["INBOX", "Odd", "Sent"]).ToHashSet(),
            results.Select(result => Property<string>(result, "Folder")).ToHashSet());
        PSObject inbox = results.Single(result => Property<string>(result, "Folder") == "INBOX");
        Assert.Equal(120, Property<int>(inbox, "Copied"));
        Assert.Equal(Property<long>(inbox, "SourceBytes"), Property<long>(inbox, "DestinationBytes"));
        foreach (string folder in new[] { "INBOX", "Odd", "Sent" }) await AssertSameAsync(folder);
        Assert.Equal(names.Order(StringComparer.Ordinal), Succeed("(Get-ImapFolder -Session $other).Path")
            .Select(path => path.ToString()).Where(names.Contains).Order(StringComparer.Ordinal));
        Assert.Equal(["True", "False"],
            Succeed("(Get-ImapFolder Архив, a`&b -Session $other).Subscribed").Select(on => on.ToString()));

        Proxy.Clear();
        OtherProxy.Clear();
        IReadOnlyList<PSObject> again = Sync();
        AssertEqual(again);
        Assert.All(again, result => Assert.Equal(0, Property<int>(result, "Copied") + Property<int>(result, "FlagsChanged")));
        AssertNothingChangesThere();

        // A listing of UIDs and a FETCH for each folder on either side; the octets only of what is alike in all else.
        Assert.InRange(Proxy.Count("UID FETCH"), 1, again.Count + 1);
        Assert.InRange(OtherProxy.Count("UID FETCH"), 1, again.Count + 1);
        Assert.InRange(Proxy.Commands.Count(command => command.Line.Contains("BODY.PEEK[]", StringComparison.Ordinal)), 0, 1);
    }

    [Fact]
    public async Task Flags_and_keywords_go_on_and_off()
    {
        for (int i = 0; i < 6; i++) User.Deliver("INBOX", Message(Text($"{i}")), new MessageState(_date.AddHours(i)));
        ConnectBoth();
        Sync("INBOX");
        await OnSourceAsync("SELECT INBOX", "STORE 1 +FLAGS (\\Seen Work)", "STORE 2 +FLAGS (\\Flagged Later Work)");
        await OnOtherAsync("SELECT INBOX", "STORE 3 +FLAGS (\\Seen Local)", "STORE 2,4 +FLAGS (\\Answered)", "STORE 5 +FLAGS (Work)");
        IReadOnlyList<PSObject> results = Sync("INBOX");
        Assert.Equal(["INBOX 0 5 0 0"], Done(results));
        await AssertSameAsync("INBOX");
        OtherProxy.Clear();
        Sync("INBOX");
        AssertNothingChangesThere();
    }

    [Fact]
    public async Task Duplicates_remain_as_many_and_messages_without_Message_ID_are_told_apart()
    {
        string same = Message("same");
        for (int i = 0; i < 3; i++) User.Deliver("INBOX", same, new MessageState(_date));
        User.Deliver("INBOX", same, new MessageState(_date.AddDays(1)));
        foreach (char c in "abab") User.Deliver("INBOX", $"Subject: {c}\r\n\r\nno id\r\n", new MessageState(_date));
        User.Deliver("INBOX", same.Replace("Hello", "Howdy", StringComparison.Ordinal), new MessageState(_date));
        ConnectBoth();
        Assert.Equal(["INBOX 9 0 0 0"], Done(Sync("INBOX")));
        await AssertSameAsync("INBOX");
        Assert.Equal(["INBOX 0 0 0 0"], Done(Sync("INBOX")));

        // One of each kind goes there, and comes back; what is too many there is told, and goes only when asked for.
        await OnOtherAsync("SELECT INBOX", "STORE 2,6,9 +FLAGS (\\Deleted)", "EXPUNGE");
        Assert.Equal(["INBOX 3 0 0 0"], Done(Sync("INBOX")));
        await AssertSameAsync("INBOX");
        await OnSourceAsync("SELECT INBOX", "STORE 1,5 +FLAGS (\\Deleted)", "EXPUNGE");
        Assert.Equal(["INBOX 0 0 0 2"], Done(Sync("INBOX")));
        Assert.Equal(["INBOX 0 0 2 0"], Done(Sync("INBOX -RemoveExtra -Force")));
        await AssertSameAsync("INBOX");
    }

    [Fact]
    public async Task Roles_go_to_roles_and_the_map_takes_precedence()
    {
        User.Deliver("Sent", Message("sent"));
        User.Deliver("Sent/2025", Message("older"));
        User.Deliver("Lists/a", Message("a"));
        User.Deliver("Lists/a/b", Message("b"));
        User.Deliver("Junk", Message("junk"));
        ConnectBoth();
        await OnOtherAsync("CREATE Sent/Old");
        IReadOnlyList<PSObject> results = Sync("Sent, Sent/*, Lists/*, Junk -Map @{ 'Lists/a' = 'Old/Lists'; Junk = 'Spam' }");
        AssertEqual(results);
        Assert.Equal(["Junk Spam", "Lists/a Old/Lists", "Lists/a/b Old/Lists/b", "Sent Sent", "Sent/2025 Sent/2025"],
            results.Select(result => $"{result.Properties["Folder"].Value} {result.Properties["Destination"].Value}")
                .Order(StringComparer.Ordinal));
        await AssertSameAsync("Lists/a/b", "Old/Lists/b");
        await AssertSameAsync("Junk", "Spam");
    }

    [Theory]
    [InlineData("One, Two -Map @{ One = 'Two' }", "ArgumentInvalid")]
    [InlineData("One, Two -Map @{ One = 'x/y'; Two = 'x/y' }", "ArgumentInvalid")]
    [InlineData("One -Map @{ Nowhere = 'x' }", "ArgumentInvalid")]
    [InlineData("One -Map @{ One = 3 }", "ArgumentInvalid")]
    [InlineData("One -Map @{ One = 'a//b' }", "ArgumentInvalid")]
    [InlineData("One, Two -Map @{ One = 'inbox'; Two = 'INBOX' }", "ArgumentInvalid")]
    [InlineData("Nowhere", "FolderNotFound")]
    public void What_cannot_be_right_is_an_error_before_anything_is_done(string parameters, string id)
    {
        User.Deliver("One", Message("a"));
        User.Deliver("Two", Message("b"));
        ConnectBoth();
        AssertError(Run($"Sync-ImapFolder {parameters} -ToSession $other"), id);
        AssertNothingChangesThere();
    }

    [Fact]
    public void A_folder_is_not_synchronized_with_itself()
    {
        User.Deliver("One", Message("a"));
        ConnectBoth();
        AssertError(Run("Sync-ImapFolder One -ToSession (Get-ImapSession | Where-Object IsDefault)"), "ArgumentInvalid");
        Assert.Equal(["One 1 0 0 0"], Done(Succeed(
            "Sync-ImapFolder One -ToSession (Get-ImapSession | Where-Object IsDefault) -Map @{ One = 'Copy/One' }")));
    }

    [Fact]
    public async Task WhatIf_is_a_table_and_changes_nothing()
    {
        User.DeliverMany("INBOX", 4, i => new SeedMessage(Message(Text($"{i}"))));
        User.Deliver("New", Message("new"));
        ConnectBoth();
        Sync("INBOX");
        await OnSourceAsync("SELECT INBOX", "STORE 1,2 +FLAGS (\\Seen)", "STORE 4 +FLAGS (\\Deleted)", "EXPUNGE");
        User.Deliver("INBOX", Message("more"));
        Proxy.Clear();
        OtherProxy.Clear();
        IReadOnlyList<PSObject> actions = Sync("INBOX, New -RemoveExtra -Force -WhatIf");
        Assert.Equal(["INBOX Copy 1", "INBOX Remove 1", "INBOX SetFlags 2", "New Copy 1", "New Create 0"],
            actions.Select(action => string.Create(CultureInfo.InvariantCulture,
                $"{action.Properties["Destination"].Value} {action.Properties["Action"].Value} {action.Properties["Count"].Value}"))
                .Order(StringComparer.Ordinal));
        AssertNothingChangesThere();
        AssertError(Run("Sync-ImapFolder INBOX -ToSession $other -RemoveExtra -MaxPercent 1 -WhatIf"), "LimitExceeded");
    }

    [Fact]
    public async Task What_the_destination_does_not_keep_is_told_once()
    {
        for (int i = 0; i < 3; i++)
        {
            User.Deliver("INBOX", Message(Text($"{i}")), new MessageState(Flags: SystemFlags.Flagged, Keywords: ["Work", "Known"]));
        }

        ConnectBoth();
        OtherProxy.On("SELECT", ProxyAction.Reply("* FLAGS (\\Seen Known)\r\n* 0 EXISTS\r\n* 0 RECENT\r\n"
            + "* OK [PERMANENTFLAGS (\\Seen Known)] few\r\n* OK [UIDVALIDITY " + await UidValidityThereAsync()
            + "] v\r\n* OK [UIDNEXT 1] n\r\n{tag} OK [READ-WRITE] selected"));
        EngineResult result = Run("Sync-ImapFolder INBOX -ToSession $other");
        Assert.Empty(result.AllErrors);
        Assert.Contains("\\Flagged, Work", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal(["INBOX 3 0 0 0"], Done(result.Output));
    }

    private async Task<string> UidValidityThereAsync()
    {
        await using RawImapClient client = await Other.ConnectAsync(Cancellation);
        RawResponse status = (await client.CommandAsync("STATUS INBOX (UIDVALIDITY)", Cancellation)).EnsureOk("STATUS");
        return status.Untagged.Single(line => line.Contains("UIDVALIDITY", StringComparison.Ordinal)).Split(' ')[^1].Trim(')', '\r', '\n');
    }
}
