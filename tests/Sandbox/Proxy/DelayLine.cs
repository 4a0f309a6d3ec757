using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>One direction of a connection: bytes leave in order, each a while after they came, as on a long line.</summary>
public sealed class DelayLine
{
    private const int Capacity = 1024;

    private static readonly TimeSpan _timer = TimeSpan.FromMilliseconds(2);

    /// <summary>How late a timer may be, in ticks of the stopwatch: that much is caught up with.</summary>
    private static readonly long _latest = Stopwatch.Frequency / 20;

    private readonly Channel<Parcel> _parcels = Channel.CreateBounded<Parcel>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, AllowSynchronousContinuations = false });

    public ValueTask SendAsync(byte[] bytes, TimeSpan delay, CancellationToken cancellationToken) =>
        _parcels.Writer.WriteAsync(new Parcel(bytes, Stopwatch.GetTimestamp(), delay), cancellationToken);

    /// <summary>Nothing more will be sent.</summary>
    public void Complete() => _parcels.Writer.TryComplete();

    /// <summary>Delivers to the end, through a function that writes.</summary>
    /// <param name="write">Writes.</param>
    /// <param name="octetsPerSecond">Tells how many octets go through in a second; 0 for no limit.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public async Task DeliverAsync(Func<byte[], ValueTask> write, Func<int> octetsPerSecond, CancellationToken cancellationToken)
    {
        // When the line has taken all that was written: a timer is too coarse to wait for each piece.
        var free = Stopwatch.GetTimestamp();
        await foreach (var parcel in _parcels.Reader.ReadAllAsync(cancellationToken))
        {
            var wait = parcel.Delay - Stopwatch.GetElapsedTime(parcel.Sent);
            if (wait > TimeSpan.Zero) await Task.Delay(wait, cancellationToken);
            if (octetsPerSecond() is > 0 and var rate)
            {
                free = Math.Max(free, Stopwatch.GetTimestamp() - _latest) + (parcel.Bytes.Length * Stopwatch.Frequency / rate);
                var full = TimeSpan.FromSeconds((free - Stopwatch.GetTimestamp()) / (double)Stopwatch.Frequency);
                if (full > _timer) await Task.Delay(full, cancellationToken);
            }

            await write(parcel.Bytes);
        }
    }

    private readonly record struct Parcel(byte[] Bytes, long Sent, TimeSpan Delay);
}
