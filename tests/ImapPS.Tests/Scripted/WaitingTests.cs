using System.Diagnostics;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Scripted;

/// <summary>A wait finds its message whatever the server makes of IDLE, and however late it finds what it tells of.</summary>
public sealed class WaitingTests : ScriptedTest
{
    private const string Wait = "(Wait-ImapMessage -Subject 'message 2' -TimeoutSeconds 60).Subject";

    public WaitingTests() => Deliver(1);

    [Theory]
    [InlineData("OK IDLE terminated")]
    [InlineData("NO IDLE terminated")]
    [InlineData("BAD Timed out")]
    public async Task IDLE_that_the_server_ends_by_itself_does_not_end_the_wait(string end)
    {
        Connect();
        Server.On("IDLE", ScriptedReply.Raw(idle => $"+ idling\r\n{idle.Tag} {end}\r\n"));
        await FindsAsync(Wait, server => server.Count("IDLE") > 0);

        // It is not begun again as fast as it ends.
        Assert.Equal(1, Server.Count("IDLE"));
    }

    [Fact]
    public async Task Nor_does_it_end_a_watch()
    {
        Connect();
        Server.On("IDLE", ScriptedReply.Raw(idle => $"+ idling\r\n{idle.Tag} OK IDLE terminated\r\n"));
        Server.On("NOOP", _ => $"* {Server.Mailbox["INBOX"].Messages.Count} EXISTS");
        await FindsAsync(
            "(Watch-ImapFolder -Event Arrived -Count 1 -TimeoutSeconds 60).Message.Subject",
            server => server.Count("IDLE") > 0);
    }

    [Theory]
    [InlineData("BAD Unknown command", "")]
    [InlineData("NO Not here", "")]
    [InlineData("BAD Unknown command", "-PollSeconds 1")]
    public async Task Where_IDLE_is_refused_the_server_is_asked(string refusal, string poll)
    {
        Connect();
        Server.On("IDLE", refusal);
        await FindsAsync(Wait.Replace("-Timeout", poll + " -Timeout", StringComparison.Ordinal), server => server.Count("IDLE") > 0);
        Assert.Equal(1, Server.Count("IDLE"));
    }

    [Theory]
    [InlineData("(Wait-ImapMessage -Subject 'message 2' -TimeoutSeconds 60 -PollSeconds 1).Subject")]
    [InlineData(Wait)]
    [InlineData("(Watch-ImapFolder -Event Arrived -Count 1 -TimeoutSeconds 60).Message.Subject")]
    public async Task Where_IDLE_tells_nothing_a_NOOP_does(string wait)
    {
        Connect();
        Server.On("NOOP", _ => $"* {Server.Mailbox["INBOX"].Messages.Count} EXISTS\nOK done");
        var clock = Stopwatch.StartNew();
        await FindsAsync(wait, server => server.Count("IDLE") > 0);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), clock.Elapsed.ToString());
    }

    [Theory]
    [InlineData("-Subject 'message 2'")]
    [InlineData("-Subject 'message*2' -Unread")]
    [InlineData("-Body 'Text 2'")]
    [InlineData("-Filter { $_.Subject -eq 'message 2' }")]
    public async Task What_is_told_before_it_can_be_searched_for_is_found(string criteria)
    {
        Connect();
        int found = 0;
        Server.On("UID SEARCH", _ => "* SEARCH" + (found > 3 ? " 2" : ""), times: 6);
        Task<EngineResult> waiting = RunAsync($"(Wait-ImapMessage {criteria} -TimeoutSeconds 60).Subject");
        await Server.WaitForAsync(server => server.Count("IDLE") > 0, Cancellation);
        Deliver(2);
        found = 4;
        await Server.SayAsync("* 2 EXISTS", Cancellation);
        Found(await waiting);
    }

    [Fact]
    public void What_was_there_before_the_wait_and_is_found_late_is_found()
    {
        Deliver(2);
        Connect();
        Server.On("UID SEARCH", "* SEARCH", times: 3);
        Found(Run(Wait));
    }

    [Fact]
    public void A_message_of_which_the_report_finds_that_it_matches_is_no_timeout()
    {
        Deliver(2);
        Connect();
        Server.On(command => command.Verb == "UID SEARCH" && !command.Line.EndsWith(" ALL", StringComparison.Ordinal)
            && !command.Line.Contains("UID 1:2 ", StringComparison.Ordinal), "* SEARCH");
        Found(Run("(Wait-ImapMessage -Subject 'message 2' -TimeoutSeconds 0).Subject"));
        Succeed("Assert-ImapMessage -Subject 'message 2' -Count 1");
    }

    [Fact]
    public async Task No_set_ends_in_a_star()
    {
        Connect();
        Task<EngineResult> waiting = RunAsync("$mark = Get-ImapFolder INBOX; "
            + "(Wait-ImapMessage -After $mark -Body 'Text 2' -TimeoutSeconds 60).Subject");
        await Server.WaitForAsync(server => server.Count("IDLE") > 0, Cancellation);
        Deliver(2);
        await Server.SayAsync("* 2 EXISTS", Cancellation);
        Found(await waiting);
        Assert.DoesNotContain(Server.Commands, command => command.Verb == "UID SEARCH"
            && command.Line.Contains('*', StringComparison.Ordinal));
    }

    private async Task FindsAsync(string script, Func<ScriptedServer, bool> when)
    {
        Task<EngineResult> waiting = RunAsync(script);
        await Task.WhenAny(Server.WaitForAsync(when, Cancellation), waiting);
        Deliver(2);
        Found(await waiting);
    }

    private void Found(EngineResult result)
    {
        Assert.Equal([], result.AllErrors.Select(error => $"{error.FullyQualifiedErrorId}: {error}"));
        string[] found = [.. result.Output.Select(subject => $"{subject}")];
        Assert.True(found is ["message 2"], $"{string.Join(", ", found)}\n{string.Join('\n', Server.Transcript)}");
    }

    private void Deliver(int number) =>
        Server.Mailbox.Deliver("INBOX", $"Message-ID: <{number}@x>\r\nSubject: message {number}\r\n\r\nText {number}\r\n");
}
