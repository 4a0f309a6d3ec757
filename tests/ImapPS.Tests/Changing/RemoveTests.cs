using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Changing;

public sealed class RemoveTests(MailServer mail) : ChangeTest(mail)
{
    private const string Scattered = "1..9999 | Where-Object { $_ % 2 } | ForEach-Object { [pscustomobject]@{ "
        + "Folder = 'INBOX'; Uid = $_ } }";

    [Fact]
    public async Task To_the_trash_and_back()
    {
        Deliver(5);
        Connect();
        Succeed("$gone = Get-ImapMessage -Uid 2, 4 | Remove-ImapMessage -PassThru");
        Assert.Equal([3, 2], await CountsAsync("INBOX", "Trash"));
        Assert.Equal(1, Proxy.Count("UID MOVE"));
        Succeed("$gone | Move-ImapMessage INBOX");
        Assert.Equal([5, 0], await CountsAsync("INBOX", "Trash"));
    }

    [Fact]
    public async Task What_is_in_the_trash_already_is_left_alone()
    {
        Deliver(1);
        Deliver(2, "Trash");
        Connect();
        EngineResult result = Run("Get-ImapMessage Trash, INBOX | Remove-ImapMessage");
        Assert.Equal(2, result.AllErrors.Count());
        Assert.All(result.AllErrors, error =>
            Assert.Equal("AlreadyInTrash,ImapPS.Commands.RemoveImapMessageCommand", error.FullyQualifiedErrorId));
        Assert.Equal([0, 3], await CountsAsync("INBOX", "Trash"));
        Succeed("Get-ImapMessage Trash | Remove-ImapMessage -Permanent -Force");
        Assert.Equal(0, await CountAsync("Trash"));
    }

    [Fact]
    public async Task Without_a_trash()
    {
        Proxy.HideCapability("SPECIAL-USE", "XLIST");
        Deliver(1);
        Connect();
        Assert.Contains("-Permanent",
            AssertError(Run("Get-ImapMessage | Remove-ImapMessage"),
            "FolderNotFound").ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        AssertNothingWasChanged();
        Assert.Equal(1, await CountAsync("INBOX"));
    }

    [Theory]
    [InlineData("", "UID MOVE", 1)]
    [InlineData("MOVE", "UID COPY", 3)]
    public async Task Scattered_messages_take_few_commands_to_the_trash(string hidden, string verb, int commandsEach)
    {
        Proxy.HideCapability(hidden.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        User.DeliverMany("INBOX", 9_999, _ => new SeedMessage("Subject: x\r\n\r\nx\r\n"));
        Connect();
        Succeed($"{Scattered} | Remove-ImapMessage");
        int least = LeastCommands(9_999);
        Assert.InRange(Proxy.Count(verb), least, least + 1);
        Assert.InRange(Proxy.Commands.Count, least * commandsEach, (least * commandsEach) + 12);
        Assert.InRange(Proxy.LongestLine, 7_000, 8_000);
        Assert.Equal([4_999, 5_000], await CountsAsync("INBOX", "Trash"));
    }

    [Fact]
    public async Task Scattered_messages_take_few_commands_for_good()
    {
        User.DeliverMany("INBOX", 9_999, _ => new SeedMessage("Subject: x\r\n\r\nx\r\n"));
        Connect();
        Succeed($"{Scattered} | Remove-ImapMessage -Permanent -Force");
        int least = LeastCommands(9_999);
        Assert.InRange(Proxy.Count("UID EXPUNGE"), least, least + 1);
        Assert.Equal(Proxy.Count("UID EXPUNGE"), Proxy.Count("UID STORE"));
        Assert.InRange(Proxy.LongestLine, 7_000, 8_000);
        Assert.Equal(4_999, await CountAsync("INBOX"));
    }

    [Fact]
    public async Task Other_messages_that_are_marked_survive()
    {
        Deliver(6, flags: i => i < 3 ? SystemFlags.Deleted : SystemFlags.None);
        Connect();
        Succeed("Get-ImapMessage -Uid (3..5) | Remove-ImapMessage -Permanent -Force");
        Assert.Equal(0, Proxy.Count("EXPUNGE"));
        Assert.Equal(["Deleted", "Deleted", "None"], FlagsOf().Values);
        Assert.Equal(0, await CountAsync("Trash"));
    }

    [Theory]
    [InlineData("UIDPLUS")]
    [InlineData("UIDPLUS MOVE")]
    public async Task Without_UIDPLUS_only_AllowUnsafeExpunge_expunges_and_tells_of_the_others(string hidden)
    {
        Proxy.HideCapability(hidden.Split(' '));
        Deliver(6, flags: i => i < 3 ? SystemFlags.Deleted : SystemFlags.None);
        Connect();
        AssertError(Run("Get-ImapMessage -Uid 5 | Remove-ImapMessage -Permanent -Force"), "NotSupportedByServer");
        AssertNothingWasChanged();
        Succeed("Get-ImapMessage -Uid 5 | Remove-ImapMessage -Permanent -Force -AllowUnsafeExpunge -WarningVariable "
            + "said -WarningAction SilentlyContinue");
        Assert.Contains("3 messages", Property<string>(Succeed("[pscustomobject]@{ Said = \"$said\" }")[0], "Said"),
            StringComparison.Ordinal);
        Assert.Equal(["Deleted", "Deleted", "Deleted", "None", "None"], FlagsOf().Values);
        Assert.Equal(5, await CountAsync("INBOX"));
    }

    [Theory]
    [InlineData("UID STORE", "before")]
    [InlineData("UID STORE", "after")]
    [InlineData("UID EXPUNGE", "before")]
    [InlineData("UID EXPUNGE", "after")]
    public async Task Cut_once_just_these_are_expunged(string verb, string when)
    {
        Deliver(5, flags: i => i == 0 ? SystemFlags.Deleted : SystemFlags.None);
        Connect();
        Proxy.On(verb, when == "before" ? ProxyAction.CutBefore : ProxyAction.CutAfterExecution);
        Succeed("Get-ImapMessage -Uid 2, 4 | Remove-ImapMessage -Permanent -Force");
        Assert.Equal(3, await CountAsync("INBOX"));
    }

    [Fact]
    public void Where_nobody_can_be_asked_Permanent_wants_Force()
    {
        Deliver(3);
        Connect();
        Assert.Equal(ErrorCategory.InvalidOperation,
            AssertError(Run("Get-ImapMessage | Remove-ImapMessage -Permanent"), "ConfirmationRequired").CategoryInfo.Category);
        AssertNothingWasChanged();
        AssertError(Run("Get-ImapMessage | Remove-ImapMessage -Permanent -PassThru"), "ArgumentInvalid");
    }

    [Fact]
    public async Task Permanent_asks_once_a_folder()
    {
        Deliver(2);
        Deliver(2, "Sent");
        Deliver(2, "Trash");
        Connect();
        (EngineResult result, IReadOnlyList<SandboxPrompt> asked) =
            Ask("Get-ImapMessage INBOX, Sent, Trash -Session $id | Remove-ImapMessage -Permanent -BatchSize 1", "Yes", "No to All");
        Assert.Empty(result.AllErrors);
        Assert.Equal(2, asked.Count);
        Assert.Equal([0, 2, 2], await CountsAsync("INBOX", "Sent", "Trash"));
    }

    [Fact]
    public void Confirm_asks_and_no_to_all_stops()
    {
        Deliver(3);
        Connect();
        (EngineResult result, IReadOnlyList<SandboxPrompt> asked) = Ask("Get-ImapMessage -Session $id | Remove-ImapMessage -Confirm", 0, 3);
        Assert.Empty(result.AllErrors);
        Assert.Equal(2, asked.Count);
        Assert.Equal(2, Succeed("Get-ImapMessage").Count);
    }

    [Theory]
    [InlineData("Remove-ImapMessage")]
    [InlineData("Remove-ImapMessage -Permanent")]
    [InlineData("Remove-ImapMessage -Permanent -Force")]
    public void WhatIf_names_each_message_and_touches_nothing(string command)
    {
        Deliver(4);
        Connect();
        string told = Engine.Format($"Get-ImapMessage | {command} -WhatIf");
        Assert.All(Enumerable.Range(0, 4), i => Assert.Contains(Text($"'message {i}'"), told, StringComparison.Ordinal));
        AssertNothingWasChanged();
    }

    [Fact]
    public void WhatIf_with_KeepNewest_names_only_what_would_go()
    {
        Deliver(4);
        Connect();
        string told = Engine.Format("Get-ImapMessage | Remove-ImapMessage -KeepNewest 1 -WhatIf");
        Assert.Contains("'message 2'", told, StringComparison.Ordinal);
        Assert.DoesNotContain("'message 3'", told, StringComparison.Ordinal);
    }

    [Fact]
    public void KeepNewest_goes_by_the_time_of_receipt_in_each_folder()
    {
        foreach (string folder in new[] { "INBOX", "Sent" })
        {
            User.DeliverMany(folder, 5, i =>
                new SeedMessage(Message(Text($"message {i}")),
                new MessageState(Received: new DateTimeOffset(2026, 3, 9 - i, 12, 0, 0, TimeSpan.Zero))));
        }

        Connect();
        Succeed("Get-ImapMessage INBOX, Sent | Remove-ImapMessage -KeepNewest 2");
        Assert.Equal(["message 0", "message 1", "message 0", "message 1"], Subjects(Succeed("Get-ImapMessage INBOX, Sent")));
        Succeed("Get-ImapMessage INBOX | Remove-ImapMessage -KeepNewest 7");
        Assert.Equal(2, Succeed("Get-ImapMessage INBOX").Count);
    }

    [Theory]
    [InlineData("-MaxMessages 20000")]
    [InlineData("-MaxPercent 50")]
    [InlineData("-MaxPercent 50 -WhatIf")]
    [InlineData("-Permanent -Force -MaxMessages 20000")]
    public void Guards_touch_nothing(string parameters)
    {
        Deliver(3);
        Connect();
        AssertError(Run($"1..20001 | ForEach-Object {{ [pscustomobject]@{{ Folder = 'INBOX'; Uid = $_ }} }} | "
            + $"Remove-ImapMessage {parameters} 6> $null"), "LimitExceeded");
        AssertNothingWasChanged();
    }

    [Fact]
    public async Task MaxPercent_is_of_each_folder()
    {
        Deliver(4);
        Deliver(4, "Sent");
        Connect();
        AssertError(Run("(Get-ImapMessage INBOX -Uid 1), (Get-ImapMessage Sent -Uid 1), (Get-ImapMessage Sent -Uid "
            + "2), (Get-ImapMessage Sent -Uid 3) | Move-ImapMessage Trash -MaxPercent 50"), "LimitExceeded");
        AssertNothingWasChanged();
        Succeed("Get-ImapMessage INBOX -Uid 1, 2 | Remove-ImapMessage -MaxPercent 50");
        Assert.Equal(2, await CountAsync("INBOX"));
    }

    [Fact]
    public async Task On_Gmail_messages_are_expunged_from_the_trash()
    {
        Proxy.ShowCapability("X-GM-EXT-1");
        Deliver(5);
        Connect();
        Succeed("2, 4 | ForEach-Object { [pscustomobject]@{ Folder = 'INBOX'; Uid = $_ } } | Remove-ImapMessage -Permanent -Force");
        Assert.Equal(["UID MOVE", "UID STORE", "UID EXPUNGE"], Proxy.Commands.Select(command => command.Verb)
            .Where(verb => verb is "UID MOVE" or "UID STORE" or "UID EXPUNGE"));
        Assert.Equal([3, 0], await CountsAsync("INBOX", "Trash"));
    }

    [Fact]
    public async Task What_was_JSON_binds_again()
    {
        Deliver(3);
        Connect();
        Succeed("[pscustomobject]@{ Folder = 'INBOX'; Uid = [long]1 }, [pscustomobject]@{ Folder = 'INBOX'; Uid "
            + "= '2'; UidValidity = $null } | Remove-ImapMessage");
        Assert.Equal(1, await CountAsync("INBOX"));
        AssertError(Run("[pscustomobject]@{ Folder = 'INBOX'; Uid = 3; UidValidity = 7 } | Remove-ImapMessage -Permanent -Force"),
            "UidValidityChanged");
        Assert.Equal(1, await CountAsync("INBOX"));
    }
}
