using System;
using System.Collections.Concurrent;

namespace ImapPS.Sessions;

/// <summary>What a command that was stopped could not tell any more. The next command of the session tells it, once.</summary>
internal sealed class SessionNotices
{
    private readonly ConcurrentQueue<string> _waiting = new();

    public void Add(string notice) => _waiting.Enqueue(notice);

    public bool Any => !_waiting.IsEmpty;

    /// <summary>Tells each. One that cannot be told either stays.</summary>
    public void Tell(Action<string> tell)
    {
        while (_waiting.TryPeek(out string? notice))
        {
            tell(notice);
            _waiting.TryDequeue(out _);
        }
    }
}
