using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Changing;

public sealed class SetTests(MailServer mail) : ChangeTest(mail)
{
    [Fact]
    public void Adding_and_removing_are_one_STORE_each()
    {
        Deliver(4, flags: _ => SystemFlags.Flagged | SystemFlags.Answered);
        Connect();
        Succeed("Get-ImapMessage -Uid (1..3) | Set-ImapMessage -Read -Unflagged -AddKeyword work, '$Later' -RemoveKeyword todo");
        Assert.Equal(2, Proxy.Count("UID STORE"));
        Assert.All(Proxy.Commands.Where(command => command.Verb == "UID STORE"), command =>
            Assert.Contains("FLAGS.SILENT", command.Line, StringComparison.Ordinal));
        Assert.Equal("Seen, Answered $Later work", FlagsOf()[1]);
        Assert.Equal("Answered, Flagged", FlagsOf()[4]);
    }

    [Theory]
    [InlineData("-Read", "None", "Seen")]
    [InlineData("-Unread", "Seen", "None")]
    [InlineData("-Flagged", "None", "Flagged")]
    [InlineData("-Unflagged", "Flagged", "None")]
    [InlineData("-Answered", "None", "Answered")]
    [InlineData("-Unanswered", "Answered", "None")]
    [InlineData("-Deleted", "None", "Deleted")]
    [InlineData("-Undeleted", "Deleted", "None")]
    [InlineData("-Read:$false", "Seen", "None")]
    [InlineData("-Unread:$false", "None", "Seen")]
    [InlineData("-Flagged:$false", "Flagged", "None")]
    [InlineData("-Undeleted:$false -Deleted", "None", "Deleted")]
    public void Each_flag(string parameter, string before, string after)
    {
        Deliver(1, flags: _ => Enum.Parse<SystemFlags>(before));
        Connect();
        Assert.Equal(after, Property<string>(Assert.Single(Succeed($"Get-ImapMessage | Set-ImapMessage {parameter} -PassThru")), "Flags"));
        Assert.Equal(after, FlagsOf()[1]);
    }

    [Fact]
    public void Keyword_replaces_keywords_and_leaves_system_flags()
    {
        User.DeliverMany("INBOX", 3, i => new SeedMessage(Message(Text($"message {i}")), new MessageState(Flags: SystemFlags.Seen)));
        Connect();
        Succeed("Get-ImapMessage -Uid 1, 2 | Set-ImapMessage -AddKeyword one, two; Get-ImapMessage -Uid 2 | "
            + "Set-ImapMessage -AddKeyword three");
        IReadOnlyList<PSObject> now = Succeed("Get-ImapMessage | Set-ImapMessage -Keyword two, four -PassThru");
        Assert.All(now, message => Assert.Equal(["four", "two"], Property<string[]>(message, "Keywords")));
        Assert.All(FlagsOf().Values, flags => Assert.Equal("Seen four two", flags));
        Succeed("Get-ImapMessage | Set-ImapMessage -Keyword @()");
        Assert.All(FlagsOf().Values, flags => Assert.Equal("Seen", flags));
    }

    [Fact]
    public void PassThru_reads_the_flags_again_in_one_command()
    {
        Deliver(30);
        Connect();
        Succeed("$all = Get-ImapMessage");
        Proxy.Clear();
        IReadOnlyList<PSObject> now = Succeed("$all | Set-ImapMessage -Read -PassThru");
        Assert.Equal(Enumerable.Range(0, 30).Select(i => Text($"message {i}")), Subjects(now));
        Assert.All(now, message => Assert.True(Property<bool>(message, "IsRead")));
        Assert.Equal(1, Proxy.Count("UID FETCH"));
        Assert.Equal(1, Proxy.Count("UID STORE"));
    }

    [Fact]
    public void Messages_that_lost_the_race_are_reported_and_left_alone()
    {
        Deliver(5);
        Connect();
        Succeed("$since = (Get-ImapFolder INBOX).HighestModSeq; $all = Get-ImapMessage; Get-ImapMessage -Uid 2, "
            + "4 | Set-ImapMessage -Answered");
        EngineResult result = Run("$all | Set-ImapMessage -Flagged -Unread -AddKeyword work -UnchangedSince $since -PassThru");
        Assert.Equal([2, 4], result.AllErrors.Select(error => Property<int>(PSObject.AsPSObject(error.TargetObject), "Uid")));
        Assert.All(result.AllErrors, error =>
            Assert.Equal("MessageChanged,ImapPS.Commands.SetImapMessageCommand", error.FullyQualifiedErrorId));
        Assert.All(result.AllErrors, error => Assert.Equal(ErrorCategory.InvalidOperation, error.CategoryInfo.Category));
        Assert.Equal([1, 3, 5], result.Output.Select(message => Property<int>(message, "Uid")));
        Assert.Equal(["Flagged work", "Answered"], [FlagsOf()[1], FlagsOf()[2]]);
    }

    [Theory]
    [InlineData("before")]
    [InlineData("after")]
    public void A_lost_connection_is_no_lost_race(string when)
    {
        Deliver(5);
        Connect();
        Succeed("$since = (Get-ImapFolder INBOX).HighestModSeq; $all = Get-ImapMessage; Get-ImapMessage -Uid 2 | "
            + "Set-ImapMessage -Answered");
        Proxy.On("UID STORE", when == "before" ? ProxyAction.CutBefore : ProxyAction.CutAfterExecution);
        AssertError(Run("$all | Set-ImapMessage -Flagged -UnchangedSince $since"), "MessageChanged");
        Assert.Equal(["Flagged", "Answered", "Flagged", "Flagged", "Flagged"], FlagsOf().Values);
    }

    [Fact]
    public void A_server_without_CONDSTORE_cannot_tell()
    {
        Proxy.HideCapability("CONDSTORE", "QRESYNC");
        Deliver(1);
        Connect();
        AssertError(Run("Get-ImapMessage | Set-ImapMessage -Read -UnchangedSince 7"), "NotSupportedByServer");
        AssertNothingWasChanged();
    }

    [Fact]
    public void Labels_are_Gmail_s()
    {
        Deliver(1);
        Connect();
        AssertError(Run("Get-ImapMessage | Set-ImapMessage -AddLabel work"), "NotSupportedByServer");
        AssertNothingWasChanged();
    }

    [Fact]
    public void Labels_are_added_and_removed()
    {
        Proxy.ShowCapability("X-GM-EXT-1");
        Deliver(2);
        Connect();
        Proxy.On("UID STORE", ProxyAction.Reply("{tag} OK done"), times: 2);
        Succeed("1, 2 | ForEach-Object { [pscustomobject]@{ Folder = 'INBOX'; Uid = $_ } } | Set-ImapMessage "
            + "-AddLabel 'to do', Ärger -RemoveLabel done");
        string[] said = [.. Proxy.Commands.Where(command => command.Verb == "UID STORE").Select(command => command.Line)];
        Assert.Contains("1:2 +X-GM-LABELS.SILENT (\"to do\" &AMQ-rger)",
            said[0].Replace("\"&AMQ-rger\"", "&AMQ-rger", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("1:2 -X-GM-LABELS.SILENT (", said[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Read -Unread")]
    [InlineData("-Read:$false -Unread:$false")]
    [InlineData("-Keyword one -AddKeyword two")]
    [InlineData("-AddKeyword one -RemoveKeyword ONE")]
    [InlineData("-AddKeyword 'two words'")]
    [InlineData("-AddKeyword '\\Seen'")]
    [InlineData("-AddKeyword ''")]
    [InlineData("-AddKeyword \"a`r`nb\"")]
    public void What_cannot_be_set(string parameters)
    {
        Deliver(1);
        Connect();
        AssertError(Run($"Get-ImapMessage | Set-ImapMessage {parameters}"), "ArgumentInvalid");
        AssertNothingWasChanged();
    }

    [Fact]
    public void WhatIf_names_each_message_and_touches_nothing()
    {
        Deliver(5);
        Connect();
        string told = Engine.Format("Get-ImapMessage | Set-ImapMessage -Flagged -AddKeyword work -WhatIf");
        Assert.All(Enumerable.Range(0, 5), i => Assert.Contains(Text($"'message {i}'"), told, StringComparison.Ordinal));
        AssertNothingWasChanged();
    }

    [Fact]
    public void More_than_MaxMessages_touches_nothing()
    {
        Deliver(1);
        Connect();
        AssertError(Run("1..20001 | ForEach-Object { [pscustomobject]@{ Folder = 'INBOX'; Uid = $_ } } | "
            + "Set-ImapMessage -Flagged -MaxMessages 20000"), "LimitExceeded");
        AssertNothingWasChanged();
    }

    [Fact]
    public void Confirm_asks_and_no_to_all_stops()
    {
        Deliver(3);
        Connect();
        (EngineResult result, IReadOnlyList<SandboxPrompt> asked) =
            Ask("Get-ImapMessage -Session $id | Set-ImapMessage -Flagged -Confirm", 0, 3);
        Assert.Empty(result.AllErrors);
        Assert.Equal(2, asked.Count);
        Assert.Equal(["Flagged", "None", "None"], FlagsOf().Values);
    }

    [Fact]
    public void What_was_JSON_binds_again()
    {
        Deliver(2);
        Connect();
        Succeed("Get-ImapMessage | ForEach-Object { [pscustomobject]@{ Folder = $_.Folder; Uid = [long]$_.Uid; "
            + "UidValidity = [long]$_.UidValidity; SessionId = $null } } | Set-ImapMessage -Read");
        Assert.All(FlagsOf().Values, flags => Assert.Equal("Seen", flags));
        AssertError(Run("[pscustomobject]@{ Folder = 'INBOX'; Uid = 1; UidValidity = 7 } | Set-ImapMessage -Unread"), "UidValidityChanged");
        Assert.All(FlagsOf().Values, flags => Assert.Equal("Seen", flags));
    }

    [Fact]
    public void A_message_that_is_gone_is_told_with_PassThru()
    {
        Deliver(2);
        Connect();
        EngineResult result =
            Run("1, 2, 77 | ForEach-Object { [pscustomobject]@{ Folder = 'INBOX'; Uid = $_ } } | Set-ImapMessage -Read -PassThru");
        AssertError(result, "MessageNotFound");
        Assert.Equal(["message 0", "message 1"], Subjects(result.Output));
    }
}
