using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Scripted;

/// <summary>The scripted server's own manners, so that a test has to say only what is odd.</summary>
public sealed class ScriptedServerTests : ScriptedTest
{
    private const string Message = "From: Ada <ada@example.org>\r\nSubject: One\r\nMessage-ID: <1@example.org>\r\n"
        + "\r\nOK then\r\n\r\nBye.\r\n";

    [Fact]
    public void What_no_rule_answers_is_answered_as_a_good_server_would()
    {
        Server.Mailbox.Deliver("INBOX", Message);
        Server.Mailbox.Deliver("INBOX", Message.Replace("One", "Zwölf", StringComparison.Ordinal));
        Server.Mailbox.CreateFolder("Entwürfe");
        Connect();

        Assert.Equal(["INBOX", "Entwürfe"], Succeed("Get-ImapFolder | ForEach-Object Path").Select(path => path.ToString()));
        PSObject content = Assert.Single(Succeed("Get-ImapMessage | Where-Object Uid -eq 2 | Get-ImapMessageContent"));
        Assert.Equal("Zwölf", content.Properties["Subject"].Value);
        Assert.Equal("OK then\n\nBye.", content.Properties["Text"].Value.ToString()!.ReplaceLineEndings("\n"));

        Succeed("Get-ImapMessage | Where-Object Uid -eq 1 | Set-ImapMessage -Read; Get-ImapMessage | Move-ImapMessage Entwürfe");
        Assert.Empty(Server.Mailbox["INBOX"].Messages);
        Assert.Equal([@"\Seen", ""], Server.Mailbox["Entwürfe"].Messages.Select(message => message.Flags));
    }

    [Fact]
    public void Rules_answer_in_the_order_in_which_they_were_given()
    {
        Server.On("STATUS", "NO first", times: 1);
        Server.On("STATUS", ScriptedReply.Bye("[UNAVAILABLE] second"), times: 1);
        Connect();
        AssertError(Run("Get-ImapFolder INBOX"), "CommandRejected");
        AssertError(Run("Get-ImapFolder INBOX"), "ServerBusy");
        Succeed("Get-ImapFolder INBOX");
        Assert.Equal(2, Server.Connections);
    }

    [Fact]
    public async Task The_server_may_say_what_it_was_not_asked()
    {
        Connect();
        Task<EngineResult> waiting = RunAsync("Wait-ImapMessage INBOX -Subject One -TimeoutSeconds 60");
        await Server.WaitForAsync(server => server.Count("IDLE") > 0, Cancellation);
        Server.Mailbox.Deliver("INBOX", Message);
        await Server.SayAsync("* 1 EXISTS", Cancellation);
        EngineResult result = await waiting;
        Assert.Empty(result.AllErrors);
        Assert.Single(result.Output);
    }
}
