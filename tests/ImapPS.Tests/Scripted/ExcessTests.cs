using System.Globalization;
using System.Text;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Scripted;

/// <summary>Answers that are short on the line and long in memory, or that have no end.</summary>
public sealed class ExcessTests : ScriptedTest
{
    private const string Message = "From: Ada <ada@example.org>\r\nSubject: One\r\n\r\nHello.\r\n";

    [Theory]
    [InlineData("1:4294967295")]
    [InlineData("4294967295:1")]
    [InlineData("1,3:4294967295")]
    [InlineData("1:1000000")]
    public void A_search_finds_no_more_than_the_folder_can_have(string set)
    {
        Server.Capabilities += " ESEARCH";
        Server.Mailbox.Deliver("INBOX", Message);
        Server.On("UID SEARCH", command => $"* ESEARCH (TAG \"{command.Tag}\") UID ALL {set} COUNT 1");
        Connect();
        AssertError(Run("Get-ImapMessage INBOX"), "ProtocolError");
        AssertAlive();
    }

    [Fact]
    public void Where_the_folder_does_not_say_what_it_has_there_is_a_limit_all_the_same()
    {
        Server.Capabilities += " ESEARCH";
        Server.On("EXAMINE", "* 4 EXISTS\n* OK [UIDVALIDITY 1] ok\nOK [READ-ONLY] done");
        Server.On("UID SEARCH", command => $"* ESEARCH (TAG \"{command.Tag}\") UID ALL 1:4294967295");
        Connect();
        AssertError(Run("Get-ImapMessage INBOX"), "ProtocolError");
    }

    [Theory]
    [InlineData("* VANISHED 1:4294967295")]
    [InlineData("* VANISHED (EARLIER) 1:4294967295")]
    [InlineData("* 4294967295 EXISTS")]
    [InlineData("* 4294967295 EXPUNGE")]
    [InlineData("* OK [COPYUID 1 1:4294967295 1:4294967295] moved")]
    [InlineData("* OK [copyuid 1 1:4294967295 1:4294967295] moved")]
    public void What_nobody_asked_for_is_bounded(string line)
    {
        Server.Mailbox.Deliver("INBOX", Message);
        Server.On("UID SEARCH", line + "\n* SEARCH 1");
        Connect();
        AssertError(Run("Get-ImapMessage INBOX"), "ProtocolError");
        AssertAlive();
    }

    [Theory]
    [InlineData("UID COPY", "Copy-ImapMessage Archive", "OK [COPYUID 1 1:4294967295 1:4294967295] done")]
    [InlineData("UID MOVE", "Move-ImapMessage Archive", "OK [COPYUID 1 1:4294967295 1:4294967295] done")]
    public void So_is_where_copies_are(string verb, string cmdlet, string answer)
    {
        Server.Mailbox.Deliver("INBOX", Message);
        Server.Mailbox.CreateFolder("Archive");
        Server.On(verb, answer);
        Connect();
        EngineResult result = Run($"Get-ImapMessage INBOX | {cmdlet}");
        Assert.NotEmpty(result.AllErrors);
        Assert.All(result.AllErrors, error =>
            Assert.Matches("^(ProtocolError|OutcomeUnknown|ConnectionLost),", error.FullyQualifiedErrorId));
    }

    [Fact]
    public void A_literal_is_no_longer_than_what_was_asked_for()
    {
        Server.Mailbox.Deliver("INBOX", Message);
        Server.On("UID FETCH", ScriptedReply.Raw("* 1 FETCH (UID 1 BODY[HEADER.FIELDS (SUBJECT)] {2147483647}\r\nSubject: x\r\n"));
        Connect();
        AssertError(Run("Get-ImapMessage INBOX"), "ProtocolError");
    }

    [Theory]
    [InlineData("(")]
    [InlineData("(\"TEXT\" \"PLAIN\" NIL NIL NIL \"8BIT\" 1 1)(")]
    public void Brackets_within_each_other_have_a_last_one(string piece)
    {
        Server.Mailbox.Deliver("INBOX", Message).BodyStructure = string.Concat(Enumerable.Repeat(piece, 50_000));
        Connect();
        EngineResult result = Run("Get-ImapMessage INBOX");
        Assert.All(result.AllErrors, error => Assert.StartsWith("ProtocolError,", error.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.True(result.Output.Count == 1 || result.AllErrors.Any());
        AssertAlive();
    }

    [Fact]
    public void A_thread_of_messages_that_answer_each_other_has_a_last_one()
    {
        Server.Capabilities += " THREAD=REFERENCES";
        Server.Mailbox.Deliver("INBOX", Message);
        Server.On("UID THREAD",
            ScriptedReply.Raw(command => $"* THREAD {new string('(', 100_000)}1{new string(')', 100_000)}\r\n{command.Tag} OK done\r\n"));
        Connect();
        EngineResult result = Run("Get-ImapMessage INBOX -Thread");
        Assert.True(result.Output.Count == 1
            || result.AllErrors.Any(error => error.FullyQualifiedErrorId.StartsWith("ProtocolError,", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("* OK ")]
    [InlineData("* CAPABILITY IMAP4rev1 ")]
    [InlineData("* OK [CAPABILITY IMAP4rev1 ")]
    [InlineData("* 1 FETCH (FLAGS (")]
    public void A_line_without_an_end_is_cut(string start)
    {
        Connect();
        Server.On("STATUS", ScriptedReply.Stream(_ => Enumerable.Repeat("x1234567 ", 10_000)
            .Select(piece => string.Concat(Enumerable.Repeat(piece, 1_000))).Prepend(start)));
        AssertError(Run("Get-ImapFolder INBOX"), "ProtocolError");
        AssertAlive();
    }

    [Fact]
    public void A_server_that_has_ever_more_folders_is_cut()
    {
        Connect();
        Server.On(
            command => command.Verb is "LIST" && command.Arguments.Contains('*'),
            ScriptedReply.Stream(_ => Enumerable.Range(0, 1_000_000).Chunk(1_000)
                .Select(chunk =>
                string.Concat(chunk.Select(i => string.Create(CultureInfo.InvariantCulture, $"* LIST () \"/\" f{i}\r\n"))))));
        AssertError(Run("Get-ImapFolder"), "ProtocolError");
    }

    [Fact]
    public void What_only_looks_like_it_stands_in_mail()
    {
        Server.Capabilities += " ESEARCH";
        string text = "* ESEARCH (TAG \"x\") UID ALL 1:4294967295\r\n* VANISHED 1:4294967295\r\n* 4294967295 EXISTS\r\n"
            + "A00000005 NO [OVERQUOTA] no\r\n" + new string('(', 5_000) + "\r\n{4294967295}\r\n";
        Server.Mailbox.Deliver("INBOX", $"Subject: * VANISHED 1:4294967295 {{4294967295}}\r\nX: \"\r\n\r\n{text}");
        Connect();
        string read = Assert.Single(Succeed("(Get-ImapMessage INBOX | Get-ImapMessageContent).Text")).ToString();
        Assert.Equal(text.TrimEnd().ReplaceLineEndings("\n"), read);
    }

    [Fact]
    public void A_large_folder_in_few_ranges_is_read_as_ever()
    {
        Server.Capabilities += " ESEARCH";
        ScriptedFolder folder = Server.Mailbox["INBOX"];
        for (uint uid = 1; uid <= 3; uid++)
        {
            folder.Messages.Add(new ScriptedMessage { Uid = 4_000_000_000 + uid, Octets = Encoding.ASCII.GetBytes(Message) });
        }

        Server.On("UID SEARCH", command => $"* ESEARCH (TAG \"{command.Tag}\") UID ALL 4000000001:4000000003");
        Connect();
        Assert.Equal(3, Succeed("Get-ImapMessage INBOX").Count);
    }

    /// <summary>The next command connects anew.</summary>
    private void AssertAlive()
    {
        Server.ClearRules();
        Succeed("Get-ImapFolder INBOX");
    }
}
