using System.Diagnostics;
using System.Management.Automation;
using ImapPS.Sandbox;
using ImapPS.Syncing;

namespace ImapPS.Tests.Syncing;

/// <summary>How fast messages go, and what a server that asks for patience gets.</summary>
public sealed class SyncPaceTests(MailServer mail) : SyncTest(mail)
{
    [Fact]
    public async Task What_has_gone_is_waited_for()
    {
        var pace = new SyncPace(1_000, 0);
        await pace.TakeAsync(5_000, 1, Cancellation);
        Assert.InRange(pace.Due, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
        var other = new SyncPace(0, 0.5);
        await other.TakeAsync(5_000, 4, Cancellation);
        Assert.InRange(other.Due, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8));
        Assert.Equal(1, other.MostMessages);
        var free = new SyncPace(0, 0);
        await free.TakeAsync(long.MaxValue, int.MaxValue, Cancellation);
        Assert.True(free.Due <= TimeSpan.Zero);
    }

    [Theory]
    [InlineData("-MaxMessagesPerSecond 10")]
    [InlineData("-MaxBytesPerSecond 2000")]
    public async Task Messages_go_in_small_batches(string limit)
    {
        User.DeliverMany("INBOX", 30, i => new SeedMessage(Message(Text($"{i:D2}"))));
        ConnectBoth();
        var elapsed = Stopwatch.StartNew();
        IReadOnlyList<PSObject> results = Sync($"INBOX {limit}");
        AssertEqual(results);
        Assert.True(elapsed.Elapsed > TimeSpan.FromSeconds(1.8), elapsed.Elapsed.ToString());
        Assert.InRange(OtherProxy.Count("APPEND"), 3, 30);
        await AssertSameAsync("INBOX");
    }

    [Theory]
    [InlineData("NO [LIMIT] later")]
    [InlineData("NO [THROTTLED] slow down")]
    [InlineData("NO [UNAVAILABLE] later")]
    [InlineData("BAD Request is throttled. Suggested Backoff Time: 10 milliseconds")]
    public async Task Throttling_is_waited_out(string answer)
    {
        User.DeliverMany("INBOX", 5, i => new SeedMessage(Message(Text($"{i}"))));
        ConnectBoth();
        foreach (string verb in new[] { "APPEND", "SELECT", "UID SEARCH" }) OtherProxy.On(verb, ProxyAction.Reply($"{{tag}} {answer}"));
        Proxy.On("UID FETCH", ProxyAction.Reply($"{{tag}} {answer}"), times: 2);
        AssertEqual(Sync("INBOX"));
        await AssertSameAsync("INBOX");
    }
}
