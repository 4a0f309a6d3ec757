using System;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;

namespace ImapPS.Sessions;

/// <summary>The caller of what must still be tried after Ctrl+C: it has a time of its own, and no more.</summary>
internal sealed class RescueCaller : ISessionCaller, IDisposable
{
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(2);

    private readonly ISessionCaller _caller;
    private readonly CancellationTokenSource _time = new();

    public RescueCaller(ISessionCaller caller)
    {
        _caller = caller;
        if (caller.Abort.IsCancellationRequested) _time.CancelAfter(_longest);
    }

    public CancellationToken Abort => _time.Token;

    public void Begin(SessionConnection session) => _caller.Begin(session);

    public void Verbose(string message) => _caller.Verbose(message);

    public void Warning(string message) => _caller.Warning(message);

    public void Error(ImapException exception) => _caller.Error(exception);

    public async Task<T> AskAsync<T>(Func<T> question, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(Abort, cancellationToken);
        return await _caller.AskAsync(question, either.Token).ConfigureAwait(false);
    }

    public void ConnectionLost() => _caller.ConnectionLost();

    public void Dispose() => _time.Dispose();
}
