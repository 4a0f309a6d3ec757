using System.Management.Automation;
using ImapPS.Changing;
using ImapPS.Models;
using ImapPS.Reading;
using ImapPS.Sandbox;
using ImapPS.Syncing;

namespace ImapPS.Tests.Syncing;

/// <summary>How fast messages go, and what a server that asks for patience gets.</summary>
public sealed class SyncPaceTests(MailServer mail) : SyncTest(mail)
{
    /// <summary>
    /// On a clock that only waiting and sending move: from any batch to any other no more has gone than the time allows, whatever was
    /// sent, and however long nothing was.
    /// </summary>
    [Theory]
    [InlineData(1_000, 0, 1)]
    [InlineData(0, 2.5, 2)]
    [InlineData(1_000, 2.5, 3)]
    [InlineData(0, 0.3, 4)]
    [InlineData(1_000_000, 40, 5)]
    public async Task No_stretch_of_time_sees_more_than_it_may(long bytes, double rate, int seed)
    {
        var random = new Random(seed);
        var clock = new FakeClock();
        SyncPace pace = clock.Pace(bytes, rate);
        List<(TimeSpan Start, MessageBatch Batch)> sent = [];
        IEnumerable<ImapMessage> messages = Enumerable.Range(1, 300).Select(uid => Of((uint)uid, random.Next(3_000)));
        foreach (MessageBatch batch in pace.Batches("INBOX", 1, [.. messages]))
        {
            // Another folder is compared, or nothing is to be copied for hours.
            if (random.Next(10) == 0) clock.Now += TimeSpan.FromSeconds(random.Next(5_000));
            await pace.TakeAsync(batch.Bytes, batch.Count, Cancellation);
            sent.Add((clock.Now, batch));
            clock.Now += TimeSpan.FromMilliseconds(random.Next(300));
            Assert.True(batch.Count == 1 || ((bytes == 0 || batch.Bytes <= bytes) && (rate <= 0 || batch.Count <= rate)));
        }

        Assert.Equal(300, sent.Sum(sending => sending.Batch.Count));
        for (int from = 0; from < sent.Count; from++)
        {
            (long gone, long count) = (0, 0);
            for (int to = from + 1; to < sent.Count; to++)
            {
                gone += sent[to - 1].Batch.Bytes;
                count += sent[to - 1].Batch.Count;
                double seconds = (sent[to].Start - sent[from].Start).TotalSeconds + 0.001;
                Assert.True(bytes == 0 || gone <= bytes * seconds);
                Assert.True(rate <= 0 || count <= rate * seconds);
            }
        }
    }

    [Fact]
    public async Task It_waits_no_longer_than_it_must()
    {
        var clock = new FakeClock();
        SyncPace pace = clock.Pace(1_000, 0);
        for (int i = 0; i < 10; i++) await pace.TakeAsync(500, 1, Cancellation);
        Assert.Equal(4.5, clock.Now.TotalSeconds, 6);
        SyncPace free = clock.Pace(0, 0);
        for (int i = 0; i < 10; i++) await free.TakeAsync(long.MaxValue, int.MaxValue, Cancellation);
        Assert.Equal(4.5, clock.Now.TotalSeconds, 6);
    }

    /// <summary>No timer takes more than 49 days, and no TimeSpan more than 29,000 years.</summary>
    [Theory]
    [InlineData(5_000_000, 5_000_000)]
    [InlineData(long.MaxValue, 1e9)]
    public async Task A_wait_may_be_longer_than_a_timer(long bytes, double seconds)
    {
        var clock = new FakeClock();
        SyncPace pace = clock.Pace(1, 0);
        await pace.TakeAsync(bytes, 1, Cancellation);
        await pace.TakeAsync(1, 1, Cancellation);
        Assert.Equal(seconds, clock.Now.TotalSeconds, 1.0);
        Assert.True(clock.Longest <= TimeSpan.FromDays(1));
    }

    [Theory]
    [InlineData("-MaxMessagesPerSecond 20")]
    [InlineData("-MaxBytesPerSecond 4000")]
    public async Task Messages_go_in_small_batches(string limit)
    {
        User.DeliverMany("INBOX", 30, i => new SeedMessage(Message(Text($"{i:D2}"))));
        ConnectBoth();
        IReadOnlyList<PSObject> results = Sync($"INBOX {limit}");
        AssertEqual(results);
        Assert.Equal(2, OtherProxy.Count("APPEND"));
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

        // Once refused, and then all in one command; or each alone, where the refusal may be about one of them.
        Assert.Equal(answer.Contains("[LIMIT]", StringComparison.Ordinal) ? 6 : 2, OtherProxy.Count("APPEND"));
    }

    [Fact]
    public async Task A_server_that_has_enough_for_longer_ends_it()
    {
        User.DeliverMany("INBOX", 30, i => new SeedMessage(Message(Text($"{i}"))));
        ConnectBoth("-RetryCount 2");
        OtherProxy.On("APPEND", ProxyAction.Reply("{tag} NO [UNAVAILABLE] later"), times: 1000);
        AssertError(Run("Sync-ImapFolder INBOX -ToSession $other"), "ServerBusy");
        Assert.Equal(3, OtherProxy.Count("APPEND"));

        // What is said of messages too is believed for some of them.
        OtherProxy.ClearRules();
        OtherProxy.Clear();
        OtherProxy.On("APPEND", ProxyAction.Reply("{tag} NO [LIMIT] later"), times: 1000);
        EngineResult result = Run("Sync-ImapFolder INBOX -ToSession $other");
        Assert.Equal(["ServerBusy"], result.AllErrors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]).Distinct());
        Assert.InRange(OtherProxy.Count("APPEND"), 4, 30);
        Assert.Empty(await StoredAsync("INBOX", Other));
    }

    private static ImapMessage Of(uint uid, long size) =>
        new(new MessageFacts { Parts = MessageParts.Size, Folder = "INBOX", UidValidity = 1, Uid = uid, Size = size });

    private sealed class FakeClock
    {
        public TimeSpan Now { get; set; }

        public TimeSpan Longest { get; private set; }

        public SyncPace Pace(long bytes, double messages) => new(bytes, messages, () => Now, (wait, _) =>
        {
            Now += wait;
            if (wait > Longest) Longest = wait;
            return Task.CompletedTask;
        });
    }
}
