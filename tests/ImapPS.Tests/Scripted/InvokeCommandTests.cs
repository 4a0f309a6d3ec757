using System.Management.Automation;
using System.Text;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Scripted;

/// <summary>What a server may answer to a command of the user's, and what becomes of the session.</summary>
public sealed class InvokeCommandTests : ScriptedTest
{
    [Fact]
    public void The_answer_comes_whole()
    {
        Server.On("XLIST", ScriptedReply.Raw(command =>
            "* XLIST (\\HasNoChildren) \"/\" {6}\r\na\r\nb{3\r\n* XLIST x\r\n* 3 X-ODD ((\"a\" {0}\r\n))\r\n"
            + $"* LIST (\\What (x)) NIL\r\n* STATUS\r\n* METADATA (\r\n{command.Tag} OK [X-DONE a b] All of it\r\n"));
        Connect();
        PSObject result = Assert.Single(Succeed("Invoke-ImapCommand 'xlist \"\" \"*\"'"));
        Assert.Equal("XLIST \"\" \"*\"", Server.Commands[^1].Line[10..]);
        Assert.Equal(["OK", "X-DONE", "a b", "All of it"], Of(result, "Status", "Code", "CodeArgument", "Text"));
        Assert.Equal(
            [
                "XLIST (\\HasNoChildren) \"/\" {6}|a\r\nb{3", "XLIST x|", "3 X-ODD ((\"a\" {0}))|", "LIST (\\What (x)) NIL|", "STATUS|",
                "METADATA (|",
            ],
            Succeed("$r.Untagged | ForEach-Object { \"$($_.Text)|$($_.Literals)\" }", ("r", result)).Select(line => $"{line}"));
        Succeed("Get-ImapFolder");
        Assert.Equal(1, Server.Connections);
    }

    [Fact]
    public void Octets_stay_octets()
    {
        Server.On("XGET", ScriptedReply.Raw(command => $"* XGET ~{{3}}\r\n\0\udcff\n\r\n{command.Tag} OK\r\n"));
        Connect();
        Assert.Equal(["False", "3", "0 255 10"],
            Succeed("$l = (Invoke-ImapCommand XGET).Untagged.Literals[0]; $l.IsText; $l.Size; \"$($l.GetBytes())\"").Select(t => $"{t}"));
    }

    [Fact]
    public void Arguments_are_written_as_IMAP_has_them()
    {
        Server.Mailbox.CreateFolder("Entwürfe");
        Server.On("XSET", "OK done");
        Connect();
        Succeed("Invoke-ImapCommand XSET 'two words', 'a\"b', 'Grüße', 5, ([NullString]::Value), @('STORAGE', 512), ([byte[]] (1, 0, 2)), "
            + "(Get-ImapFolder Entwürfe) | Out-Null");
        ScriptedCommand sent = Server.Commands.Last(command => command.Verb == "XSET");
        Assert.Equal("\"two words\" \"a\\\"b\" {7} 5 NIL (STORAGE 512) ~{3} Entw&APw-rfe", sent.Arguments);
        Assert.Equal(["Grüße", "\u0001\0\u0002"], sent.Literals.Select(Encoding.UTF8.GetString));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" LITERAL+")]
    [InlineData(" LITERAL-")]
    public void No_literal_goes_unasked(string capability)
    {
        Server.Capabilities = $"IMAP4rev1 NAMESPACE METADATA{capability}";
        Server.On("XSET", "OK done");
        Server.On("SETMETADATA", "OK done");
        Connect();
        Succeed("Invoke-ImapCommand XSET Grüße, Größe, b, ([byte[]] (1, 2))");
        Assert.Equal("{7} {7} b {2}", Server.Commands[^1].Arguments);
        Succeed("Set-ImapMetadata INBOX /private/comment Grüße");
        Assert.Equal("INBOX (/private/comment {7})", Server.Commands[^1].Arguments);

        // What the server offers is used again by all other commands.
        Succeed("Get-ImapMessage -Text Grüße");
        Assert.Contains(Server.Commands, command => command.Line.Contains(capability.Length > 0 ? "{7+}" : "{7}", StringComparison.Ordinal)
            && command.Line.Contains("SEARCH", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("NO [NOPERM] Not yours", "PermissionDenied", "NOPERM")]
    [InlineData("NO Not here", "CommandRejected", "")]
    [InlineData("BAD Unknown command", "CommandRejected", "")]
    [InlineData("NO [INUSE] Later", "ServerBusy", "INUSE")]
    public void A_refusal_is_an_error_or_an_answer(string answer, string id, string code)
    {
        Server.On("XDO", answer);
        Connect("-RetryCount 3 -RetryDelaySeconds 0.01");
        AssertError(Run("Invoke-ImapCommand XDO"), id);
        Assert.Equal(1, Server.Count("XDO"));
        PSObject result = Assert.Single(Succeed("Invoke-ImapCommand XDO -SkipStatusCheck"));
        Assert.Equal([answer.Split(' ')[0], code], Of(result, "Status", "Code"));
        Assert.Equal(1, Server.Connections);
    }

    public static TheoryData<string> Endings => ["cut", "bye", "garble", "excess", "mid-line", "asks"];

    /// <summary>It is not known what it did, it is never sent again, and the session goes on.</summary>
    [Theory]
    [MemberData(nameof(Endings))]
    public void A_command_is_never_sent_twice(string ending)
    {
        Server.On("XDO", ending switch
        {
            "cut" => ScriptedReply.Cut,
            "bye" => ScriptedReply.Bye("Going down"),
            "garble" => ScriptedReply.Raw("\0\0(((\r\n* ( \"x\r\n"),
            "excess" => ScriptedReply.Raw("* XDO {4000000000}\r\n"),
            "asks" => ScriptedReply.Raw(string.Concat(Enumerable.Repeat("+ more\r\n", 100))),
            _ => ScriptedReply.Raw("* XDO {50}\r\nshort", thenCut: true),
        });
        Connect("-RetryCount 3 -RetryDelaySeconds 0.01");
        ErrorRecord error = AssertError(Run("Invoke-ImapCommand XDO"), "OutcomeUnknown");
        Assert.Contains("XDO", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, Server.Count("XDO"));
        Assert.Equal(["Broken"], Succeed("(Get-ImapSession | Where-Object IsDefault).State").Select(state => $"{state}"));
        Succeed("Get-ImapFolder");
        Assert.Equal(2, Server.Connections);
        Assert.Equal(1, Server.Count("XDO"));
    }

    [Fact]
    public void A_server_that_does_not_answer_is_left_in_time()
    {
        Server.On("XDO", ScriptedReply.Stall);
        Connect("-TimeoutSeconds 1");
        AssertError(Run("Invoke-ImapCommand XDO"), "OutcomeUnknown");
        Succeed("Get-ImapFolder");
    }

    [Fact]
    public async Task What_Ctrl_C_cuts_is_told_by_the_next_command()
    {
        Server.On("XDO", ScriptedReply.Stall);
        Connect();
        Task<EngineResult> running = RunAsync("Invoke-ImapCommand XDO");
        await Server.WaitForAsync(server => server.Count("XDO") == 1, Cancellation);
        await Engine.StopAsync();
        Assert.True((await running).Stopped);
        EngineResult next = await RunAsync("Get-ImapFolder");
        Assert.Empty(next.AllErrors);
        Assert.Contains("XDO", Assert.Single(next.Warnings).ToString(), StringComparison.Ordinal);
        Assert.Equal(1, Server.Count("XDO"));
    }

    [Fact]
    public void A_server_that_asks_for_more_gets_an_empty_line()
    {
        Server.On("XDO", ScriptedReply.Raw(command => $"+ and?\r\n{command.Tag} OK done\r\n"));
        Connect();
        Assert.Equal(["OK done"], Succeed("Invoke-ImapCommand XDO").Select(result => $"{result}"));
    }

    [Fact]
    public void What_is_said_of_the_folder_meanwhile_is_taken_notice_of()
    {
        for (int i = 1; i <= 3; i++) Server.Mailbox.Deliver("INBOX", $"Subject: {i}\r\n\r\nx\r\n");
        Server.Mailbox.CreateFolder("Archive");
        Server.Capabilities = "IMAP4rev1 LITERAL+ MOVE NAMESPACE UNSELECT";
        Server.On("XDO", ScriptedReply.Raw(command =>
        {
            // Another client removes the first message, and one arrives.
            Server.Mailbox["INBOX"].Messages.RemoveAt(0);
            Server.Mailbox.Deliver("INBOX", "Subject: 4\r\n\r\nx\r\n");
            return $"* 1 EXPUNGE\r\n* 3 EXISTS\r\n* 1 FETCH (FLAGS (\\Seen) X-ODD (a b))\r\n{command.Tag} OK done\r\n";
        }));
        Connect();
        Succeed("$all = Get-ImapMessage");
        Succeed("$null = Invoke-ImapCommand XDO -Folder INBOX");
        Assert.Equal(["2", "3", "4"], Succeed("Get-ImapMessage").Select(message => $"{message.Properties["Uid"].Value}"));
        Succeed("$all | Where-Object Uid -eq 3 | Move-ImapMessage Archive");
        Assert.Equal([2u, 4u], Server.Mailbox["INBOX"].Messages.Select(message => message.Uid));
    }

    [Theory]
    [InlineData("UNSELECT", "UNSELECT")]
    [InlineData("", "EXAMINE")]
    public void Without_a_folder_none_is_selected_that_it_could_change(string capability, string verb)
    {
        Server.Mailbox.Deliver("INBOX", "Subject: x\r\n\r\nx\r\n");
        Server.Mailbox.CreateFolder("Archive");
        Server.Capabilities = $"IMAP4rev1 LITERAL+ UIDPLUS NAMESPACE {capability}".TrimEnd();
        Server.On("XDO", "OK done");
        Connect();
        Succeed("Get-ImapMessage | Set-ImapMessage -Flagged");
        Succeed("Invoke-ImapCommand XDO");
        Assert.Equal([verb, "XDO"], Server.Commands.TakeLast(2).Select(command => command.Verb));
    }

    [Fact]
    public void A_compressed_connection_is_no_different()
    {
        Server.Capabilities += " COMPRESS=DEFLATE";
        Server.On("XDO", "* XDO one\nOK done");
        Connect("-Compression On");
        Assert.Equal(["True", "XDO one"],
            Succeed("(Get-ImapSession | Where-Object IsDefault).IsCompressed; (Invoke-ImapCommand XDO).Untagged.Text")
                .Select(text => $"{text}"));
        Succeed("Get-ImapFolder");
        Assert.Equal(1, Server.Connections);
    }

    [Fact]
    public void The_log_has_the_command()
    {
        string log = Path.GetTempFileName();
        Server.On("XDO", "OK done");
        Connect($"-ProtocolLogPath {log}");
        Succeed("$null = Invoke-ImapCommand XDO a; Disconnect-Imap");
        string said = File.ReadAllText(log);
        Assert.Contains("XDO a", said, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", said, StringComparison.Ordinal);
        File.Delete(log);
    }

    [Fact]
    public void A_long_line_has_a_bound_and_less_is_taken()
    {
        Server.On("XBIG", ScriptedReply.Raw(command => $"* XBIG {new string('x', 1_000_000)}\r\n{command.Tag} OK\r\n"));
        Server.On("XHUGE", ScriptedReply.Stream(_ => Enumerable.Repeat(new string('x', 100_000), 100).Prepend("* XHUGE ")));
        Connect();
        Assert.Equal([1_000_005], Succeed("(Invoke-ImapCommand XBIG).Untagged[0].Text.Length").Select(length => (int)length.BaseObject));
        AssertError(Run("Invoke-ImapCommand XHUGE"), "OutcomeUnknown");
    }

    private static string[] Of(PSObject result, params string[] names) => [.. names.Select(name => $"{result.Properties[name].Value}")];
}
