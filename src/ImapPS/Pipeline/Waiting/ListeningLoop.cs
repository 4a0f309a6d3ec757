using System;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Pipeline.Base;

namespace ImapPS.Pipeline.Waiting;

/// <summary>
/// Looks and listens in turns, until there is enough or the time is up. A server that is away meanwhile is waited for. Waiting for
/// messages and watching folders differ only in how they look.
/// </summary>
internal sealed class ListeningLoop
{
    /// <summary>How often in a row an answer may be no IMAP: what a server tells by itself it does not tell again.</summary>
    private const int MostNonsense = 3;

    /// <summary>How much time is left; zero or less when it is up.</summary>
    public required Func<TimeSpan> TimeLeft { get; init; }

    /// <summary>Looks for what is new, if there may be anything. True when there is enough.</summary>
    public required Func<CancellationToken, Task<bool>> LookAsync { get; init; }

    /// <summary>
    /// Listens until there may be something, for this time at the most. With no time left it asks the server, which may not have got
    /// round to telling.
    /// </summary>
    public required Func<TimeSpan, CancellationToken, Task> ListenAsync { get; init; }

    /// <summary>The look when the time is up; null for one like the others.</summary>
    public Func<CancellationToken, Task<bool>>? LookLastAsync { get; init; }

    /// <summary>Says that the connection was lost, and how many tries have failed before.</summary>
    public required Action<ImapException, int> TellLoss { get; init; }

    /// <summary>The first pause after a loss; each is longer than the one before.</summary>
    public required TimeSpan Pause { get; init; }

    /// <summary>True when nothing is left to listen to.</summary>
    public Func<bool> IsOver { get; init; } = () => false;

    /// <returns>True when there is enough.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        int failures = 0;
        while (!IsOver())
        {
            TimeSpan left = TimeLeft();
            bool isLast = left <= TimeSpan.Zero;
            try
            {
                if (await LookAsync(cancellationToken).ConfigureAwait(false)) return true;

                await ListenAsync(left, cancellationToken).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                if (isLast) return await (LookLastAsync ?? LookAsync)(cancellationToken).ConfigureAwait(false);

                failures = 0;
            }
            catch (ImapException lost) when (!isLast && (OwnConnection.IsOutage(lost)
                || (lost.Id == ImapErrorId.ProtocolError && failures < MostNonsense)))
            {
                TellLoss(lost, failures);
                await OwnConnection.PauseAsync(Pause, failures++, left, cancellationToken).ConfigureAwait(false);
            }
        }

        return false;
    }
}
