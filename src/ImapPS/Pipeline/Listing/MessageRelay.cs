using System;
using System.Collections.Generic;
using System.Threading;
using ImapPS.Models;

namespace ImapPS.Pipeline.Listing;

/// <summary>
/// Hands messages on in groups: the first at once, then ever more of them at a time, and none later than a moment after it came. To wake
/// the pipeline for each would cost more than to read it.
/// </summary>
/// <param name="hand">Takes a group.</param>
internal sealed class MessageRelay(Action<IReadOnlyList<ImapMessage>> hand) : IDisposable
{
    private const int Largest = 256;

    private static readonly TimeSpan _moment = TimeSpan.FromMilliseconds(20);

    private readonly object _lock = new();
    private List<ImapMessage> _waiting = [];
    private Timer? _timer;
    private int _size = 1;

    /// <summary>Takes a message.</summary>
    public void Add(ImapMessage message)
    {
        lock (_lock)
        {
            _waiting.Add(message);
            if (_waiting.Count >= _size)
            {
                _size = Math.Min(Largest, _size * 2);
                Hand();
            }
            else if (_waiting.Count == 1)
            {
                _timer ??= new Timer(_ => Flush(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                _timer.Change(_moment, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Hands on what waits.</summary>
    public void Flush()
    {
        lock (_lock) Hand();
    }

    public void Dispose()
    {
        Flush();
        _timer?.Dispose();
    }

    private void Hand()
    {
        if (_waiting.Count == 0) return;

        List<ImapMessage> group = _waiting;
        _waiting = new List<ImapMessage>(_size);
        hand(group);
    }
}
