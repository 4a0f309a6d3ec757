using System;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Pipeline.Waiting;
using ImapPS.Sessions;

namespace ImapPS.Pipeline.Base;

/// <summary>A connection of its own for a cmdlet that waits: the session stays free for what comes after it in the pipeline.</summary>
internal static class OwnConnection
{
    /// <summary>How long a server may take when the time is up.</summary>
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(10);

    /// <summary>Works on a connection beside that of the session, and closes it.</summary>
    /// <param name="session">The session.</param>
    /// <param name="longest">How long the work is to take; null for as long as it likes.</param>
    /// <param name="writer">Who waits.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public static async Task<T> RunAsync<T>(SessionConnection session, TimeSpan? longest, PipelineWriter writer,
        Func<MailboxAccess, Task<T>> work, CancellationToken cancellationToken)
    {
        using var caller = new WaitCaller(writer, longest + _grace ?? Timeout.InfiniteTimeSpan);
        using SessionConnection own = session.CreateSibling();
        T result;
        try
        {
            result = await work(new MailboxAccess(own, caller)).ConfigureAwait(false);
        }
        catch (OperationCanceledException silent) when (!cancellationToken.IsCancellationRequested && !writer.Abort.IsCancellationRequested)
        {
            throw Failures.Timeout(session.Handle.Server, (int)own.Timeout.TotalSeconds, silent);
        }

        cancellationToken.ThrowIfCancellationRequested();
        await own.CloseAsync(cancellationToken).ConfigureAwait(false);
        return result;
    }

    /// <summary>True for what a wait outlives: a server that restarts may take longer than a session's own retries.</summary>
    public static bool IsOutage(ImapException lost) =>
        lost.Id is ImapErrorId.ConnectionLost or ImapErrorId.ConnectionFailed or ImapErrorId.Timeout
            or ImapErrorId.ServerBusy || lost is { Id: ImapErrorId.ProxyFailed, InnerException: not null };

    /// <summary>Pauses before the next try.</summary>
    /// <param name="delay">The first pause; each is longer than the one before.</param>
    /// <param name="failures">How many tries have failed before this one.</param>
    /// <param name="left">How much time is left for the wait.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public static Task PauseAsync(TimeSpan delay, int failures, TimeSpan left, CancellationToken cancellationToken)
    {
        TimeSpan pause = Backoff.Delay(delay, failures);
        return Task.Delay(pause < left ? pause : left, cancellationToken);
    }
}
