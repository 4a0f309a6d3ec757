using System;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Mailbox;
using MailKit;

namespace ImapPS.Watching;

/// <summary>Listens to the folder that stays open, on a connection that nothing else uses.</summary>
/// <param name="mailbox">The account, on that connection.</param>
/// <param name="poll">How often to ask, also a server that would tell by itself; null for what is usual.</param>
internal sealed class FolderListener(MailboxAccess mailbox, TimeSpan? poll)
{
    private readonly IdleTurn _turn = new(mailbox.Session.Timeout, poll);

    /// <summary>What the server tells of a folder. Each signal ends the wait that is under way.</summary>
    /// <param name="isWanted">Which signals are worth that; null for all.</param>
    public FolderSignals Hear(Predicate<FolderSignal>? isWanted = null) => new(_turn.Wake, isWanted);

    /// <summary>
    /// Waits until the server has told of something, or for one turn. What is told while nobody waits is kept in the signals.
    /// </summary>
    /// <param name="path">The folder.</param>
    /// <param name="uidValidity">The UIDVALIDITY that it must have, if it is known.</param>
    /// <param name="signals">What the server tells of it.</param>
    /// <param name="longest">How long to wait at the most; zero only asks the server for what it has not told yet, and null does not even
    /// ask.</param>
    /// <param name="isTold">True when there is something already: then nothing is waited for.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public Task WaitAsync(string path, uint? uidValidity, FolderSignals signals, TimeSpan? longest, Func<bool> isTold,
        CancellationToken cancellationToken) =>
        mailbox.InFolderAsync(
            path,
            FolderAccess.ReadOnly,
            uidValidity,
            async (client, folder, abort) =>
            {
                signals.Attach(folder);
                if (longest is not { } wait) return true;

                await (wait <= TimeSpan.Zero ? client.NoOpAsync(abort) : _turn.RunAsync(client, wait, isTold, cancellationToken, abort))
                    .ConfigureAwait(false);
                if (!client.IsIdle) return true;

                // The server has ended IDLE. Only opening the folder tells MailKit; and what nobody listened to is looked for then.
                mailbox.Session.Selected = null;
                await folder.OpenAsync(FolderAccess.ReadOnly, abort).ConfigureAwait(false);
                mailbox.Session.Selected = folder;
                return true;
            },
            cancellationToken);
}
