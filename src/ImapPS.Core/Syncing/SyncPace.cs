using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Changing;
using ImapPS.Models;

namespace ImapPS.Syncing;

/// <summary>
/// Keeps the copying below a rate. A batch is a second's worth, and the next one waits until the time of that one is over. Time in which
/// nothing was copied is not made up for: a server that throttles looks at a minute, not at the average of a night.
/// </summary>
/// <param name="bytesPerSecond">The most octets in a second; 0 for as many as there are.</param>
/// <param name="messagesPerSecond">The most messages in a second; 0 for as many as there are.</param>
/// <param name="now">The time; null for that of the machine.</param>
/// <param name="delay">Waits; null for the machine's way.</param>
internal sealed class SyncPace(long bytesPerSecond, double messagesPerSecond, Func<TimeSpan>? now = null,
    Func<TimeSpan, CancellationToken, Task>? delay = null)
{
    /// <summary>No wait is longer than a timer can be set to (49 days).</summary>
    private static readonly TimeSpan _longestWait = TimeSpan.FromHours(1);

    /// <summary>Longer than anybody waits, and a TimeSpan.</summary>
    private const double MostSeconds = 1e9;

    private readonly Stopwatch _elapsed = Stopwatch.StartNew();
    private TimeSpan _next;

    /// <summary>How long to wait until the next batch may go.</summary>
    public TimeSpan Due => _next - Now;

    private TimeSpan Now => now?.Invoke() ?? _elapsed.Elapsed;

    /// <summary>Messages in batches of no more than may go in a second; one that is larger goes alone.</summary>
    public IEnumerable<MessageBatch> Batches(string folder, uint uidValidity, IEnumerable<ImapMessage> messages)
    {
        int mostMessages = messagesPerSecond > 0 ? (int)Math.Max(1, Math.Min(messagesPerSecond, int.MaxValue)) : int.MaxValue;
        long mostBytes = bytesPerSecond > 0 ? bytesPerSecond : long.MaxValue;
        var batch = new MessageBatch(folder, uidValidity);
        foreach (ImapMessage message in messages)
        {
            if (batch.Count > 0 && (batch.Count >= mostMessages || batch.Bytes + message.Size > mostBytes))
            {
                yield return batch;
                batch = new MessageBatch(folder, uidValidity);
            }

            batch.Add(message);
        }

        if (batch.Count > 0) yield return batch;
    }

    /// <summary>Waits until a batch may go, and counts it.</summary>
    public async Task TakeAsync(long bytes, int messages, CancellationToken cancellationToken)
    {
        while (Due is { Ticks: > 0 } due)
        {
            TimeSpan wait = due < _longestWait ? due : _longestWait;
            await (delay?.Invoke(wait, cancellationToken) ?? Task.Delay(wait, cancellationToken)).ConfigureAwait(false);
        }

        double seconds = Math.Max(
            bytesPerSecond > 0 ? (double)bytes / bytesPerSecond : 0,
            messagesPerSecond > 0 ? messages / messagesPerSecond : 0);
        _next = Now + TimeSpan.FromSeconds(Math.Min(seconds, MostSeconds));
    }
}
