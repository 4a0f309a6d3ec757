using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sessions;

/// <summary>
/// The places that a server has for connections of this process, which it does not tell before it refuses one: whoever was refused is
/// waked when another connection to that server has closed, one for each, in their order and whatever their runspace.
/// </summary>
internal sealed class ServerPlaces
{
    private static readonly ConcurrentDictionary<string, ServerPlaces> _servers = new(StringComparer.OrdinalIgnoreCase);

    private readonly object _lock = new();
    private readonly LinkedList<TaskCompletionSource<bool>> _waiting = new();

    public static ServerPlaces Of(ServerAddress address) => _servers.GetOrAdd($"{address.Host}:{address.Port}", _ => new ServerPlaces());

    /// <summary>A connection has closed.</summary>
    public void Left()
    {
        lock (_lock)
        {
            if (_waiting.First is not { } first) return;

            _waiting.RemoveFirst();
            first.Value.TrySetResult(true);
        }
    }

    /// <summary>Waits until a place may be free.</summary>
    /// <param name="longest">How long at the most.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    /// <returns>True when somebody has left; false when the time is over.</returns>
    public async Task<bool> WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        var turn = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock) _waiting.AddLast(turn);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(turn.Task, Task.Delay(longest, over.Token)).ConfigureAwait(false);
        over.Cancel();
        lock (_lock) _waiting.Remove(turn);
        if (!cancellationToken.IsCancellationRequested) return turn.Task.IsCompleted;

        // The place is for the next one.
        if (turn.Task.IsCompleted) Left();
        throw new OperationCanceledException(cancellationToken);
    }
}
