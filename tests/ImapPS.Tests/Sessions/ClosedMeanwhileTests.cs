using ImapPS.Models;
using ImapPS.Sandbox;
using ImapPS.Sessions;

namespace ImapPS.Tests.Sessions;

/// <summary>A session that another runspace closes: whoever waits in it, for whatever, hears of it at once.</summary>
public sealed class ClosedMeanwhileTests(MailServer mail) : ModuleTest(mail)
{
    /// <summary>Less than the timeout of the session, and than any wait that is tested; time enough for a busy machine.</summary>
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(40);

    private ImapSession Session => (ImapSession)Assert.Single(Succeed("Get-ImapSession | Where-Object IsDefault")).BaseObject;

    [Theory]
    [InlineData("Get-ImapMessage", "UID FETCH")]
    [InlineData("Get-ImapMessage INBOX, Sent, Archive", "UID FETCH")]
    [InlineData("Get-ImapMessage -Subject one", "UID SEARCH")]
    [InlineData("Get-ImapFolder", "LIST")]
    [InlineData("Wait-ImapMessage -Subject never -TimeoutSeconds 900", "IDLE")]
    [InlineData("Watch-ImapFolder INBOX, Sent", "IDLE")]
    public async Task A_read_that_is_not_answered_ends(string script, string command)
    {
        await DeliverAsync();
        Connect("-TimeoutSeconds 900");
        ImapSession session = Session;
        Proxy.On(command, ProxyAction.Stall);

        Task<EngineResult> reading = RunAsync(script);
        await Proxy.WaitForAsync(proxy => proxy.Count(command) > 0, Cancellation);
        AssertNoError(await CloseAsync(session).WaitAsync(_soon, Cancellation));

        await AssertClosedAsync(session, reading);
    }

    [Fact]
    public async Task So_does_one_that_waits_for_another_and_that_other()
    {
        await DeliverAsync();
        Connect("-TimeoutSeconds 900");
        ImapSession session = Session;
        Proxy.On("UID FETCH", ProxyAction.Stall);
        using var other = new PowerShellEngine(Options);

        Task<EngineResult> reading = RunAsync("Get-ImapMessage");
        await Proxy.WaitForAsync(proxy => proxy.Count("UID FETCH") > 0, Cancellation);
        Task<EngineResult> waiting = other.InvokeAsync("Get-ImapFolder -Session $session", Of(session), Cancellation);
        AssertNoError(await CloseAsync(session).WaitAsync(_soon, Cancellation));

        AssertError(await waiting.WaitAsync(_soon, Cancellation), "SessionNotFound");
        await AssertClosedAsync(session, reading);
    }

    [Fact]
    public async Task So_does_one_that_waits_to_connect_again()
    {
        Connect("-TimeoutSeconds 900 -RetryDelaySeconds 900");
        ImapSession session = Session;
        Proxy.On("LIST", ProxyAction.CutBefore);

        Task<EngineResult> reading = RunAsync("Get-ImapFolder");
        await Proxy.WaitForAsync(proxy => proxy.Count("LIST") > 0, Cancellation);
        AssertNoError(await CloseAsync(session).WaitAsync(_soon, Cancellation));

        await AssertClosedAsync(session, reading);
    }

    [Fact]
    public async Task So_does_one_that_connects_again()
    {
        Connect("-TimeoutSeconds 900");
        ImapSession session = Session;
        Proxy.On(IsLogin, ProxyAction.Stall);
        Proxy.CutAll();

        Task<EngineResult> reading = RunAsync("Get-ImapFolder");
        await Proxy.WaitForAsync(proxy => proxy.Commands.Any(IsLogin), Cancellation);
        AssertNoError(await CloseAsync(session).WaitAsync(_soon, Cancellation));

        await AssertClosedAsync(session, reading);

        static bool IsLogin(ProxyCommand command) => command.Verb is "LOGIN" or "AUTHENTICATE";
    }

    [Fact]
    public async Task But_a_change_is_waited_for()
    {
        await DeliverAsync();
        Connect();
        ImapSession session = Session;
        var hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Proxy.On("UID STORE", ProxyAction.RunAfterExecution(() => hold.Task));

        Task<EngineResult> changing = RunAsync("Get-ImapMessage -Uid 1 | Set-ImapMessage -Read");
        await Proxy.WaitForAsync(proxy => proxy.Count("UID STORE") > 0, Cancellation);
        Task<EngineResult> closing = CloseAsync(session);
        while (session.State != ImapSessionState.Closed) await Task.Delay(TimeSpan.FromMilliseconds(10), Cancellation);
        await Assert.ThrowsAsync<TimeoutException>(() => closing.WaitAsync(TimeSpan.FromSeconds(1), Cancellation));
        hold.SetResult();

        AssertNoError(await changing.WaitAsync(_soon, Cancellation));
        AssertNoError(await closing.WaitAsync(_soon, Cancellation));
        await Proxy.WaitForAsync(proxy => proxy.OpenConnections == 0, Cancellation);
    }

    [Fact]
    public async Task A_copy_that_is_cut_all_the_same_is_told()
    {
        await DeliverAsync();
        Connect("-TimeoutSeconds 900");
        ImapSession session = Session;
        Proxy.On("UID COPY", ProxyAction.Stall);

        Task<EngineResult> copying = RunAsync("Get-ImapMessage -Uid 1 | Copy-ImapMessage Sent");
        await Proxy.WaitForAsync(proxy => proxy.Count("UID COPY") > 0, Cancellation);
        using var other = new PowerShellEngine(Options);
        Task<EngineResult> closing = other.InvokeAsync("Disconnect-Imap $session", Of(session), Cancellation);
        while (session.State != ImapSessionState.Closed) await Task.Delay(TimeSpan.FromMilliseconds(10), Cancellation);
        await other.StopAsync();
        await closing.WaitAsync(_soon, Cancellation);

        EngineResult result = await copying.WaitAsync(_soon, Cancellation);
        Assert.Contains(result.AllErrors, error => error.FullyQualifiedErrorId.StartsWith("OutcomeUnknown,", StringComparison.Ordinal));
        await Proxy.WaitForAsync(proxy => proxy.OpenConnections == 0, Cancellation);
    }

    private static void AssertNoError(EngineResult result) =>
        Assert.Equal([], result.AllErrors.Select(error => $"{error.FullyQualifiedErrorId}: {error}"));

    private static Dictionary<string, object?> Of(ImapSession session) => new(StringComparer.Ordinal) { ["session"] = session };

    private async Task<EngineResult> CloseAsync(ImapSession session)
    {
        using var other = new PowerShellEngine(Options);
        return await other.InvokeAsync("Disconnect-Imap $session", Of(session), Cancellation);
    }

    private async Task AssertClosedAsync(ImapSession session, Task<EngineResult> reading)
    {
        EngineResult result = await reading.WaitAsync(_soon, Cancellation);
        Assert.Contains("is closed", AssertError(result, "SessionNotFound").ToString(), StringComparison.Ordinal);
        Assert.False(SessionStore.IsOpen(session.Id));
        await Proxy.WaitForAsync(proxy => proxy.OpenConnections == 0, Cancellation);
    }

    private async Task DeliverAsync()
    {
        User.Deliver("INBOX", Message("one"));
        User.Deliver("Sent", Message("two"));
        await OtherClientAsync("CREATE Archive");
    }
}
