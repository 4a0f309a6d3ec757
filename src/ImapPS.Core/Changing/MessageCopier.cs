using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Folders;
using ImapPS.Mailbox;
using ImapPS.Models;
using MailKit;

namespace ImapPS.Changing;

/// <summary>
/// Copies messages within an account. A COPY is all or nothing (RFC 9051, 6.4.7), so one that a lost connection interrupts is sent
/// again only when nothing of it can be seen in the destination.
/// </summary>
internal sealed class MessageCopier(MailboxAccess mailbox, TransferDestination destination) : MessageTransfer(mailbox, destination)
{
    /// <summary>Copies a batch, a command line's worth of UIDs at a time.</summary>
    public IAsyncEnumerable<ChangeResult> CopyAsync(MessageBatch batch, CancellationToken cancellationToken) =>
        ChangeResult.EachAsync(
            batch,
            (uids, result) => TellUnknownAsync(
                "copy", batch, uids, result, Failures.CopyUnknown, () => CopySetAsync(batch, uids, result, cancellationToken)),
            cancellationToken);

    private async Task CopySetAsync(MessageBatch batch, IReadOnlyList<uint> uids, ChangeResult result, CancellationToken cancellationToken)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                Transfer copied = await CopyOnceAsync(batch, uids, Access(batch), cancellationToken).ConfigureAwait(false);

                // What was copied is told, even if it has to be looked for after Ctrl+C.
                await ReportCopiedAsync(batch, uids, copied, result, CancellationToken.None).ConfigureAwait(false);
                return;
            }
            catch (ImapException lost) when (IsDecided(lost))
            {
                if (await WasCopiedAsync(batch, uids, result, cancellationToken).ConfigureAwait(false)) return;
                if (attempt >= Mailbox.Session.RetryCount) throw;
            }
        }
    }

    /// <summary>A server may refuse what is to be added to a folder that is open for reading only.</summary>
    private FolderAccess Access(MessageBatch batch) =>
        FolderNames.AreSame(batch.Folder, Destination.Path) ? FolderAccess.ReadWrite : FolderAccess.ReadOnly;

    private async Task ReportCopiedAsync(MessageBatch batch, IReadOnlyList<uint> uids, Transfer copied,
        ChangeResult result, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<uint, uint> places = copied.Places;
        HashSet<uint> taken = copied.Uids;
        if (places.Count == 0)
        {
            // No COPYUID: there was nothing to copy, or the server does not say where it went.
            if (taken.Count == 0) taken = [.. await PresentAsync(batch, uids, cancellationToken).ConfigureAwait(false)];
            if (taken.Count > 0) places = await WhereAsync(batch, taken, cancellationToken).ConfigureAwait(false);
        }

        // A server that says OK, and nothing has arrived: what it has confirmed is not there.
        bool isSeen = places.Count > 0 || taken.Count == 0 || !Destination.CanLook
            || (await Destination.ArrivalsAsync(cancellationToken).ConfigureAwait(false)).Count > 0;
        Report(batch, uids, places, result, uid =>
            !taken.Contains(uid) ? Failures.MessageNotFound(batch.Folder, uid, batch[uid])
            : isSeen ? null
            : Failures.CopyUnseen(batch.Folder, uid, Destination.Path, batch[uid]));
    }

    /// <summary>
    /// Looks for the copies after the connection broke, and reports what became of them, unless they are to be copied again.
    /// </summary>
    private async Task<bool> WasCopiedAsync(MessageBatch batch, IReadOnlyList<uint> uids, ChangeResult result,
        CancellationToken cancellationToken)
    {
        Dictionary<uint, uint> found = await FindCopiesAsync(batch, uids, cancellationToken).ConfigureAwait(false);
        if (found.Count == 0 && Destination.CanLook && (await PresentAsync(batch, uids, cancellationToken).ConfigureAwait(false)).Count > 0)
        {
            Mailbox.Caller.Verbose(
                $"The connection broke during a copy of {DisplayText.Count(uids.Count, "message")}. "
                + $"Nothing is in '{DisplayText.Printable(Destination.Path)}' yet.");
            MayHaveArrived = false;
            return false;
        }

        Report(batch, uids, found, result, uid => Failures.CopyUnknown(batch.Folder, uid, Destination.Path, batch[uid]));
        return true;
    }
}
