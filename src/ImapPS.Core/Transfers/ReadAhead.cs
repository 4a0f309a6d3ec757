using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Transfers;

/// <summary>
/// What one task has read while another one sends what was read before. The reader waits once it is as far ahead as memory allows.
/// </summary>
/// <param name="mostOctets">How many octets may wait to be taken. A thing that is larger waits alone.</param>
/// <param name="mostThings">How many things may wait to be taken.</param>
internal sealed class ReadAhead<T>(long mostOctets, int mostThings)
{
    private readonly object _lock = new();
    private readonly ChangeSignal _change = new();
    private readonly Queue<(T Thing, long Octets)> _ready = new();
    private long _octets;
    private bool _isComplete;

    /// <summary>The most octets that ever waited.</summary>
    public long Peak { get; private set; }

    /// <summary>Adds a thing, as soon as there is room for it.</summary>
    public async Task PutAsync(T thing, long octets, CancellationToken cancellationToken)
    {
        while (!TryPut(thing, octets, out Task room)) await WaitAsync(room, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>There will be no more.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _isComplete = true;
            _change.Set();
        }
    }

    /// <summary>Takes the next thing. The wait ends at once when it is cancelled, whatever the reader waits for.</summary>
    /// <returns>False at the end.</returns>
    public async Task<(bool IsThere, T Thing)> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task change;
            lock (_lock)
            {
                if (_ready.Count > 0)
                {
                    (T thing, long octets) = _ready.Dequeue();
                    _octets -= octets;
                    _change.Set();
                    return (true, thing);
                }

                if (_isComplete) return (false, default!);
                change = _change.Next;
            }

            await WaitAsync(change, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task WaitAsync(Task change, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellationToken.Register(() => cancelled.TrySetResult(true)))
        {
            await Task.WhenAny(change, cancelled.Task).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    private bool TryPut(T thing, long octets, out Task room)
    {
        lock (_lock)
        {
            room = Task.CompletedTask;
            if (_ready.Count >= mostThings || (_octets > 0 && _octets + octets > mostOctets))
            {
                room = _change.Next;
                return false;
            }

            _ready.Enqueue((thing, octets));
            _octets += octets;
            Peak = Math.Max(Peak, _octets);
            _change.Set();
            return true;
        }
    }
}
