using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Syncing;

/// <summary>
/// Keeps the copying below a rate. A batch is a second's worth, and the next one waits until what has gone before is within the rate.
/// </summary>
/// <param name="bytesPerSecond">The most octets in a second; 0 for as many as there are.</param>
/// <param name="messagesPerSecond">The most messages in a second; 0 for as many as there are.</param>
internal sealed class SyncPace(long bytesPerSecond, double messagesPerSecond)
{
    private readonly Stopwatch _elapsed = new();
    private long _bytes;
    private long _messages;

    /// <summary>The most messages of a batch.</summary>
    public int MostMessages => messagesPerSecond > 0 ? Math.Max(1, (int)messagesPerSecond) : int.MaxValue;

    /// <summary>The most octets of a batch of more than one message.</summary>
    public long MostBytes => bytesPerSecond > 0 ? bytesPerSecond : long.MaxValue;

    /// <summary>How long to wait so that what has gone is within the rate.</summary>
    public TimeSpan Due => TimeSpan.FromSeconds(Math.Max(
        bytesPerSecond > 0 ? (double)_bytes / bytesPerSecond : 0,
        messagesPerSecond > 0 ? _messages / messagesPerSecond : 0)) - _elapsed.Elapsed;

    /// <summary>Waits until a batch may go, and counts it.</summary>
    public async Task TakeAsync(long bytes, int messages, CancellationToken cancellationToken)
    {
        _elapsed.Start();
        if (Due is { Ticks: > 0 } due) await Task.Delay(due, cancellationToken).ConfigureAwait(false);
        _bytes += bytes;
        _messages += messages;
    }
}
