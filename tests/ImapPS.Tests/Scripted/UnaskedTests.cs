using ImapPS.Sandbox;

namespace ImapPS.Tests.Scripted;

/// <summary>
/// What a server says of messages that it was not asked for, it may say; nothing is done with these messages. The fuzzer found the first of
/// these.
/// </summary>
public sealed class UnaskedTests : ScriptedTest
{
    [Fact]
    public void Messages_are_moved_by_their_numbers_and_no_others()
    {
        Fill("IMAP4rev1 LITERAL+ MOVE NAMESPACE");
        Server.On("UID FETCH",
            command => $"* 1 FETCH (UID 1)\n* 3 FETCH (UID 3 FLAGS (\\Flagged))\nOK done {command.Tag}", times: 1);
        Succeed("[pscustomobject]@{ Folder = 'INBOX'; UidValidity = 1; Uid = 1 } | Move-ImapMessage Archive");
        Assert.Equal([2u, 3u], Left());
        Assert.Single(Server.Mailbox["Archive"].Messages);
    }

    [Theory]
    [InlineData("1:2", "1:2")]
    [InlineData("3", "1")]
    public void Only_what_was_to_be_moved_is_expunged(string from, string to)
    {
        Fill("IMAP4rev1 LITERAL+ UIDPLUS NAMESPACE");
        Server.On("UID COPY", $"OK [COPYUID 1 {from} {to}] done");
        Run("[pscustomobject]@{ Folder = 'INBOX'; UidValidity = 1; Uid = 1 } | Move-ImapMessage Archive");
        Assert.Subset(Left().ToHashSet(), new HashSet<uint> { 2, 3 });
    }

    [Theory]
    [InlineData("IMAP4rev1 LITERAL+ UIDPLUS NAMESPACE", "UID COPY")]
    [InlineData("IMAP4rev1 LITERAL+ UIDPLUS MOVE NAMESPACE", "UID MOVE")]
    public void A_place_that_is_none_is_looked_for(string capabilities, string verb)
    {
        Fill(capabilities);
        Server.On(verb, ScriptedReply.After("OK [COPYUID 1 0 0] done"), times: 1);
        ImapPS.Models.ImapMessage moved = (ImapPS.Models.ImapMessage)Assert.Single(
            Succeed("Get-ImapMessage -Uid 1 | Move-ImapMessage Archive -PassThru")).BaseObject;
        Assert.Equal(("Archive", 1u), (moved.Folder, moved.Uid));
        Assert.Equal([2u, 3u], Left());
    }

    [Fact]
    public void A_move_that_is_cut_is_looked_up_for_what_was_to_be_moved()
    {
        Fill("IMAP4rev1 LITERAL+ UIDPLUS MOVE NAMESPACE");
        Server.On("UID MOVE", ScriptedReply.Cut, times: 1);
        Server.On(command => command.Line.EndsWith("UID FETCH 1 (UID)", StringComparison.Ordinal),
            "* 1 FETCH (UID 1)\n* 3 FETCH (UID 3 FLAGS ())\n* 2 FETCH (FLAGS ())", times: 1);
        Succeed("Get-ImapMessage -Uid 1 | Move-ImapMessage Archive");
        Assert.Equal([2u, 3u], Left());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("4294967295")]
    public void A_next_UID_that_is_none_does_no_harm(string next)
    {
        Fill("IMAP4rev1 LITERAL+ UIDPLUS MOVE NAMESPACE");
        Server.On("STATUS", $"* STATUS \"Archive\" (MESSAGES 0 UIDNEXT {next} UIDVALIDITY 1 UNSEEN 0)");
        Server.On("UID MOVE", ScriptedReply.Cut, times: 1);
        Assert.DoesNotContain(Run("Get-ImapMessage -Uid 1 | Move-ImapMessage Archive; Get-ImapFolder").AllErrors, error =>
            error.FullyQualifiedErrorId.StartsWith("Unexpected", StringComparison.Ordinal));
        Assert.Equal([2u, 3u], Left());
    }

    [Fact]
    public void A_search_among_messages_finds_none_beside()
    {
        Fill("IMAP4rev1 LITERAL+ NAMESPACE");
        Server.On("UID SEARCH", "* SEARCH 1 2 3");
        Assert.Equal("1", string.Join(' ', Succeed("(Get-ImapMessage -Uid 1 -Unread).Uid")));
    }

    private IEnumerable<uint> Left() => Server.Mailbox["INBOX"].Messages.Select(message => message.Uid);

    private void Fill(string capabilities)
    {
        Server.Capabilities = capabilities;
        for (int i = 1; i <= 3; i++) Server.Mailbox.Deliver("INBOX", $"Subject: message {i}\r\nMessage-ID: <{i}@x>\r\n\r\nText\r\n");
        Server.Mailbox.CreateFolder("Archive");
        Connect("-RetryCount 2");
    }
}
