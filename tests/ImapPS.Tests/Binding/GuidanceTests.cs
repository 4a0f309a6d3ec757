using System.Management.Automation;

namespace ImapPS.Tests.Binding;

/// <summary>
/// What an error recommends fits what was given: an object of the wrong kind is named, and a cause is told only where it is known.
/// </summary>
public sealed class GuidanceTests(MailServer mail) : ModuleTest(mail)
{
    [Theory]
    [InlineData("Get-ImapFolder Archive | Move-ImapMessage Trash", "the folder 'Archive'", "Get-ImapMessage Archive | Move-ImapMessage")]
    [InlineData("Get-ImapFolder \"O'Neill & Co\" | Set-ImapMessage -Read", "the folder 'O'Neill & Co'",
        "Get-ImapMessage 'O''Neill & Co' | Set-ImapMessage")]
    [InlineData("'Archive' | Remove-ImapMessage", "the text 'Archive'", "Get-ImapMessage Archive | Remove-ImapMessage")]
    [InlineData("@{ Folder = 'Archive' } | Get-ImapMessageContent", "the folder 'Archive' and no Uid",
        "Get-ImapMessage Archive | Get-ImapMessageContent")]
    [InlineData("Get-Content $journal | Move-ImapMessage Trash", "a line of JSON", "ConvertFrom-Json | Move-ImapMessage")]
    [InlineData("Get-Content $journal | Get-ImapMessage", "a line of JSON", "ConvertFrom-Json | Get-ImapMessage")]
    [InlineData("Get-Content $journal | Remove-ImapFolder -Force", "a line of JSON", "ConvertFrom-Json | Remove-ImapFolder")]
    [InlineData("Set-ImapMessage -Message (Get-ImapMessage | Set-ImapMessage -Read -Summary), 'x' -Flagged",
        "the text 'x'", "Get-ImapMessage x | Set-ImapMessage")]
    public void The_wrong_kind_of_object_is_named(string script, string named, string instead)
    {
        string journal = Path.GetTempFileName();
        User.Deliver("INBOX", Message("x"));
        User.CreateFolder("Archive");
        User.CreateFolder("O'Neill & Co");
        Connect();
        Succeed("Get-ImapMessage | Set-ImapMessage -Flagged -JournalPath $journal", ("journal", journal));
        ErrorRecord error = AssertError(Run(script, ("journal", journal)), "ArgumentInvalid");
        Assert.Contains(named, error.ToString(), StringComparison.Ordinal);
        Assert.Contains(instead, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Single(Succeed("Get-Content $journal | ConvertFrom-Json | Get-ImapMessage", ("journal", journal)));
        File.Delete(journal);
    }

    [Theory]
    [InlineData("Get-ImapMessage | Move-ImapMessage Archive -PassThru -Summary | Move-ImapMessage Trash -PassThru "
        + "-Summary | Get-ImapMessage", "ImapMessage")]
    [InlineData("Get-ImapMessage | Move-ImapMessage Archive -PassThru -Summary | Copy-ImapMessage Trash -PassThru | Get-ImapMessageContent",
        "ImapMessageContent")]
    [InlineData("Get-ImapMessage | Set-ImapMessage -Read -PassThru -Summary", "ImapMessage,ImapChangeSummary")]
    [InlineData("Import-ImapMessage INBOX -Content \"Subject: x`r`n`r`nx\" -PassThru -Summary | Set-ImapMessage "
        + "-Flagged -PassThru -Summary", "ImapMessage,ImapChangeSummary")]
    [InlineData("Clear-ImapFolder INBOX -Force -PassThru -Summary | Get-ImapFolder", "ImapFolder")]
    public void A_summary_comes_last_and_does_not_break_a_pipeline(string script, string types)
    {
        User.Deliver("INBOX", Message("x"));
        User.CreateFolder("Archive");
        Connect();
        IReadOnlyList<PSObject> output = Succeed($"$ErrorActionPreference = 'Stop'; {script}");
        Assert.Equal(types.Split(','), output.Select(item => item.BaseObject.GetType().Name));
    }

    [Theory]
    [InlineData("Get-ImapMessage | Set-ImapMessage -Read -Summary | Assert-ImapMessage -AtLeast 1 -TimeoutSeconds 0")]
    [InlineData("Get-ImapMessage | Set-ImapMessage -Read -Summary | Wait-ImapMessage -TimeoutSeconds 0")]
    public void An_assertion_about_a_summary_is_refused(string script)
    {
        User.Deliver("INBOX", Message("x"));
        Connect();
        Assert.Contains("summary", AssertError(Run(script), "ArgumentInvalid").ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Header 'List-Id: announce'", 1)]
    [InlineData("-Header 'list-id:announce'", 1)]
    [InlineData("-Header 'List-Id:'", 2)]
    [InlineData("-Header 'List-Id: *list*', 'X-Spam-Score: 5'", 1)]
    [InlineData("-Header 'List-Id: announce', 'List-Id: other'", 2)]
    [InlineData("-Header @{ 'List-Id' = 'announce' }", 1)]
    public void A_header_may_be_text(string criterion, int count)
    {
        User.Deliver("INBOX", "List-Id: <announce.example.org>\r\n" + Message("a"));
        User.Deliver("INBOX", "List-Id: <other-list.example.org>\r\nX-Spam-Score: 5\r\n" + Message("b"));
        User.Deliver("INBOX", Message("c"));
        Connect();
        Assert.Equal(count, Succeed($"Get-ImapMessage {criterion}").Count);
        Assert.Equal(count > 0, Succeed($"Wait-ImapMessage {criterion} -TimeoutSeconds 0").Count > 0);
    }

    [Theory]
    [InlineData("Get-ImapMessage -Header List-Id")]
    [InlineData("Get-ImapMessage -Header 5")]
    [InlineData("Get-ImapMessage -Header ': x'")]
    [InlineData("Get-ImapMessage -Header 'List-Id: x', 5")]
    public void What_is_no_header_is_told_how_one_looks(string script)
    {
        Connect();
        ErrorRecord error = Assert.Single(Run(script).AllErrors);
        Assert.StartsWith("ParameterArgumentTransformationError,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("@{ 'List-Id' = 'x' }", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_UID_that_somebody_typed_was_not_read_before()
    {
        for (int i = 0; i < 3; i++) User.Deliver("INBOX", Message(Text($"{i}")));
        Connect();
        Succeed("$messages = Get-ImapMessage");
        await ExpungeAsync("2");
        Assert.Contains("next UID is 4", AssertError(Run("Get-ImapMessage -Uid 9999"), "MessageNotFound").ErrorDetails.RecommendedAction,
            StringComparison.Ordinal);
        Assert.Contains("next UID is 4", AssertError(Run("Get-ImapMessage -Uid (4..9)"), "MessageNotFound").ErrorDetails.RecommendedAction,
            StringComparison.Ordinal);

        ErrorRecord gone = AssertError(Run("Get-ImapMessage -Uid 2"), "MessageNotFound");
        Assert.DoesNotContain("next UID", gone.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain("since it was read", gone.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(2u, gone.TargetObject);
        Assert.Contains("since it was read",
            AssertError(Run("$messages | Get-ImapMessage"), "MessageNotFound").ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("since it was read",
            AssertError(Run("$messages | Set-ImapMessage -Read -Summary"),
            "MessageNotFound").ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void What_came_since_the_folder_was_opened_counts()
    {
        User.Deliver("INBOX", Message("x"));
        Connect();
        Succeed("Get-ImapMessage");
        User.Deliver("INBOX", Message("y"));
        Assert.Contains("next UID is 3", AssertError(Run("Get-ImapMessage -Uid 3"), "MessageNotFound").ErrorDetails.RecommendedAction,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$message | Set-ImapMessage -Read")]
    [InlineData("$folder | Get-ImapMessage")]
    [InlineData("Get-ImapMessage -Session $session")]
    [InlineData("Get-ImapMessage -Session $session.Id")]
    [InlineData("Get-ImapMessage -Session $session.Name")]
    [InlineData("Select-ImapSession $session")]
    public void A_session_that_was_closed_here_is_told_so(string script)
    {
        User.Deliver("INBOX", Message("x"));
        Connect();
        Succeed("$session = Get-ImapSession | Where-Object IsDefault; $message = Get-ImapMessage; $folder = "
            + "Get-ImapFolder INBOX; Disconnect-Imap $session");
        ErrorRecord error = AssertError(Run(script), "SessionNotFound");
        Assert.Contains("is closed", error.ToString(), StringComparison.Ordinal);
        Assert.Contains($"{User.Name}@localhost", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Connect again", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_of_another_process_is_not() =>
        Assert.Contains("another process",
            AssertError(Run("Get-ImapMessage -Session 2147483647"),
            "SessionNotFound").ErrorDetails.RecommendedAction, StringComparison.Ordinal);
}
