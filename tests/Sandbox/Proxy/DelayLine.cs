using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>One direction of a connection: bytes leave in order, each a while after they came, as on a long line of full speed.</summary>
public sealed class DelayLine
{
    private const int Capacity = 1024;

    private readonly Channel<Parcel> _parcels = Channel.CreateBounded<Parcel>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, AllowSynchronousContinuations = false });

    public ValueTask SendAsync(byte[] bytes, TimeSpan delay, CancellationToken cancellationToken) =>
        _parcels.Writer.WriteAsync(new Parcel(bytes, Stopwatch.GetTimestamp(), delay), cancellationToken);

    /// <summary>Nothing more will be sent.</summary>
    public void Complete() => _parcels.Writer.TryComplete();

    /// <summary>Delivers to the end, through a function that writes.</summary>
    public async Task DeliverAsync(Func<byte[], ValueTask> write, CancellationToken cancellationToken)
    {
        await foreach (var parcel in _parcels.Reader.ReadAllAsync(cancellationToken))
        {
            var wait = parcel.Delay - Stopwatch.GetElapsedTime(parcel.Sent);
            if (wait > TimeSpan.Zero) await Task.Delay(wait, cancellationToken);
            await write(parcel.Bytes);
        }
    }

    private readonly record struct Parcel(byte[] Bytes, long Sent, TimeSpan Delay);
}
