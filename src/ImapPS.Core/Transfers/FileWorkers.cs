using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace ImapPS.Transfers;

/// <summary>
/// Does the work of files beside the connection, which reads on meanwhile. Whoever brings more than the workers can do waits, so that what
/// is kept in memory for them has a bound.
/// </summary>
/// <param name="most">How many may work at a time.</param>
/// <param name="mostOctets">How many octets may wait for them. A piece of work that is larger waits until nothing else does.</param>
internal sealed class FileWorkers(int most, long mostOctets)
{
    private readonly object _lock = new();
    private readonly ChangeSignal _change = new();
    private readonly Queue<(long Octets, Action Work)> _waiting = new();
    private long _octets;
    private int _working;

    /// <summary>The most octets that ever waited or were under way.</summary>
    public long Peak { get; private set; }

    /// <summary>Hands over a piece of work, as soon as there is room for it.</summary>
    /// <param name="octets">How much memory it keeps.</param>
    /// <param name="work">The work. It tells of its own failure.</param>
    public async Task PutAsync(long octets, Action work)
    {
        while (!TryPut(octets, work, out Task room)) await room.ConfigureAwait(false);
    }

    /// <summary>Ends when all that was handed over is done.</summary>
    public async Task FinishAsync()
    {
        while (true)
        {
            Task change;
            lock (_lock)
            {
                if (_working == 0) return;
                change = _change.Next;
            }

            await change.ConfigureAwait(false);
        }
    }

    private bool TryPut(long octets, Action work, out Task room)
    {
        lock (_lock)
        {
            room = Task.CompletedTask;
            if (_octets > 0 && _octets + octets > mostOctets)
            {
                room = _change.Next;
                return false;
            }

            _octets += octets;
            Peak = Math.Max(Peak, _octets);
            _waiting.Enqueue((octets, work));
            if (_working == most) return true;

            _working++;
        }

        _ = Task.Run(Work);
        return true;
    }

    private void Work()
    {
        while (true)
        {
            (long octets, Action work) = (0, static () => { });
            lock (_lock)
            {
                if (_waiting.Count == 0)
                {
                    _working--;
                    _change.Set();
                    return;
                }

                (octets, work) = _waiting.Dequeue();
            }

            try
            {
                work();
            }
            finally
            {
                lock (_lock)
                {
                    _octets -= octets;
                    _change.Set();
                }
            }
        }
    }
}
