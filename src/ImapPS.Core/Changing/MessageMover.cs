using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using MailKit;
using MailKit.Net.Imap;

namespace ImapPS.Changing;

/// <summary>
/// Moves messages within an account: MOVE (RFC 6851) where there is, else COPY, confirmed, and then an EXPUNGE of just those
/// (UIDPLUS, RFC 4315). A move that a lost connection interrupts is looked up, and repeated for what is still there.
/// </summary>
internal sealed class MessageMover(MailboxAccess mailbox, TransferDestination destination) : MessageTransfer(mailbox, destination)
{
    /// <summary>True when COPY and EXPUNGE do the work of MOVE.</summary>
    private bool _copies;

    /// <summary>
    /// Moves a batch, a command line's worth of UIDs at a time: when a later line fails, what the earlier ones did is known.
    /// </summary>
    public async IAsyncEnumerable<ChangeResult> MoveAsync(MessageBatch batch, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        bool canMove = await CanMoveAsync(cancellationToken).ConfigureAwait(false);
        Func<IReadOnlyList<uint>, ChangeResult, Task> move = canMove
            ? (uids, result) => TellUnknownAsync(
                "move", batch, uids, result, Failures.OutcomeUnknown, () => MoveSetAsync(batch, uids, result, cancellationToken))
            : (uids, result) => TellUnknownAsync(
                "copy", batch, uids, result, Failures.CopyUnknown, () => CopyAndExpungeAsync(batch, uids, result, cancellationToken));
        await foreach (ChangeResult result in ChangeResult.EachAsync(batch, move, cancellationToken).ConfigureAwait(false))
        {
            yield return result;
        }
    }

    /// <summary>What was copied is not moved yet.</summary>
    protected override Task SeekAsync(MessageBatch batch, IReadOnlyList<uint> uids, ChangeResult result) =>
        _copies ? Task.CompletedTask : base.SeekAsync(batch, uids, result);

    private async Task MoveSetAsync(MessageBatch batch, IReadOnlyList<uint> uids, ChangeResult result, CancellationToken cancellationToken)
    {
        _copies = false;
        IReadOnlyList<uint> pending = uids;
        bool isFresh = false;
        for (int attempt = 0; pending.Count > 0; attempt++)
        {
            try
            {
                Transfer moved = await MoveOnceAsync(batch, pending, mayBeStale: !isFresh, cancellationToken).ConfigureAwait(false);
                if (!ReferenceEquals(moved, Transfer.Stale))
                {
                    Mailbox.Session.Memory.Prove(ImapCapabilities.Move);

                    // What was moved is told, even if it has to be looked for after Ctrl+C.
                    await ReportAsync(batch, pending, moved, result, CancellationToken.None).ConfigureAwait(false);
                    break;
                }

                isFresh = true;
                pending = await LeaveOutGoneAsync(batch, pending, result, cancellationToken).ConfigureAwait(false);
            }
            catch (ImapException refused) when (MayHaveArrived && Loss.IsRefusal(refused))
            {
                // It may have moved some all the same (RFC 6851, 3.3).
                int asked = pending.Count;
                pending = await LeaveOutGoneAsync(batch, pending, result, CancellationToken.None).ConfigureAwait(false);
                MayHaveArrived = false;
                if (pending.Count == 0) break;
                if (pending.Count == asked && refused.Id == ImapErrorId.CommandRejected
                    && !Mailbox.Session.Memory.IsProven(ImapCapabilities.Move)
                    && Mailbox.Session.Capabilities.Contains("UIDPLUS", StringComparer.Ordinal))
                {
                    // MOVE is announced and refused: then COPY and EXPUNGE, as where it is not announced. What is refused for a reason of
                    // its own is refused again.
                    await CopyAndExpungeAsync(batch, pending, result, cancellationToken).ConfigureAwait(false);
                    Mailbox.Session.Memory.Lacks(ImapCapabilities.Move);
                    break;
                }

                if (!Loss.IsRefusalForNow(refused) || attempt >= Mailbox.Session.RetryCount) throw;
                await Mailbox.Session.WaitOutAsync(refused, attempt, Mailbox.Caller.Verbose, cancellationToken).ConfigureAwait(false);
            }
            catch (ImapException lost) when (IsDecided(lost))
            {
                pending = await ResumeAsync(batch, pending, result, cancellationToken).ConfigureAwait(false);
                if (pending.Count > 0 && !Destination.CanLook) throw;
                MayHaveArrived = false;
                if (pending.Count > 0 && attempt >= Mailbox.Session.RetryCount) throw;
            }
        }
    }

    /// <summary>Reports the messages that another client has expunged, or that the refused command has moved all the same.</summary>
    /// <returns>The messages that are still to be moved.</returns>
    private async Task<IReadOnlyList<uint>> LeaveOutGoneAsync(MessageBatch batch, IReadOnlyList<uint> uids,
        ChangeResult result, CancellationToken cancellationToken)
    {
        IReadOnlyList<uint> present = await PresentAsync(batch, uids, cancellationToken).ConfigureAwait(false);
        List<uint> gone = [.. uids.Except(present)];
        if (gone.Count == 0) return present;

        Dictionary<uint, uint> places = await WhereAsync(batch, gone, cancellationToken).ConfigureAwait(false);
        Report(batch, gone, places, result, uid => Failures.MessageNotFound(batch.Folder, uid, batch[uid]));
        return present;
    }

    /// <summary>Finds out how far an interrupted move came.</summary>
    /// <returns>The messages that are still to be moved.</returns>
    private async Task<IReadOnlyList<uint>> ResumeAsync(MessageBatch batch, IReadOnlyList<uint> uids, ChangeResult result,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<uint> present = await PresentAsync(batch, uids, cancellationToken).ConfigureAwait(false);
        await ReportGoneAsync(batch, [.. uids.Except(present)], result, cancellationToken).ConfigureAwait(false);

        // What is in both folders has been copied, and only its original is left to be removed.
        Dictionary<uint, uint> copied = await FindCopiesAsync(batch, present, cancellationToken).ConfigureAwait(false);
        if (copied.Count > 0) await RemoveOriginalsAsync(batch, copied, result).ConfigureAwait(false);
        foreach (KeyValuePair<uint, uint> copy in copied) Arrive(batch[copy.Key], copy.Value, result);

        List<uint> left = [.. present.Where(uid => !copied.ContainsKey(uid))];
        Mailbox.Caller.Verbose(
            $"The connection broke during a move. Still in '{DisplayText.Printable(batch.Folder)}': "
            + $"{DisplayText.CountOf(left.Count, uids.Count, "message")}.");
        return left;
    }

    private Task<bool> CanMoveAsync(CancellationToken cancellationToken) =>
        Mailbox.RunAsync(
            (client, _) =>
            {
                bool canMove = client.Capabilities.HasFlag(ImapCapabilities.Move);
                return canMove || client.Capabilities.HasFlag(ImapCapabilities.UidPlus)
                    ? Task.FromResult(canMove)
                    : throw Failures.NotSupported(
                        "move messages without the risk of expunging others",
                        "MOVE (RFC 6851) or UIDPLUS (RFC 4315)",
                        "Copy the messages, and have the originals removed by a client that you trust with all that is marked \\Deleted.");
            },
            cancellationToken);

    private Task<Transfer> MoveOnceAsync(MessageBatch batch, IReadOnlyList<uint> uids, bool mayBeStale,
        CancellationToken cancellationToken) =>
        OnceAsync(
            batch,
            FolderAccess.ReadWrite,
            mayBeStale,
            async (client, folder, target, abort) => client.Capabilities.HasFlag(ImapCapabilities.UidPlus)
                ? Transfer.FromMap(await folder.MoveToAsync(UidSets.ToSet(uids), target, abort).ConfigureAwait(false), uids)
                : await NumberedTransfer.SendAsync(client, folder, uids, numbers => folder.MoveToAsync(numbers, target, abort), abort)
                    .ConfigureAwait(false),
            cancellationToken);

    private async Task CopyAndExpungeAsync(MessageBatch batch, IReadOnlyList<uint> uids, ChangeResult result,
        CancellationToken cancellationToken)
    {
        _copies = true;
        Transfer copied = await CopyAsync(batch, uids, cancellationToken).ConfigureAwait(false);

        // From here on it is known what was copied.
        MayHaveArrived = false;
        if (copied.Uids.Count == 0 && !Destination.CanLook)
        {
            throw Failures.CopiedButNotRemoved(batch.Folder, Destination.Path, [.. uids.Select(uid => batch[uid])],
                Failures.CopyNotSeen(Destination.Path));
        }

        if (copied.Uids.Count > 0) await RemoveOriginalsAsync(batch, copied.Places, result).ConfigureAwait(false);

        await ReportAsync(batch, uids, copied, result, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Removes originals. Not to be stopped between the copy and this: the messages would be in both folders.</summary>
    private async Task RemoveOriginalsAsync(MessageBatch batch, IReadOnlyDictionary<uint, uint> copies, ChangeResult result)
    {
        uint[] uids = [.. copies.Keys];
        var expunger = new MessageExpunger(Mailbox);
        try
        {
            await expunger.ExpungeSetAsync(batch.Folder, batch.UidValidity, uids, CancellationToken.None).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            result.Errors.AddRange(uids.Select(uid => Failures.RemovalUnknown(batch.Folder, uid, Destination.Path, batch[uid])));
            throw;
        }
        catch (ImapException failed)
        {
            // To run the move again would copy them again, so whoever runs it must know.
            result.Errors.AddRange(
                expunger.UnderWay.Select(uid => Failures.RemovalUnknown(batch.Folder, uid, Destination.Path, batch[uid])));
            IReadOnlyCollection<uint> left = expunger.Left ?? uids;
            foreach (uint uid in uids.Except(left)) Arrive(batch[uid], copies[uid], result);
            throw Failures.CopiedButNotRemoved(batch.Folder, Destination.Path, [.. left.Select(uid => batch[uid])], failed);
        }
    }

    private async Task<Transfer> CopyAsync(MessageBatch batch, IReadOnlyList<uint> uids, CancellationToken cancellationToken)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                Transfer copied = await CopyOnceAsync(batch, uids, FolderAccess.ReadWrite, cancellationToken).ConfigureAwait(false);
                if (copied.Uids.Count > 0) return copied;

                // Some servers name no COPYUID for some folders. What cannot be seen in the destination is not confirmed.
                return Transfer.FromFound(await FindCopiesAsync(batch, uids, CancellationToken.None).ConfigureAwait(false));
            }
            catch (ImapException lost) when (IsDecided(lost))
            {
                // A COPY is all or nothing (RFC 9051, 6.4.7): either all of them are there, or it is sent again.
                Dictionary<uint, uint> found = await FindCopiesAsync(batch, uids, cancellationToken).ConfigureAwait(false);
                if (found.Count > 0) return Transfer.FromFound(found);
                if (!Destination.CanLook) throw;

                MayHaveArrived = false;
                if (attempt >= Mailbox.Session.RetryCount) throw;
            }
        }
    }

    private async Task ReportAsync(MessageBatch batch, IReadOnlyList<uint> uids, Transfer transfer, ChangeResult result,
        CancellationToken cancellationToken)
    {
        // No COPYUID means that there was nothing to move, or that the server does not say where it went.
        IReadOnlyDictionary<uint, uint> places = transfer.Places.Count > 0
            ? transfer.Places
            : await WhereAsync(batch, uids, cancellationToken).ConfigureAwait(false);
        List<uint> unseen = [.. uids.Where(uid => !places.ContainsKey(uid))];
        HashSet<uint> unmoved = unseen.Count == 0 ? [] : [.. await PresentAsync(batch, unseen, cancellationToken).ConfigureAwait(false)];
        Report(batch, uids, places, result, uid =>
            unmoved.Contains(uid) ? Failures.NotMoved(batch.Folder, uid, Destination.Path, batch[uid])
            : transfer.Uids.Contains(uid) || !Destination.CanLook ? null
            : Failures.MessageNotFound(batch.Folder, uid, batch[uid]));
    }

    private async Task ReportGoneAsync(MessageBatch batch, List<uint> gone, ChangeResult result, CancellationToken cancellationToken)
    {
        if (gone.Count == 0) return;

        Dictionary<uint, uint> places = await WhereAsync(batch, gone, cancellationToken).ConfigureAwait(false);
        Report(batch, gone, places, result, uid => Failures.OutcomeUnknown(batch.Folder, uid, Destination.Path, batch[uid]));
    }
}
