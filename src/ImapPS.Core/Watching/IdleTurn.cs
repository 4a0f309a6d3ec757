using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using MailKit.Net.Imap;

namespace ImapPS.Watching;

/// <summary>
/// One turn of waiting for what the server tells of the selected folder: IDLE (RFC 2177) where it works, else a pause; then a NOOP, since
/// the IDLE of some servers tells nothing. A server that no longer talks is found out, and the connection given up.
/// </summary>
internal sealed class IdleTurn
{
    /// <summary>Routers forget connections on which nothing was said for ten minutes.</summary>
    private static readonly TimeSpan _longestTurn = TimeSpan.FromMinutes(8.5);

    private static readonly TimeSpan _longestAnswer = TimeSpan.FromSeconds(10);

    /// <summary>A server that ends IDLE sooner than this would be busy with little else.</summary>
    private static readonly TimeSpan _shortestIdle = TimeSpan.FromSeconds(10);

    /// <summary>
    /// What a server tells later than this after IDLE began, it tells because it happens, and not because it was left over.
    /// </summary>
    private static readonly TimeSpan _leftOver = TimeSpan.FromSeconds(1);

    /// <summary>A timer may be that early.</summary>
    private static readonly TimeSpan _tick = TimeSpan.FromMilliseconds(50);

    private readonly object _lock = new();
    private readonly Stopwatch _sinceAsked = Stopwatch.StartNew();
    private readonly LookInterval _looks = new(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(30));
    private readonly TimeSpan? _poll;
    private readonly TimeSpan _answer;
    private CancellationTokenSource? _waiting;
    private Stopwatch? _idling;
    private bool _isRefused;
    private bool _isTrusted;

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
            bool idles = client.Capabilities.HasFlag(ImapCapabilities.Idle) && !_isRefused;
            TimeSpan look = _poll ?? (!idles ? UsualPoll : _isTrusted ? Longest : Min(_looks.Current, Longest));
            TimeSpan pause = Min(longest, look - _sinceAsked.Elapsed);
            if (pause > TimeSpan.Zero)
            {
                await (idles ? IdleAsync(client, pause, done.Token, abort) : PauseAsync(pause, done.Token)).ConfigureAwait(false);
            }

            if (done.IsCancellationRequested || client.IsIdle || (idles && _sinceAsked.Elapsed + _tick < look)) return;

            _looks.Grow();
            _sinceAsked.Restart();
            await client.NoOpAsync(abort).ConfigureAwait(false);

            // What a NOOP brings to light, IDLE has not told.
            if (idles && isTold()) _looks.Restart();
        }
        finally
        {
            lock (_lock) _waiting = null;
        }
    }

    /// <summary>Ends the turn that is under way, since there is something now.</summary>
    public void Wake()
    {
        lock (_lock)
        {
            if (_waiting is null) return;

            _isTrusted = _idling is { } idling && idling.Elapsed > _leftOver;
            _waiting.Cancel();
        }
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

    /// <summary>
    /// Listens. Where the server ends it by itself, MailKit takes no notice, and the client stays idle: whoever called opens the folder
    /// anew.
    /// </summary>
    private async Task IdleAsync(ImapClient client, TimeSpan longest, CancellationToken done, CancellationToken abort)
    {
        using var finish = CancellationTokenSource.CreateLinkedTokenSource(done);
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(abort);
        using CancellationTokenRegistration answer = finish.Token.Register(() =>
        {
            // What comes after DONE has not been told by itself.
            lock (_lock) _idling = null;
            lost.CancelAfter(_answer);
        });
        finish.CancelAfter(longest);
        var clock = Stopwatch.StartNew();
        lock (_lock) _idling = clock;
        try
        {
            await client.IdleAsync(finish.Token, lost.Token).ConfigureAwait(false);
            _isRefused |= client.IsIdle && clock.Elapsed < _shortestIdle;
        }
        catch (ImapCommandException)
        {
            // It is announced, and refused: the server is asked now and then, as one that has it not.
            _isRefused = true;
        }
        catch (OperationCanceledException silent) when (!abort.IsCancellationRequested)
        {
            // MailKit waits for ever for the answer to DONE.
            throw new TimeoutException("The server does not answer DONE.", silent);
        }
        finally
        {
            lock (_lock) _idling = null;
        }
    }

    private static async Task PauseAsync(TimeSpan pause, CancellationToken done)
    {
        try
        {
            await Task.Delay(pause, done).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Somebody has something, or stops.
        }
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
