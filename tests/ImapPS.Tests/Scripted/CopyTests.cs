using ImapPS.Sandbox;

namespace ImapPS.Tests.Scripted;

/// <summary>Whether two messages that are alike are two: what servers say, and what they do not.</summary>
public sealed class CopyTests : ScriptedTest
{
    [Fact]
    public void Folders_that_were_made_in_the_same_second_are_two()
    {
        Put("INBOX", "one", "two");
        Put("Other", "two", "one");
        Connect();
        Assert.Equal(["Other 1", "Other 2"], Found());
    }

    [Fact]
    public void What_the_one_folder_has_had_before_and_the_other_has_shows_it()
    {
        Put("INBOX", "one", "two");
        Server.Mailbox["INBOX"].Messages.RemoveAt(1);
        Server.Mailbox["INBOX"].UidNext = 3;
        Put("Other", "one", "two");
        Connect();
        Assert.Equal(["Other 1"], Found());
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("F1 F1", 0)]
    [InlineData("F1 F2", 0)]
    public void In_doubt_they_are_one_and_a_warning_says_so(string ids, int warnings)
    {
        Put("INBOX", "one", "two");
        Put("Other", "one", "two");
        Server.Mailbox["INBOX"].UidNext = Server.Mailbox["Other"].UidNext = 3;
        if (ids.Length > 0) Identify(ids.Split(' '));
        Connect();
        EngineResult result = Run("Find-ImapDuplicate");
        Assert.Equal(ids == "F1 F2" ? 2 : 0, result.Output.Count);
        Assert.Equal(warnings, result.Warnings.Count);
    }

    [Fact]
    public void A_copy_is_not_removed_when_the_other_is_gone()
    {
        Put("INBOX", "one", "two");
        Put("Other", "two", "one");
        Connect();
        Succeed("$found = Find-ImapDuplicate");
        Server.Mailbox["INBOX"].Messages.RemoveAt(0);
        AssertError(Run("$found | Remove-ImapMessage -Permanent -Force"), "MessageNotFound");
        Assert.Equal(2u, Assert.Single(Server.Mailbox["Other"].Messages).Uid);
    }

    [Fact]
    public void Where_no_mark_tells_one_goes_and_then_none()
    {
        Put("INBOX", "one", "two", "three");
        Put("Other", "three", "two", "one");
        Connect();
        Server.On(
            command =>
            {
                // The same messages, in a view that keeps marks of its own.
                if (command.Verb == "UID EXPUNGE") Server.Mailbox["INBOX"].Messages.RemoveAt(2);
                return false;
            },
            "OK done");
        AssertError(Run("Find-ImapDuplicate | Remove-ImapMessage -Permanent -Force"), "NotACopy");
        Assert.Equal(2, Server.Mailbox["INBOX"].Messages.Count);
        Assert.Equal(2, Server.Mailbox["Other"].Messages.Count);
    }

    [Fact]
    public void Both_copies_of_a_message_are_not_removed_in_one_pipeline()
    {
        Put("INBOX", "one", "one");
        Connect();
        Succeed("$a = Find-ImapDuplicate INBOX; $b = $a | Select-Object *; $b.Uid = 1; $b.KeptUid = 2");
        AssertError(Run("$b, $a | Remove-ImapMessage -Permanent -Force"), "MessageNotFound");
        Assert.Equal("", Assert.Single(Server.Mailbox["INBOX"].Messages).Flags);
    }

    private void Identify(string[] ids)
    {
        Server.Capabilities += " OBJECTID";
        Server.Mailbox["INBOX"].MailboxId = ids[0];
        Server.Mailbox["Other"].MailboxId = ids[1];
    }

    private void Put(string folder, params string[] ids)
    {
        foreach (string id in ids) Server.Mailbox.Deliver(folder, $"Message-ID: <{id}@x>\nSubject: {id}\n\n{id}\n");
    }

    private IEnumerable<string> Found() => Succeed("Find-ImapDuplicate | ForEach-Object { \"$($_.Folder) $($_.Uid)\" }")
        .Select(line => line.ToString());
}
