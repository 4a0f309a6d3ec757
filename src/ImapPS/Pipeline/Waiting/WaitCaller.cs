using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Sessions;

namespace ImapPS.Pipeline.Waiting;

/// <summary>The caller of a wait: a server that is silent when the time is up does not make it longer.</summary>
internal sealed class WaitCaller : ISessionCaller, IDisposable
{
    /// <summary>No timer of .NET Framework runs longer.</summary>
    private static readonly TimeSpan _longestTimer = TimeSpan.FromMilliseconds(int.MaxValue);

    private readonly ISessionCaller _caller;
    private readonly CancellationTokenSource _abort;
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <param name="caller">Who waits.</param>
    /// <param name="longest">When a command in flight is cut; never, if that is too long for a timer.</param>
    public WaitCaller(ISessionCaller caller, TimeSpan longest)
    {
        _caller = caller;
        _abort = CancellationTokenSource.CreateLinkedTokenSource(caller.Abort);
        if (longest <= _longestTimer) _abort.CancelAfter(longest);
    }

    public CancellationToken Abort => _abort.Token;

    public void Begin(SessionConnection session) => _caller.Begin(session);

    public void Verbose(string message) => _caller.Verbose(message);

    public void Warning(string message) => _caller.Warning(message);

    /// <summary>Who waits looks often, and is told once of each message that cannot be read.</summary>
    public void Error(ImapException exception)
    {
        lock (_told)
        {
            if (!_told.Add(exception.Message)) return;
        }

        _caller.Error(exception);
    }

    public async Task<T> AskAsync<T>(Func<T> question, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(Abort, cancellationToken);
        return await _caller.AskAsync(question, either.Token).ConfigureAwait(false);
    }

    public void ConnectionLost() => _caller.ConnectionLost();

    public void Dispose() => _abort.Dispose();
}
