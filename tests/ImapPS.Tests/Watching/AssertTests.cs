using System.Diagnostics;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Watching;

public sealed class AssertTests(MailServer mail) : WaitTest(mail)
{
    [Theory]
    [InlineData("", true)]
    [InlineData("-Count 2", true)]
    [InlineData("-Count 1", false)]
    [InlineData("-Count 3", false)]
    [InlineData("-Count 0", false)]
    [InlineData("-AtLeast 2", true)]
    [InlineData("-AtLeast 3", false)]
    [InlineData("-AtMost 2", true)]
    [InlineData("-AtMost 1", false)]
    [InlineData("-AtLeast 1 -AtMost 2", true)]
    [InlineData("-AtLeast 3 -AtMost 5", false)]
    [InlineData("-None", false)]
    public async Task Two_messages(string expectation, bool holds)
    {
        await AppendAsync("hello 1");
        await AppendAsync("hello 2");
        await AppendAsync("other");
        Connect();
        EngineResult result = Run($"Assert-ImapMessage -Subject hello {expectation}");
        Assert.Empty(result.Output);
        if (holds) Silent(result);
        else AssertError(result, "AssertionFailed");

        if (!holds) return;

        Assert.Equal(["hello 1", "hello 2"], Subjects(Succeed($"Assert-ImapMessage -Subject hello {expectation} -PassThru")));
    }

    [Theory]
    [InlineData("-None")]
    [InlineData("-Count 0")]
    [InlineData("-AtMost 0")]
    [InlineData("-AtMost 3")]
    [InlineData("-AtLeast 0")]
    public void No_message_at_all(string expectation)
    {
        Connect();
        Succeed($"Assert-ImapMessage -Subject hello {expectation}");
        AssertError(Run("Assert-ImapMessage -Subject hello"), "AssertionFailed");
        Assert.Equal(0, Proxy.Connections);
    }

    [Theory]
    [InlineData("-None -AtLeast 1")]
    [InlineData("-Count 1 -AtMost 1")]
    [InlineData("-Count 1 -None")]
    public void Expectations_that_exclude_each_other(string expectation)
    {
        Connect();
        Assert.Equal("AmbiguousParameterSet,ImapPS.Commands.AssertImapMessageCommand",
            Assert.Single(Run($"Assert-ImapMessage {expectation}").AllErrors).FullyQualifiedErrorId);
    }

    [Fact]
    public async Task At_least_holds_as_soon_as_they_are_there()
    {
        Connect();
        Task<EngineResult> assert = await StartAsync("Assert-ImapMessage -Subject hello -AtLeast 2 -TimeoutSeconds 120 -PassThru", "IDLE");
        await AppendAsync("hello 1");
        await AppendAsync("hello 2");
        Assert.Equal(["hello 1", "hello 2"], Subjects(Silent(await assert).Output));
    }

    [Theory]
    [InlineData("-None", 1)]
    [InlineData("-AtMost 1", 2)]
    [InlineData("-Count 1", 2)]
    public async Task Too_many_fail_it_at_once(string expectation, int messages)
    {
        Connect();
        Task<EngineResult> assert = await StartAsync($"Assert-ImapMessage -Subject hello {expectation} -TimeoutSeconds 120", "IDLE");
        for (int i = 0; i < messages; i++) await AppendAsync("hello");
        AssertError(await assert, "AssertionFailed");
    }

    [Fact]
    public async Task None_takes_its_time_and_catches_one_that_comes_at_the_end()
    {
        Connect();
        var watch = Stopwatch.StartNew();
        Silent(await RunAsync("$mark = Get-ImapFolder INBOX; Assert-ImapMessage -After $mark -None -TimeoutSeconds 5"));
        Assert.True(watch.Elapsed >= TimeSpan.FromSeconds(5), watch.Elapsed.ToString());

        // Delivered when the time was up and the server was asked for the last time; and a moment before, by the clock.
        Proxy.Clear();
        Proxy.On(command => command.Verb == "NOOP"
            && Proxy.Count("IDLE") > 0, ProxyAction.Run(async () => await AppendAsync("in the last moment")));
        AssertError(await RunAsync("$mark = Get-ImapFolder INBOX; Assert-ImapMessage -After $mark -None -TimeoutSeconds 1"),
            "AssertionFailed");
        await CatchAsync();
    }

    [Fact]
    public async Task A_broken_connection_is_no_proof_that_none_came()
    {
        Connect("-RetryCount 0");
        Proxy.On("IDLE", ProxyAction.CutBefore);
        Proxy.On(command => command.Verb is "LOGIN" or "AUTHENTICATE" && Proxy.Count("IDLE") == 1, ProxyAction.CutBefore, int.MaxValue);
        AssertError(await RunAsync("Assert-ImapMessage -None -TimeoutSeconds 1"), "ConnectionLost");
    }

    [Fact]
    public void It_ends_a_script_as_a_test_runner_expects()
    {
        Connect();
        Assert.Equal(["caught AssertionFailed"],
            Succeed("try { Assert-ImapMessage -Subject hello; 'not reached' } catch { \"caught "
            + "$($_.FullyQualifiedErrorId.Split(',')[0])\" }").Select(text => text.ToString()));
    }

    private async Task CatchAsync()
    {
        while (true)
        {
            Succeed("$mark = Get-ImapFolder INBOX");
            var watch = Stopwatch.StartNew();
            Task<EngineResult> assert = RunAsync("Assert-ImapMessage -After $mark -None -TimeoutSeconds 5");
            await Task.Delay(TimeSpan.FromSeconds(4.9), Cancellation);
            await AppendAsync("at 4.9");
            TimeSpan delivered = watch.Elapsed;
            EngineResult result = await assert;

            // A machine that was too busy to deliver in time has shown nothing.
            if (delivered > TimeSpan.FromSeconds(5)) continue;

            AssertError(result, "AssertionFailed");
            return;
        }
    }
}
