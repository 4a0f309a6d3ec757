using System;
using System.Threading;
using System.Threading.Tasks;
using MailKit.Net.Imap;

namespace ImapPS.Watching;

/// <summary>
/// One turn of waiting for what the server tells of the selected folder: IDLE (RFC 2177) where there is, else a pause and a NOOP.
/// A server that no longer talks is found out, and the connection given up.
/// </summary>
internal sealed class IdleTurn
{
    /// <summary>Routers forget connections on which nothing was said for ten minutes.</summary>
    private static readonly TimeSpan _longestTurn = TimeSpan.FromMinutes(8.5);

    private static readonly TimeSpan _longestAnswer = TimeSpan.FromSeconds(10);

    private readonly object _lock = new();
    private readonly TimeSpan? _poll;
    private readonly TimeSpan _answer;
    private CancellationTokenSource? _waiting;

    /// <param name="timeout">How long the server may be silent in all.</param>
    /// <param name="poll">How often to ask, also a server that would tell by itself; null for every 2 seconds where it would not.</param>
    public IdleTurn(TimeSpan timeout, TimeSpan? poll)
    {
        _poll = poll;
        _answer = Min(TimeSpan.FromTicks(timeout.Ticks / 2), _longestAnswer);
        Longest = Min(Min(timeout - _answer, _longestTurn), poll ?? TimeSpan.MaxValue);
    }

    /// <summary>After this time IDLE is begun anew.</summary>
    public TimeSpan Longest { get; }

    /// <summary>How often a server without IDLE is asked, unless the caller says otherwise.</summary>
    public static TimeSpan UsualPoll { get; } = TimeSpan.FromSeconds(2);

    /// <param name="client">The connection; a folder is selected on it.</param>
    /// <param name="longest">How long to wait at the most. A turn may be shorter.</param>
    /// <param name="isTold">True when there is something already: then nothing is waited for.</param>
    /// <param name="cancellationToken">Ends the turn early; the connection stays good.</param>
    /// <param name="abort">Cuts it, and the connection with it.</param>
    public async Task RunAsync(ImapClient client, TimeSpan longest, Func<bool> isTold, CancellationToken cancellationToken,
        CancellationToken abort)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (!Begin(done, isTold)) return;

        try
        {
            await (client.Capabilities.HasFlag(ImapCapabilities.Idle)
                ? IdleAsync(client, Min(longest, Longest), done.Token, abort)
                : PollAsync(client, Min(longest, _poll ?? UsualPoll), done.Token, abort)).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock) _waiting = null;
        }
    }

    /// <summary>Ends the turn that is under way, since there is something now.</summary>
    public void Wake()
    {
        lock (_lock) _waiting?.Cancel();
    }

    private bool Begin(CancellationTokenSource done, Func<bool> isTold)
    {
        lock (_lock)
        {
            // What is told from here on finds somebody to wake.
            if (isTold()) return false;

            _waiting = done;
            return true;
        }
    }

    private async Task IdleAsync(ImapClient client, TimeSpan longest, CancellationToken done, CancellationToken abort)
    {
        using var finish = CancellationTokenSource.CreateLinkedTokenSource(done);
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(abort);
        using CancellationTokenRegistration answer = finish.Token.Register(() => lost.CancelAfter(_answer));
        finish.CancelAfter(longest);
        try
        {
            await client.IdleAsync(finish.Token, lost.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException silent) when (!abort.IsCancellationRequested)
        {
            // MailKit waits for ever for the answer to DONE.
            throw new TimeoutException("The server does not answer DONE.", silent);
        }
    }

    private static async Task PollAsync(ImapClient client, TimeSpan pause, CancellationToken done, CancellationToken abort)
    {
        try
        {
            await Task.Delay(pause, done).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!abort.IsCancellationRequested)
        {
            return;
        }

        await client.NoOpAsync(abort).ConfigureAwait(false);
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
