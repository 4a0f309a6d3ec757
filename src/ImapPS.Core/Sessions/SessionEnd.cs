using System;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sessions;

/// <summary>The end of a connection, and of the session that it belongs to: whatever waits or reads on it hears of it.</summary>
/// <param name="closed">What to throw to those who hear of it.</param>
/// <param name="session">Tells that the session has ended, for one of its other connections.</param>
internal sealed class SessionEnd(Func<Exception> closed, CancellationToken session) : IDisposable
{
    private readonly CancellationTokenSource _told = new();

    public CancellationToken Token => _told.Token;

    public bool IsTold => _told.IsCancellationRequested || session.IsCancellationRequested;

    /// <summary>Ends what is under way.</summary>
    public void Tell() => _told.Cancel();

    /// <inheritdoc cref="Tell"/>
    /// <remarks>Who hears of it may only now look at the token; its source holds nothing that the collector would not take.</remarks>
    public void Dispose() => Tell();

    /// <summary>A token for what the end cuts as well.</summary>
    public CancellationTokenSource Link(CancellationToken cancellationToken) =>
        CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _told.Token, session);

    /// <summary>Does what the end cuts as well.</summary>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Cuts it too.</param>
    public async Task<T> CutsAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using CancellationTokenSource either = Link(cancellationToken);
        try
        {
            return await work(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (IsTold && !cancellationToken.IsCancellationRequested)
        {
            throw closed();
        }
    }

    /// <inheritdoc cref="CutsAsync{T}"/>
    public Task CutsAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken) =>
        CutsAsync(
            async either =>
            {
                await work(either).ConfigureAwait(false);
                return true;
            },
            cancellationToken);
}
