using System.Net;
using System.Text;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Sandbox;
using ImapPS.Sessions;
using ImapPS.Transfers;

namespace ImapPS.Tests.Files;

/// <summary>Whole messages straight into streams of the caller's.</summary>
public sealed class DownloadTests(MailServer mail) : ModuleTest(mail)
{
    private readonly Dictionary<uint, byte[]> _taken = [];
    private readonly List<uint> _opened = [];
    private int _unclosed;

    [Fact]
    public void Batches_hold_500_messages_or_25_MB_and_larger_messages_stand_alone()
    {
        const long Mega = 1024 * 1024;
        Assert.Equal([500, 500, 1], Sizes(Enumerable.Range(1, 1_001).Select(uid => new MessageSize((uint)uid, 10))));
        Assert.Equal([25, 5], Sizes(Enumerable.Range(1, 30).Reverse().Select(uid => new MessageSize((uint)uid, Mega))));
        Assert.Equal([1, 1, 1], Sizes([new(1, 10), new(2, 64 * Mega), new(3, 10), new(3, 10)]));

        // Scattered UIDs of ten digits are eleven characters each.
        Assert.All(Sizes(Enumerable.Range(1, 2_000).Select(i => new MessageSize(4_000_000_000u + (uint)(i * 2), 0))), count =>
            Assert.InRange(count, 1, 500));
    }

    [Fact]
    public async Task Many_messages_in_few_commands_byte_by_byte()
    {
        User.DeliverMany("INBOX", 1_200, i => new SeedMessage(Message(Text($"{i}"))));
        DownloadResult[] results = await DownloadAsync(Enumerable.Range(1, 1_200));
        Assert.Equal(3, results.Length);
        Assert.Equal(3, Proxy.Count("UID FETCH"));
        Assert.All(Fetches(), line => Assert.EndsWith("BODY.PEEK[])", line, StringComparison.Ordinal));
        Assert.Equal(1_200, _taken.Count);
        Assert.Contains("Subject: 1199\r\n", Encoding.UTF8.GetString(_taken[1_200]), StringComparison.Ordinal);
        await using RawImapClient client = await User.ConnectAsync(Cancellation);
        Assert.Equal(await client.MessageAsync("INBOX", 77, Cancellation), _taken[77]);
        Assert.Equal(0, _unclosed);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(100, 0)]
    [InlineData(60_000, 10)]
    [InlineData(100_001, 18)]
    public async Task A_cut_connection_goes_on_with_what_was_not_finished(int after, int atLeast)
    {
        User.DeliverMany("INBOX", 40, i => new SeedMessage(Message(Text($"{i}"), body: new string('x', 5_000))));
        Proxy.On("UID FETCH", ProxyAction.CutMidResponse(after));
        int first = -1;
        Proxy.On(
            command => command.Verb == "UID FETCH" && Proxy.Count("UID FETCH") == 2,
            ProxyAction.Run(() =>
            {
                first = _taken.Count;
                return Task.CompletedTask;
            }));
        DownloadResult result = Assert.Single(await DownloadAsync(Enumerable.Range(1, 40)));
        Assert.Equal(Enumerable.Range(1, 40).Select(uid => (uint)uid), result.Finished.Order());
        Assert.Equal(2, Proxy.Connections);

        // The second command asks for what the first did not bring: one may have been opened twice, none was taken twice.
        Assert.InRange(first, atLeast, 39);
        Assert.Contains(Text($"UID FETCH {first + 1}:40 "), Fetches()[1], StringComparison.Ordinal);
        Assert.InRange(_opened.Count, 40, 41);
        Assert.Equal(0, _unclosed);
        Assert.All(_taken.Values, bytes => Assert.EndsWith("x\r\n", Encoding.ASCII.GetString(bytes), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_line_that_breaks_again_and_again_carries_them_all_as_long_as_each_time_some_arrive()
    {
        User.DeliverMany("INBOX", 40, i => new SeedMessage(Message(Text($"{i}"), body: new string('x', 5_000))));
        Proxy.On("UID FETCH", ProxyAction.CutMidResponse(12_000), times: int.MaxValue);
        DownloadResult result = Assert.Single(await DownloadAsync(Enumerable.Range(1, 40)));
        Assert.Equal(40, result.Finished.Count);
        Assert.Equal(40, _taken.Count);
    }

    [Fact]
    public async Task A_line_that_carries_nothing_ends_in_ConnectionLost()
    {
        User.DeliverMany("INBOX", 3, i => new SeedMessage(Message(Text($"{i}"))));
        Proxy.On("UID FETCH", ProxyAction.CutMidResponse(30), times: int.MaxValue);
        ImapException lost = await Assert.ThrowsAsync<ImapException>(() => DownloadAsync([1, 2, 3]));
        Assert.Equal(ImapErrorId.ConnectionLost, lost.Id);

        // Each message is tried, as it could be about one of them.
        Assert.InRange(Proxy.Count("UID FETCH"), 4, 10);
        Assert.Equal(0, _unclosed);
    }

    [Theory]
    [InlineData("open")]
    [InlineData("write")]
    [InlineData("done")]
    public async Task A_full_disk_is_not_a_lost_connection(string step)
    {
        User.DeliverMany("INBOX", 10, i => new SeedMessage(Message(Text($"{i}"))));
        DownloadResult result = Assert.Single(await DownloadAsync(Enumerable.Range(1, 10), fails: (uid, at) => uid == 4 && at == step));
        DownloadFailure failure = Assert.Single(result.Failed);
        Assert.Equal(4u, failure.Uid);
        Assert.Equal("No space left on device", Assert.IsType<IOException>(failure.Exception).Message);
        Assert.Equal(9, result.Finished.Count);
        Assert.Equal(1, Proxy.Connections);
        Assert.Equal(1, Proxy.Count("UID FETCH"));
        Assert.Equal(0, _unclosed);
    }

    [Fact]
    public async Task What_is_gone_is_told()
    {
        User.DeliverMany("INBOX", 5, i => new SeedMessage(Message(Text($"{i}"))));
        Proxy.On("UID FETCH", ProxyAction.Run(() => ExpungeAsync("3")));
        DownloadResult result = Assert.Single(await DownloadAsync([1, 2, 3, 4, 5, 99]));
        Assert.Equal([1u, 2u, 4u, 5u], result.Finished);
        Assert.Equal([3u, 99u], result.Missing);
    }

    [Theory]
    [InlineData("* 1 FETCH (BODY[] {5}\r\nhello UID 1)\r\n* 2 FETCH (UID 2 BODY[] NIL)")]
    [InlineData("* 2 FETCH (UID 2 BODY[] NIL)\r\n* 1 FETCH (UID 1 BODY[] \"hello\")\r\n* 7 FETCH (UID 7 BODY[] \"unasked\")")]
    public async Task Servers_order_and_leave_out_items_as_they_like(string answer)
    {
        Proxy.On("UID FETCH", ProxyAction.Reply($"* 9 EXISTS\r\n{answer}\r\n{{tag}} OK done"));
        DownloadResult result = Assert.Single(await DownloadAsync([1, 2]));
        Assert.Equal([1u], result.Finished);
        Assert.Equal([2u], result.Missing);
        Assert.Equal("hello"u8.ToArray(), _taken[1]);
    }

    private static IEnumerable<int> Sizes(IEnumerable<MessageSize> messages) =>
        MessageDownloader.Batches(messages).Select(batch => batch.Count);

    private List<string> Fetches() => [.. Proxy.Commands.Where(command => command.Verb == "UID FETCH").Select(command => command.Line)];

    private async Task<DownloadResult[]> DownloadAsync(IEnumerable<int> uids, Func<uint, string, bool>? fails = null)
    {
        var settings = new ConnectionSettings(ServerAddress.Parse("localhost", Proxy.Port, ImapSecurity.None),
            Identity.Of(new NetworkCredential(User.Name, User.Password)))
        {
            AllowPlaintext = true,
            RetryDelay = TimeSpan.Zero,
        };
        using var session = new SessionConnection("test", settings, new Somebody(), _ => false);
        await session.OpenAsync(Cancellation);
        var downloader = new MessageDownloader(new MailboxAccess(session, new Caller()));
        var results = new List<DownloadResult>();
        await foreach (DownloadResult result in downloader.DownloadAsync("INBOX", uidValidity: null,
            uids.Select(uid => new MessageSize((uint)uid, 5_000)), Open, DoneAsync, Cancellation))
        {
            results.Add(result);
        }

        await session.CloseAsync(Cancellation);
        return [.. results];

        Stream Open(uint uid)
        {
            Fail(uid, "open");
            _opened.Add(uid);
            _unclosed++;
            return new Target(() => Fail(uid, "write"), () => _unclosed--);
        }

        Task DoneAsync(uint uid, Stream stream, CancellationToken cancellationToken)
        {
            Fail(uid, "done");
            Assert.Equal(0, stream.Position);
            _taken.Add(uid, ((Target)stream).ToArray());
            return Task.CompletedTask;
        }

        void Fail(uint uid, string at)
        {
            if (fails?.Invoke(uid, at) == true) throw new IOException("No space left on device");
        }
    }

    private sealed class Target(Action writing, Action closed) : MemoryStream
    {
        private bool _closed;

        public override void Write(byte[] buffer, int offset, int count)
        {
            writing();
            base.Write(buffer, offset, count);
        }

        protected override void Dispose(bool disposing)
        {
            if (!_closed) closed();
            _closed = true;
            base.Dispose(disposing);
        }
    }

    private sealed class Caller : ISessionCaller
    {
        public CancellationToken Abort => CancellationToken.None;

        public void Begin(SessionConnection session)
        {
        }

        public void Verbose(string message)
        {
        }

        public void Warning(string message)
        {
        }

        public Task<T> AskAsync<T>(Func<T> question, CancellationToken cancellationToken) => Task.FromResult(question());

        public void Error(ImapException exception)
        {
        }

        public void ConnectionLost()
        {
        }
    }

    private sealed class Somebody : ISessionOwner
    {
        public bool IsGone => false;
    }
}
