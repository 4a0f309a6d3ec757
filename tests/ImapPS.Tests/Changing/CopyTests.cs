using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Changing;

public sealed class CopyTests(MailServer mail) : ChangeTest(mail)
{
    private const string ByUid = "1..40 | ForEach-Object { [pscustomobject]@{ Folder = 'INBOX'; Uid = $_ } }";

    [Fact]
    public async Task Ten_thousand_scattered_messages_take_few_commands()
    {
        const int Last = 19_999;
        User.DeliverMany("INBOX", Last, _ => new SeedMessage("Subject: x\r\n\r\nx\r\n"));
        Connect();
        Succeed("1..19999 | Where-Object { $_ % 2 } | ForEach-Object { [pscustomobject]@{ Folder = 'INBOX'; Uid "
            + "= $_ } } | Copy-ImapMessage Trash");
        int least = LeastCommands(Last);
        Assert.InRange(Proxy.Count("UID COPY"), least, least + 2);
        Assert.InRange(Proxy.LongestLine, 7_000, 8_000);
        Assert.Equal(Last, await CountAsync("INBOX"));
        Assert.Equal(10_000, await CountAsync("Trash"));
    }

    [Fact]
    public async Task PassThru_emits_the_copies()
    {
        Deliver(5, flags: _ => SystemFlags.Flagged);
        Connect();
        IReadOnlyList<PSObject> copies = Succeed("Get-ImapMessage -Uid 2, 4 | Copy-ImapMessage Trash -PassThru");
        Assert.Equal(["message 1", "message 3"], Subjects(copies));
        Assert.Equal(["Trash 1", "Trash 2"], copies.Select(copy => $"{Property<string>(copy, "Folder")} {Property<uint>(copy, "Uid")}"));
        Assert.All(copies, copy => Assert.True(Property<bool>(copy, "IsFlagged")));
        Assert.Equal(5, await CountAsync("INBOX"));
    }

    [Theory]
    [InlineData("Get-ImapMessage", "before")]
    [InlineData("Get-ImapMessage", "after")]
    [InlineData("Get-ImapMessage", "within")]
    [InlineData(ByUid, "before")]
    [InlineData(ByUid, "after")]
    public async Task Cut_once_every_message_is_copied_once(string source, string when)
    {
        Deliver(40);
        Connect();
        Proxy.On("UID COPY",
            when switch
            {
                "before" => ProxyAction.CutBefore,
                "after" => ProxyAction.CutAfterExecution,
                _ => ProxyAction.CutMidResponse(10),
            });
        IReadOnlyList<PSObject> copies = Succeed($"{source} | Copy-ImapMessage Trash -PassThru");
        Assert.Equal(Enumerable.Range(1, 40), copies.Select(copy => Property<int>(copy, "Uid")).Order());
        Assert.Equal(40, await CountAsync("INBOX"));
        Assert.Equal(40, await CountAsync("Trash"));
        Assert.Equal(when == "before" ? 2 : 1, Proxy.Count("UID COPY"));
    }

    [Fact]
    public async Task What_nobody_can_tell_is_OutcomeUnknown_and_not_copied_again()
    {
        Deliver(3);
        Connect();
        Proxy.On("UID COPY", ProxyAction.Run(() => OtherClientAsync("SELECT INBOX", "UID COPY 1 Trash")));
        Proxy.On("UID COPY", ProxyAction.CutBefore);
        EngineResult result = Run("Get-ImapMessage | Copy-ImapMessage Trash");
        Assert.Equal(2, result.AllErrors.Count());
        Assert.All(result.AllErrors, error =>
            Assert.Equal("OutcomeUnknown,ImapPS.Commands.CopyImapMessageCommand", error.FullyQualifiedErrorId));
        Assert.Equal(1, Proxy.Count("UID COPY"));
        Assert.Equal(1, await CountAsync("Trash"));
    }

    [Fact]
    public async Task A_server_that_takes_too_long_is_not_asked_twice()
    {
        Deliver(3);
        Connect("-TimeoutSeconds 1");
        Proxy.On("UID COPY", ProxyAction.Stall);
        AssertInDoubt(await RunAsync("Get-ImapMessage | Copy-ImapMessage Trash"), "Timeout");
        Assert.Equal(1, Proxy.Count("UID COPY"));
    }

    /// <summary>A word for each message, and then what happened.</summary>
    private static void AssertInDoubt(EngineResult result, string id)
    {
        List<ErrorRecord> errors = [.. result.AllErrors];
        Assert.Equal(4, errors.Count);
        Assert.All(errors[..3], error =>
            Assert.Equal("OutcomeUnknown,ImapPS.Commands.CopyImapMessageCommand", error.FullyQualifiedErrorId));
        Assert.Equal([1, 2, 3], errors[..3].Select(error => Property<int>(PSObject.AsPSObject(error.TargetObject), "Uid")));
        Assert.Equal($"{id},ImapPS.Commands.CopyImapMessageCommand", errors[3].FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("before", 0)]
    [InlineData("after", 3)]
    public async Task When_the_line_stays_dead_every_message_is_in_doubt(string when, int copied)
    {
        Deliver(3);
        Connect("-RetryCount 1");
        Proxy.On("UID COPY", ProxyAction.Run(() => Task.FromResult(Proxy.RefuseConnections = true)));
        Proxy.On("UID COPY", Cuts.ByMoment[when]);
        AssertInDoubt(Run("Get-ImapMessage | Copy-ImapMessage Trash"), "ConnectionLost");
        Assert.Equal(copied, await CountAsync("Trash"));
    }

    [Fact]
    public async Task When_every_try_breaks_it_is_known_that_nothing_was_copied()
    {
        Deliver(3);
        Connect("-RetryCount 1");
        Proxy.On("UID COPY", ProxyAction.CutBefore, times: int.MaxValue);
        AssertError(Run("Get-ImapMessage | Copy-ImapMessage Trash"), "ConnectionLost");
        Assert.Equal(2, Proxy.Count("UID COPY"));
        Assert.Equal(0, await CountAsync("Trash"));
    }

    [Fact]
    public async Task Without_UIDPLUS_the_copies_are_found()
    {
        Proxy.HideCapability("UIDPLUS");
        Deliver(5);
        Connect();
        EngineResult result =
            Run("2, 4, 77 | ForEach-Object { [pscustomobject]@{ Folder = 'INBOX'; Uid = $_ } } | Copy-ImapMessage Trash -PassThru");
        AssertError(result, "MessageNotFound");
        Assert.Equal(["message 1", "message 3"], Subjects(result.Output));
        Assert.Equal(2, await CountAsync("Trash"));
    }

    [Fact]
    public async Task Guards_touch_nothing()
    {
        Deliver(4);
        Connect();
        AssertError(Run("Get-ImapMessage | Copy-ImapMessage Trash -MaxMessages 3"), "LimitExceeded");
        string told = Engine.Format("Get-ImapMessage | Copy-ImapMessage NewFolder -CreateFolder -WhatIf");
        Assert.All(Enumerable.Range(0, 4), i => Assert.Contains(Text($"'message {i}'"), told, StringComparison.Ordinal));
        AssertError(Run("[pscustomobject]@{ Folder = 'INBOX'; Uid = 1; UidValidity = 7 } | Copy-ImapMessage Trash"), "UidValidityChanged");
        AssertError(Run("Get-ImapMessage | Copy-ImapMessage Nowhere"), "FolderNotFound");
        AssertNothingWasChanged();
        Assert.Equal(0, await CountAsync("Trash"));
    }

    [Fact]
    public async Task To_a_folder_with_a_role_or_a_new_one()
    {
        Deliver(2);
        Connect();
        Succeed("Get-ImapMessage | Copy-ImapMessage -SpecialUse Trash; Get-ImapMessage | Copy-ImapMessage Archive/2026 "
            + "-CreateFolder; Get-ImapMessage -Uid 1 | Copy-ImapMessage INBOX");
        Assert.Equal([3, 2, 2], await CountsAsync("INBOX", "Trash", "Archive/2026"));
    }

    [Fact]
    public void Confirm_asks_and_no_to_all_stops()
    {
        Deliver(3);
        Connect();
        (EngineResult result, IReadOnlyList<SandboxPrompt> asked) =
            Ask("Get-ImapMessage -Session $id | Copy-ImapMessage Trash -Confirm", 0, 3);
        Assert.Empty(result.AllErrors);
        Assert.Equal(2, asked.Count);
        Assert.Single(Succeed("Get-ImapMessage Trash"));
    }
}
