using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading.Tasks;

namespace ImapPS.Sessions;

/// <summary>What was learned last, and how to learn it anew without waiting long for it.</summary>
internal sealed class Remembered<T>(TimeSpan lifetime)
{
    private readonly object _lock = new();
    private IReadOnlyList<T> _known = [];
    private Stopwatch? _learned;
    private Stopwatch? _asked;
    private Task? _asking;

    /// <summary>What is known, if that is not old; null otherwise.</summary>
    public IReadOnlyList<T>? Recent
    {
        get
        {
            lock (_lock) return IsRecent ? _known : null;
        }
    }

    private bool IsRecent => _learned is { } learned && learned.Elapsed < lifetime;

    /// <summary>
    /// What is known. When it is old, it is asked for, and the answer awaited for a while: what comes later is known then.
    /// </summary>
    /// <param name="ask">Asks; null where nobody can be asked now.</param>
    /// <param name="patience">How long one question is waited for in all, however many wait.</param>
    public IReadOnlyList<T> Get(Func<Task<IReadOnlyList<T>?>> ask, TimeSpan patience)
    {
        Task asking;
        TimeSpan left;
        lock (_lock)
        {
            if (IsRecent) return _known;

            if (_asking is null or { IsCompleted: true })
            {
                _asked = Stopwatch.StartNew();
                _asking = Task.Run(() => AskAsync(ask));
            }

            asking = _asking;
            left = patience - _asked!.Elapsed;
        }

        // On the pool: the prompt's thread may have a context that waits for this one.
        if (left > TimeSpan.Zero) asking.Wait(left);
        lock (_lock) return _known;
    }

    public void Learn(IReadOnlyList<T> known)
    {
        lock (_lock)
        {
            _known = known;
            _learned = Stopwatch.StartNew();
        }
    }

    /// <summary>What is known may be wrong from now on.</summary>
    public void Forget()
    {
        lock (_lock) _learned = null;
    }

    private async Task AskAsync(Func<Task<IReadOnlyList<T>?>> ask)
    {
        try
        {
            if (await ask().ConfigureAwait(false) is { } known) Learn(known);
        }
        catch (Exception unknown) when (unknown is not OutOfMemoryException)
        {
            // Nobody asked for errors; the next command meets with them.
        }
    }
}
