using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Sessions;

public sealed class ReconnectTests(MailServer mail) : ModuleTest(mail)
{
    private const int Many = 600;

    [Fact]
    public void A_connection_found_dead_is_opened_again()
    {
        User.Deliver("INBOX", Message("hello"));
        Connect();
        Proxy.On("EXAMINE", ProxyAction.CutBefore);
        EngineResult result = Run("Get-ImapMessage -Verbose");
        Assert.Equal(["hello"], Subjects(result.Output));
        Assert.Empty(result.AllErrors);
        Assert.Contains(result.Verbose, line => line.StartsWith("Reconnected", StringComparison.Ordinal));
        Assert.Equal(1, Proxy.Connections);
    }

    [Theory]
    [InlineData("SEARCH")]
    [InlineData("FETCH")]
    public void A_listing_goes_on_where_it_stood(string verb)
    {
        User.DeliverMany("INBOX", Many, i => new SeedMessage(Message(Text($"message {i}"))));
        Connect();
        int seen = 0;
        Proxy.On(command => command.Verb == "UID " + verb && seen++ == (verb == "FETCH" ? 2 : 0), ProxyAction.CutMidResponse(3_000));
        EngineResult result = Run("Get-ImapMessage | ForEach-Object Uid");
        Assert.Empty(result.AllErrors);
        Assert.Equal(Enumerable.Range(1, Many), result.Output.Select(uid => LanguagePrimitives.ConvertTo<int>(uid)));
        Assert.Equal(1, Proxy.Connections);
        Assert.Equal(2, Proxy.Count("EXAMINE"));
    }

    [Fact]
    public void A_listing_is_cut_at_every_window_and_still_whole()
    {
        User.DeliverMany("INBOX", Many, i => new SeedMessage(Message(Text($"message {i}"))));
        Connect("-RetryCount 1");
        bool cut = false;
        Proxy.On(command => command.Verb == "UID FETCH" && (cut = !cut), ProxyAction.CutAfterExecution, times: int.MaxValue);
        EngineResult result = Run("Get-ImapMessage | ForEach-Object Uid");
        Assert.Empty(result.AllErrors);
        Assert.Equal(Enumerable.Range(1, Many), result.Output.Select(uid => LanguagePrimitives.ConvertTo<int>(uid)));
    }

    [Fact]
    public void When_the_retries_are_used_up_it_is_ConnectionLost_and_the_next_command_tries_anew()
    {
        User.Deliver("INBOX", Message("hello"));
        Connect("-RetryCount 2");
        Proxy.On("UID FETCH", ProxyAction.CutBefore, times: 3);
        ErrorRecord error = AssertError(Run("Get-ImapMessage"), "ConnectionLost");
        Assert.Equal(ErrorCategory.ConnectionError, error.CategoryInfo.Category);
        Assert.Equal(3, Proxy.Count("UID FETCH"));
        Assert.Equal("Broken", Property<string>(Assert.Single(Succeed("Get-ImapSession | Where-Object IsDefault")), "State"));
        Assert.Equal(["hello"], Subjects(Succeed("Get-ImapMessage")));
        Assert.Equal("Open", Property<string>(Assert.Single(Succeed("Get-ImapSession | Where-Object IsDefault")), "State"));
    }

    [Fact]
    public void A_server_that_refuses_to_be_reached_again()
    {
        Connect("-RetryCount 1");
        Proxy.RefuseConnections = true;
        Proxy.On("LIST", ProxyAction.CutBefore);
        AssertError(Run("Get-ImapFolder"), "ConnectionLost");
        Proxy.RefuseConnections = false;
        Assert.NotEmpty(Succeed("Get-ImapFolder"));
    }

    [Fact]
    public void A_rebuilt_folder_ends_the_listing_that_was_cut()
    {
        User.DeliverMany("INBOX", Many, i => new SeedMessage(Message(Text($"message {i}"))));
        Connect();
        int windows = 0;
        Proxy.On(command => command.Verb == "UID FETCH" && ++windows == 3, ProxyAction.CutBefore);
        Proxy.On(
            command => command.Verb == "EXAMINE" && windows > 0,
            ProxyAction.Reply("* FLAGS (\\Seen)\r\n* 600 EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY 7] rebuilt\r\n"
                + "* OK [UIDNEXT 601] next\r\n{tag} OK [READ-ONLY] examined"));
        EngineResult result = Run("Get-ImapMessage | ForEach-Object Uid");
        AssertError(result, "UidValidityChanged");
        Assert.Equal(220, result.Output.Count);
    }

    [Fact]
    public void A_server_that_answers_nonsense()
    {
        User.Deliver("INBOX", Message("hello"));
        Connect();
        Proxy.On("UID FETCH", ProxyAction.Reply("* 1 FETCH (((\r\n{tag} OK done"), times: int.MaxValue);
        ErrorRecord error = AssertError(Run("Get-ImapMessage"), "ProtocolError");
        Assert.Equal(ErrorCategory.ProtocolError, error.CategoryInfo.Category);
    }

    [Fact]
    public void A_server_that_says_BAD()
    {
        Connect();
        Proxy.On("UID SEARCH", ProxyAction.Reply("{tag} BAD what?"), times: int.MaxValue);
        AssertError(Run("Get-ImapMessage"), "CommandRejected");
        Proxy.ClearRules();
        Assert.Empty(Succeed("Get-ImapMessage"));
    }

    [Fact]
    public void A_server_that_says_NO()
    {
        Connect();
        Proxy.On("UID SEARCH", ProxyAction.Reply("{tag} NO not today"), times: int.MaxValue);
        AssertError(Run("Get-ImapMessage"), "CommandRejected");
        Proxy.ClearRules();
        Assert.Empty(Succeed("Get-ImapMessage"));
    }

    [Fact]
    public async Task A_stalled_server()
    {
        User.Deliver("INBOX", Message("hello"));
        Connect("-TimeoutSeconds 1 -RetryCount 0");
        Proxy.On("UID FETCH", ProxyAction.Stall);
        Assert.Equal(ErrorCategory.OperationTimeout, AssertError(await RunAsync("Get-ImapMessage"), "Timeout").CategoryInfo.Category);
        Assert.Equal(["hello"], Subjects(Succeed("Get-ImapMessage")));
    }

    // The server would take an hour: that this ends at all is what is tested.
    [Fact(Timeout = 120_000)]
    public async Task Ctrl_C_in_a_long_fetch()
    {
        User.Deliver("INBOX", Message("hello"));
        Connect("-TimeoutSeconds 3600");
        Proxy.On("UID FETCH", ProxyAction.Stall);
        Task<EngineResult> listing = RunAsync("Get-ImapMessage");
        await Proxy.WaitForAsync(proxy => proxy.Count("UID FETCH") == 1, Cancellation);
        await Engine.StopAsync();
        Assert.True((await listing.WaitAsync(TestContext.Current.CancellationToken)).Stopped);
        Assert.Equal(["hello"], Subjects(Succeed("Get-ImapMessage")));
    }

    [Fact(Timeout = 120_000)]
    public async Task Ctrl_C_while_waiting_to_reconnect()
    {
        Connect("-RetryDelaySeconds 3000");
        Proxy.On("LIST", ProxyAction.CutBefore);
        Task<EngineResult> listing = RunAsync("Get-ImapFolder");
        await Proxy.WaitForAsync(proxy => proxy.Count("LIST") == 1, Cancellation);
        await Engine.StopAsync();
        Assert.True((await listing.WaitAsync(TestContext.Current.CancellationToken)).Stopped);
        Assert.NotEmpty(Succeed("Get-ImapFolder"));
    }
}
