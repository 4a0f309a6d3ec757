using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Changing;

/// <summary>What is in the destination already is not moved, nor said to be.</summary>
public sealed class MoveInPlaceTests(MailServer mail) : ChangeTest(mail)
{
    private string Journal =>
        Path.Combine(Directory.CreateDirectory(Path.Combine(Dovecot.Directory, "journals", User.Name)).FullName, "journal.jsonl");

    [Theory]
    [InlineData("Get-ImapMessage INBOX", "INBOX")]
    [InlineData("Get-ImapMessage INBOX", "inbox -CreateFolder")]
    [InlineData("1, 2 | ForEach-Object { [pscustomobject]@{ Folder = 'Inbox'; Uid = $_ } }", "INBOX")]
    [InlineData("Get-ImapMessage Archive", "Archive")]
    [InlineData("Get-ImapMessage Archive", "-SpecialUse Trash", 2)]
    public void It_is_neither_sent_nor_counted_nor_journaled(string messages, string destination, int changed = 0)
    {
        Deliver(2);
        Deliver(2, "Archive");
        Connect();
        EngineResult result =
            Run($"{messages} | Move-ImapMessage {destination} -Summary -JournalPath $journal -Verbose", ("journal", Journal));
        Assert.Empty(result.AllErrors);
        Assert.Equal(changed, Property<int>(Assert.Single(result.Output), "Messages"));
        Assert.Equal(changed, File.ReadAllLines(Journal).Length);
        Assert.Equal(changed > 0 ? 0 : 2, result.Verbose.Count(line => line.EndsWith("' already.", StringComparison.Ordinal)));
        Assert.Equal(changed, result.Verbose.Count(line => line.StartsWith("Performing the operation", StringComparison.Ordinal)));
        if (changed == 0) AssertNothingWasChanged();
    }

    [Fact]
    public void The_others_are_moved_and_PassThru_emits_both()
    {
        Deliver(2);
        Deliver(1, "Archive");
        Connect();
        IReadOnlyList<PSObject> emitted = Succeed("Get-ImapMessage Archive, INBOX | Move-ImapMessage INBOX -PassThru");
        Assert.Equal([1u, 2u, 3u], emitted.Select(message => Property<uint>(message, "Uid")).Order());
        Assert.All(emitted, message => Assert.Equal("INBOX", Property<string>(message, "Folder")));
        Assert.All(emitted, message => Assert.StartsWith("message ", Property<string>(message, "Subject"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("INBOX")]
    [InlineData("inbox -CreateFolder")]
    public void WhatIf_says_that_nothing_would_be_done(string destination)
    {
        Deliver(2);
        Connect();
        string told = Engine.Format($"Get-ImapMessage | Move-ImapMessage {destination} -WhatIf");
        Assert.Equal(2, told.Split("What if: ").Length - 1);
        Assert.Equal(2, told.Split("Nothing would be done.").Length - 1);
        AssertNothingWasChanged();
    }

    [Fact]
    public void Confirm_does_not_ask_about_it()
    {
        Deliver(1);
        Connect();
        (EngineResult result, IReadOnlyList<SandboxPrompt> asked) =
            Ask("Get-ImapMessage -Session $id | Move-ImapMessage INBOX -Confirm -PassThru");
        Assert.Empty(result.AllErrors);
        Assert.Empty(asked);
        Assert.Single(result.Output);
    }

    [Fact]
    public void A_copy_into_the_same_folder_is_a_copy()
    {
        Deliver(1);
        Connect();
        Assert.Equal(2u, Property<uint>(Assert.Single(Succeed("Get-ImapMessage | Copy-ImapMessage INBOX -PassThru")), "Uid"));
    }
}
