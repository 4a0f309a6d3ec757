using ImapPS.Sandbox;

namespace ImapPS.Tests.Scripted;

/// <summary>A server that says what a terminal would obey, wherever it can say anything.</summary>
public sealed class HostileServerTests : ScriptedTest
{
    private static string Words => Hostile.OnOneLine + "\u001b[31m\u009b2J" + new string('x', 5_000);

    protected override EngineOptions Options => new() { Width = 4_000 };

    [Theory]
    [InlineData("STATUS", "Get-ImapFolder INBOX")]
    [InlineData("EXAMINE", "Get-ImapMessage INBOX")]
    [InlineData("UID SEARCH", "Get-ImapMessage INBOX -Subject x")]
    [InlineData("UID FETCH", "Get-ImapMessage INBOX")]
    [InlineData("UID MOVE", "Get-ImapMessage INBOX | Move-ImapMessage Archive")]
    [InlineData("CREATE", "New-ImapFolder New")]
    public void Its_refusals_are_only_seen(string verb, string command)
    {
        Prepare();
        Server.On(verb, $"NO [CANNOT] {Words}");
        AssertClean(command);
    }

    [Theory]
    [InlineData("LOGIN", "NO")]
    [InlineData("NAMESPACE", "NO")]
    public void So_are_those_of_a_login(string verb, string status)
    {
        Server.On(verb, $"{status} {Words}");
        AssertClean("Connect-Imap 127.0.0.1 -Port $port -Security None -AllowPlaintext -Credential $credential -RetryCount 0 -Verbose");
    }

    [Fact]
    public void So_is_its_goodbye()
    {
        Server.Greet(ScriptedReply.Bye(Words));
        AssertClean("Connect-Imap 127.0.0.1 -Port $port -Security None -AllowPlaintext -Credential $credential -RetryCount 0");
    }

    [Fact]
    public void So_are_keywords_ids_types_and_names()
    {
        Server.Capabilities = "IMAP4rev1 LITERAL+ IDLE UIDPLUS MOVE NAMESPACE OBJECTID";
        Prepare();
        ScriptedMessage message = Server.Mailbox["INBOX"].Messages[0];
        message.Flags = @"\Seen $Work" + "\u202e\u2066\u200b";
        message.Items["EMAILID"] = "(M\u202e)";
        message.Items["THREADID"] = "(T\u2066)";
        message.BodyStructure = "(\"application\" \"x\u202e\" (\"name\" \"a\u202e\u2066.txt\") NIL NIL \"7bit\" "
            + "3 NIL (\"attachment\" (\"filename\" \"a\u202e\u2066.txt\")) NIL NIL)";
        Server.Mailbox.Folders.Add(new ScriptedFolder { Path = "x", WireName = "\"&IC4- &AAo-x&IGY-\"" });
        AssertClean("Get-ImapSession | Format-List; Get-ImapMessage INBOX; Get-ImapMessage INBOX | Format-List; "
            + "Get-ImapMessage INBOX | ForEach-Object Attachments; Get-ImapFolder | Format-List; Get-ImapFolder");
    }

    private void Prepare()
    {
        Server.Mailbox.Deliver("INBOX", "From: Ada <ada@example.org>\r\nSubject: One\r\n\r\nHello.\r\n");
        Server.Mailbox.CreateFolder("Archive");
        Connect();
    }

    private void AssertClean(string command)
    {
        string shown = Engine.Format(command,
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["port"] = Server.Port,
                ["credential"] = new SandboxAccess("", 0, 0, "", "alice", "secret").Credential,
            });
        Assert.NotEmpty(shown.Trim());
        Hostile.AssertClean(shown);
        Assert.DoesNotContain(new string('x', 2_000), shown, StringComparison.Ordinal);
    }
}
