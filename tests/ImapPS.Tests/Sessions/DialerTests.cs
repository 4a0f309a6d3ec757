using System.Net;
using ImapPS.Sessions;

namespace ImapPS.Tests.Sessions;

/// <summary>Happy Eyeballs (RFC 8305): what a dead address costs.</summary>
public sealed class DialerTests
{
    private static readonly TimeSpan _delay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _never = TimeSpan.FromHours(1);

    private readonly List<Line> _opened = [];
    private readonly List<string> _tried = [];

    [Fact(Timeout = 120_000)]
    public async Task A_black_hole_costs_one_delay_and_is_given_up()
    {
        bool isGivenUp = false;
        Line line = await Dialer.RaceAsync(EndPoints("2001:db8::1", "192.0.2.1"), _delay, ConnectAsync,
            TestContext.Current.CancellationToken);
        Assert.Equal("192.0.2.1", line.Address);
        Assert.True(isGivenUp);

        async Task<Line> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
        {
            if (endPoint.Address.ToString() == "192.0.2.1") return Open(endPoint);
            cancellationToken.Register(() => isGivenUp = true);
            await Task.Delay(_never, cancellationToken);
            return Open(endPoint);
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task A_refusal_starts_the_next_at_once()
    {
        Line line = await Dialer.RaceAsync(EndPoints("2001:db8::1", "192.0.2.1"), _never, (endPoint, _) =>
            endPoint.Address.ToString() == "192.0.2.1"
            ? Task.FromResult(Open(endPoint))
            : RefuseAsync(endPoint), TestContext.Current.CancellationToken);
        Assert.Equal("192.0.2.1", line.Address);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_first_that_connects_wins_and_one_that_connects_all_the_same_is_closed()
    {
        var first = new TaskCompletionSource<Line>(TaskCreationOptions.RunContinuationsAsynchronously);
        Line line = await Dialer.RaceAsync(EndPoints("192.0.2.1", "192.0.2.2", "192.0.2.3"), _delay, Connect,
            TestContext.Current.CancellationToken);
        Assert.Equal("192.0.2.2", line.Address);
        Assert.False(line.IsClosed);
        Assert.Equal(["192.0.2.1"], _opened.Where(other => other.IsClosed).Select(other => other.Address));
        Assert.Equal(["192.0.2.1", "192.0.2.2"], _tried);

        Task<Line> Connect(IPEndPoint endPoint, CancellationToken cancellationToken)
        {
            _tried.Add(endPoint.Address.ToString());
            if (endPoint.Address.ToString() != "192.0.2.1") return Task.FromResult(Open(endPoint));

            // It connects just as it is given up.
            cancellationToken.Register(() => first.TrySetResult(Open(endPoint)));
            return first.Task;
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task When_none_connects_the_errors_of_all_are_told()
    {
        AggregateException all = await Assert.ThrowsAsync<AggregateException>(() =>
            Dialer.RaceAsync(EndPoints("192.0.2.1", "192.0.2.2"), _delay, (endPoint, _) => RefuseAsync(endPoint),
            TestContext.Current.CancellationToken));
        Assert.Equal(2, all.InnerExceptions.Count);
    }

    [Fact(Timeout = 120_000)]
    public async Task Nothing_is_left_when_it_is_stopped()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        int pending = 0;
        Task<Line> race = Dialer.RaceAsync(EndPoints("192.0.2.1", "192.0.2.2"), _delay, ConnectAsync, stop.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => race);
        Assert.Equal(0, pending);

        async Task<Line> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref pending) == 2) await stop.CancelAsync();
            try
            {
                await Task.Delay(_never, cancellationToken);
                return Open(endPoint);
            }
            finally
            {
                Interlocked.Decrement(ref pending);
            }
        }
    }

    [Theory]
    [InlineData("192.0.2.1 192.0.2.2 2001:db8::1", "2001:db8::1 192.0.2.1 192.0.2.2")]
    [InlineData("192.0.2.1 2001:db8::1 192.0.2.2 2001:db8::2", "2001:db8::1 192.0.2.1 2001:db8::2 192.0.2.2")]
    [InlineData("192.0.2.1 192.0.2.1", "192.0.2.1")]
    public void Families_take_turns(string addresses, string expected) =>
        Assert.Equal(expected.Split(' '), Dialer.Interleave(addresses.Split(' ').Select(IPAddress.Parse), 993)
            .Select(endPoint => endPoint.Address.ToString()));

    private static IReadOnlyList<IPEndPoint> EndPoints(params string[] addresses) =>
        [.. addresses.Select(address => new IPEndPoint(IPAddress.Parse(address), 993))];

    private static Task<Line> RefuseAsync(IPEndPoint endPoint) =>
        Task.FromException<Line>(
        new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.ConnectionRefused, endPoint.ToString()));

    private Line Open(IPEndPoint endPoint)
    {
        var line = new Line(endPoint.Address.ToString());
        lock (_opened) _opened.Add(line);
        return line;
    }

    private sealed class Line(string address) : IDisposable
    {
        public string Address => address;

        public bool IsClosed { get; private set; }

        public void Dispose() => IsClosed = true;
    }
}
