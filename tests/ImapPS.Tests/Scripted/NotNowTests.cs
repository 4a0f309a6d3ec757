using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Scripted;

/// <summary>"Not now" is waited out; "no" is told with the server's words.</summary>
public sealed class NotNowTests : ScriptedTest
{
    private const string Patient = "-RetryCount 3 -RetryDelaySeconds 0.01";

    [Theory]
    [InlineData("NO [UNAVAILABLE] User database is down")]
    [InlineData("NO [INUSE] The mailbox is in use")]
    [InlineData("NO [LIMIT] Too many connections")]
    [InlineData("NO [ALERT] Too many simultaneous connections. (Failure)")]
    [InlineData("NO Server Unavailable. 15")]
    [InlineData("NO Temporary authentication failure, try again later")]
    [InlineData("BAD Request is throttled. Suggested Backoff Time: 20 milliseconds")]
    public void A_login_refused_for_the_moment_is_tried_again(string answer)
    {
        Server.On("LOGIN", answer, times: 2);
        Connect(Patient);
        Assert.Equal(3, Server.Count("LOGIN"));
    }

    [Theory]
    [InlineData("LOGIN")]
    [InlineData("")]
    public void So_is_one_that_ends_with_BYE(string verb)
    {
        ScriptedReply bye = ScriptedReply.Bye("[UNAVAILABLE] Too many simultaneous connections. (Failure)");
        if (verb.Length == 0) Server.Greet(bye, times: 2);
        else Server.On(verb, bye, times: 2);
        Connect(Patient);
        Assert.Equal(3, Server.Connections);
    }

    [Fact]
    public void When_the_retries_are_used_up_the_server_is_busy()
    {
        Server.On("LOGIN", "NO [UNAVAILABLE] Later, please");
        ErrorRecord error = AssertError(TryConnect(Patient), "ServerBusy");
        Assert.Equal(ErrorCategory.ResourceBusy, error.CategoryInfo.Category);
        Assert.Contains("Later, please", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(4, Server.Count("LOGIN"));
    }

    [Theory]
    [InlineData("NO [AUTHENTICATIONFAILED] Too many failed attempts, try again later")]
    [InlineData("NO Invalid credentials")]
    [InlineData("NO Your account is temporarily locked")]
    [InlineData("NO")]
    public void A_wrong_password_is_never_tried_twice(string answer)
    {
        Server.On("LOGIN", answer);
        AssertError(TryConnect(Patient), "AuthenticationFailed");
        Assert.Equal(1, Server.Count("LOGIN"));
    }

    [Theory]
    [InlineData("NO [EXPIRED] Set a new one at https://mail.example.org/password", "has expired")]
    [InlineData("NO [PRIVACYREQUIRED] Not in clear", "StartTls")]
    [InlineData("NO [CONTACTADMIN] Your account is on hold", "administrator")]
    [InlineData("NO [AUTHORIZATIONFAILED] You may not open bob's mail", "may not open")]
    [InlineData("NO [ALERT] Application-specific password required: https://support.example.org (Failure)", "made for applications")]
    public void A_refused_login_is_told_with_the_servers_words_and_the_remedy(string answer, string remedy)
    {
        Server.On("LOGIN", answer);
        ErrorRecord error = AssertError(TryConnect(Patient), "AuthenticationFailed");
        Assert.Contains(answer.Split(']')[^1].Trim(), error.ToString(), StringComparison.Ordinal);
        Assert.Contains(remedy, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(1, Server.Count("LOGIN"));
    }

    [Fact]
    public void So_is_one_with_a_mechanism()
    {
        Server.Capabilities = "IMAP4rev1 SASL-IR AUTH=PLAIN";
        Server.On("AUTHENTICATE", "NO [EXPIRED] Your password has expired");
        Assert.Contains("Your password has expired", AssertError(TryConnect(), "AuthenticationFailed").ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_takes_no_password_in_clear_gets_none()
    {
        Server.Capabilities = "IMAP4rev1 STARTTLS LOGINDISABLED";
        AssertError(TryConnect(), "PlaintextRefused");
        Assert.Equal(0, Server.Count("LOGIN"));
    }

    [Theory]
    [InlineData("EXAMINE", "Get-ImapMessage")]
    [InlineData("UID SEARCH", "Get-ImapMessage")]
    [InlineData("UID FETCH", "Get-ImapMessage")]
    [InlineData("LIST", "Get-ImapFolder | Where-Object Path -eq INBOX | Get-ImapMessage")]
    [InlineData("UID STORE", "Get-ImapMessage | Set-ImapMessage -Flagged -PassThru")]
    [InlineData("UID COPY", "Get-ImapMessage | Copy-ImapMessage Done -PassThru")]
    [InlineData("UID MOVE", "Get-ImapMessage | Move-ImapMessage Done -PassThru")]
    [InlineData("APPEND", "Import-ImapMessage Done -Content (1..3 | ForEach-Object { \"Subject: $_`r`n`r`nx\" }) -PassThru")]
    public void Any_command_refused_for_the_moment_is_sent_again(string verb, string command)
    {
        Fill(3);
        Connect(Patient);
        Server.On(verb, "NO Request is throttled. Suggested Backoff Time: 20 milliseconds", times: 2);
        Assert.Equal(3, Succeed(command).Count);
        if (command.Contains("Done", StringComparison.Ordinal)) Assert.Equal(3, Server.Mailbox["Done"].Messages.Count);
    }

    [Theory]
    [InlineData("UID COPY", "Get-ImapMessage | Copy-ImapMessage Done")]
    [InlineData("UID MOVE", "Get-ImapMessage | Move-ImapMessage Done")]
    [InlineData("APPEND", "Import-ImapMessage Done -Content \"Subject: x`r`n`r`nx\"")]
    public void A_change_that_is_refused_to_the_end_has_done_nothing_and_says_no_more(string verb, string command)
    {
        Fill(3);
        Connect(Patient);
        Server.On(verb, "NO [UNAVAILABLE] Later");
        Assert.Equal(["ServerBusy"], Ids(Run(command)).Distinct());
        Assert.Equal(4, Server.Count(verb));
        Assert.Equal(3, Server.Mailbox["INBOX"].Messages.Count);
        Assert.Empty(Server.Mailbox["Done"].Messages);
    }

    [Theory]
    [InlineData("UID COPY", "Get-ImapMessage | Copy-ImapMessage Done")]
    [InlineData("UID MOVE", "Get-ImapMessage | Move-ImapMessage Done")]
    public void A_login_refused_in_the_midst_of_a_change_leaves_it_unknown(string verb, string command)
    {
        Fill(3);
        Connect(Patient);
        int logins = Server.Count("LOGIN");
        Server.On(verb, ScriptedReply.Cut);
        Server.On("LOGIN", "NO [UNAVAILABLE] User database is down");
        Assert.Equal(["OutcomeUnknown", "OutcomeUnknown", "OutcomeUnknown", "ServerBusy"], Ids(Run(command)));
        Assert.Equal(4, Server.Count("LOGIN") - logins);
    }

    [Theory]
    [InlineData("UID COPY", "Get-ImapMessage | Copy-ImapMessage Done", "NO [AUTHENTICATIONFAILED] Changed", "AuthenticationFailed")]
    [InlineData("UID MOVE", "Get-ImapMessage | Move-ImapMessage Done", "NO [AUTHENTICATIONFAILED] Changed", "AuthenticationFailed")]
    public void So_does_one_that_is_refused_for_good(string verb, string command, string answer, string id)
    {
        Fill(3);
        Connect(Patient);
        Server.On(verb, ScriptedReply.Cut);
        Server.On("LOGIN", answer);
        Assert.Equal(["OutcomeUnknown", "OutcomeUnknown", "OutcomeUnknown", id], Ids(Run(command)));
    }

    [Fact]
    public void A_MOVE_that_ends_in_NO_has_moved_what_it_has_moved()
    {
        Fill(3);
        Connect();
        Server.On("UID MOVE", command => Moved(2) + "NO Some of the requested messages no longer exist");
        string journal = Path.GetTempFileName();
        EngineResult result = Run("Get-ImapMessage | Move-ImapMessage Done -Summary -JournalPath $journal", ("journal", journal));
        Assert.Equal(["CommandRejected"], Ids(result));
        Assert.Equal(2, LanguagePrimitives.ConvertTo<int>(Assert.Single(result.Output).Properties["Messages"].Value));
        Assert.Equal(2, File.ReadAllLines(journal).Length);
        File.Delete(journal);
    }

    [Fact]
    public void A_MOVE_that_is_OK_and_does_nothing_is_told()
    {
        Fill(3);
        Connect();
        Server.On("UID MOVE", "OK done");
        Assert.Equal(["CommandRejected"], Ids(Run("Get-ImapMessage -Uid 2 | Move-ImapMessage Done")));
        Assert.Equal(3, Server.Mailbox["INBOX"].Messages.Count);
    }

    [Fact]
    public void BAD_is_the_servers_refusal()
    {
        Fill(1);
        Connect();
        Server.On("EXAMINE", "BAD User is authenticated but not connected.");
        ErrorRecord error = AssertError(Run("Get-ImapMessage"), "CommandRejected");
        Assert.Contains("authenticated but not connected", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-ImapMessage | Set-ImapMessage -Flagged")]
    [InlineData("Get-ImapMessage | Move-ImapMessage Done")]
    public void A_folder_is_writable_unless_the_server_says_that_it_is_not(string command)
    {
        Fill(1);
        Connect();
        Server.Mailbox.TellsAccess = false;
        Succeed(command);
        Assert.Equal(1, Server.Count("UID STORE") + Server.Count("UID MOVE"));
    }

    [Fact]
    public void A_server_that_wants_to_know_who_asks_is_told()
    {
        Server.Capabilities += " ID";
        Fill(1);
        Server.On(
            command => command.Verb == "EXAMINE" && Server.Count("ID") == 0,
            "NO EXAMINE Unsafe Login. Please contact support for help");
        Connect();
        Assert.Single(Succeed("Get-ImapMessage"));
        Server.On("ID", "BAD Unknown command");
        Connect();
    }

    [Theory]
    [InlineData("* NAMESPACE NIL NIL NIL", "")]
    [InlineData("* NAMESPACE NIL NIL NIL", "NO")]
    [InlineData("NO", "")]
    [InlineData("NO", "NO")]
    [InlineData("BAD", "BAD")]
    public void A_server_that_names_no_namespace_has_folders_all_the_same(string namespaces, string root)
    {
        Fill(1);
        Server.On("NAMESPACE", namespaces);
        if (root.Length > 0) Server.On(command => command.Line.EndsWith("LIST \"\" \"\"", StringComparison.Ordinal), root);
        Connect();
        Assert.Contains("Done", Succeed("(Get-ImapFolder).Path").Select(path => path.ToString()));
        Succeed("New-ImapFolder New/Deep");
        Assert.Contains("New/Deep", Succeed("(Get-ImapFolder).Path").Select(path => path.ToString()));
    }

    [Theory]
    [InlineData("B站视频更新了")]
    [InlineData("A00000000 NO")]
    [InlineData("Z\u00ff\u00fe NO BAD OK")]
    public void A_line_of_a_message_is_not_taken_for_an_answer(string line)
    {
        Server.Mailbox.Deliver("INBOX", $"Subject: x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{line}\r\n");
        Connect();
        Assert.Equal(line, Succeed("(Get-ImapMessage | Get-ImapMessageContent).Text.Trim()").Single().ToString());
    }

    private static IEnumerable<string> Ids(EngineResult result) =>
        result.AllErrors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]);

    private void Fill(int count)
    {
        for (int i = 1; i <= count; i++)
        {
            Server.Mailbox.Deliver("INBOX", $"Message-ID: <{i}@x>\r\nSubject: message {i}\r\n\r\nText {i}\r\n");
        }

        Server.Mailbox.CreateFolder("Done").UidValidity = 7;
    }

    /// <summary>Moves the first messages, and tells it as a server does before the command ends.</summary>
    private string Moved(int count)
    {
        var lines = new System.Text.StringBuilder("* OK [COPYUID 7 1:2 1:2] moved\r\n");
        for (int i = 0; i < count; i++)
        {
            ScriptedMessage message = Server.Mailbox["INBOX"].Messages[0];
            Server.Mailbox["INBOX"].Messages.RemoveAt(0);
            Server.Mailbox.Deliver("Done", message.Octets);
            lines.Append("* 1 EXPUNGE\r\n");
        }

        return lines.ToString();
    }
}
