using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Models;
using MailKit;
using MailKit.Net.Imap;

namespace ImapPS.Mailbox;

/// <summary>
/// Moves messages within an account: MOVE (RFC 6851) where there is, else COPY, confirmed, and then an EXPUNGE of just those
/// (UIDPLUS, RFC 4315). A move that a lost connection interrupts is looked up, and repeated for what is still there.
/// </summary>
internal sealed class MessageMover(MailboxAccess mailbox, TransferDestination destination)
{
    /// <summary>Moves a batch, a command line's worth of UIDs at a time: when a later line fails, what the earlier ones did is known.</summary>
    public async IAsyncEnumerable<TransferResult> MoveAsync(MessageBatch batch, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        bool canMove = await CanMoveAsync(batch, cancellationToken).ConfigureAwait(false);
        foreach (IReadOnlyList<uint> uids in UidSets.Split(batch.Uids, _ => int.MaxValue))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return canMove
                ? await MoveSetAsync(batch, uids, cancellationToken).ConfigureAwait(false)
                : await CopyAndExpungeAsync(batch, uids, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<TransferResult> MoveSetAsync(MessageBatch batch, IReadOnlyList<uint> uids, CancellationToken cancellationToken)
    {
        var result = new TransferResult();
        IReadOnlyList<uint> pending = uids;
        for (int attempt = 0; pending.Count > 0; attempt++)
        {
            try
            {
                Transfer moved = await MoveOnceAsync(batch, pending, cancellationToken).ConfigureAwait(false);
                await ReportAsync(batch, pending, moved, result, cancellationToken).ConfigureAwait(false);
                break;
            }
            catch (ImapException lost) when (MayTryAgain(lost, attempt))
            {
                pending = await ResumeAsync(batch, pending, result, cancellationToken).ConfigureAwait(false);
            }
        }

        return result;
    }

    /// <summary>
    /// After a broken connection the server is done with the command, or will never be. One that is only slow may still be at
    /// it, and would move or copy the messages twice.
    /// </summary>
    private bool MayTryAgain(ImapException lost, int attempt) =>
        MailboxAccess.IsLoss(lost) && lost.Id != ImapErrorId.Timeout && attempt < mailbox.Session.RetryCount;

    /// <summary>Finds out how far an interrupted move came.</summary>
    /// <returns>The messages that are still to be moved.</returns>
    private async Task<IReadOnlyList<uint>> ResumeAsync(MessageBatch batch, IReadOnlyList<uint> uids, TransferResult result, CancellationToken cancellationToken)
    {
        IReadOnlyList<uint> present = await PresentAsync(batch, uids, cancellationToken).ConfigureAwait(false);
        await ReportGoneAsync(batch, [.. uids.Except(present)], result, cancellationToken).ConfigureAwait(false);

        // What is in both folders has been copied, and only its original is left to be removed.
        Dictionary<uint, uint> copied = await FindCopiesAsync(batch, present, cancellationToken).ConfigureAwait(false);
        if (copied.Count > 0) await RemoveOriginalsAsync(batch, copied.Keys, cancellationToken).ConfigureAwait(false);
        foreach (KeyValuePair<uint, uint> copy in copied) Arrive(batch[copy.Key], copy.Value, result);

        List<uint> left = [.. present.Where(uid => !copied.ContainsKey(uid))];
        mailbox.Caller.Verbose(string.Format(
            CultureInfo.InvariantCulture,
            "The connection broke in the middle of a move: {0} of {1} messages are still in '{2}' and are moved again.",
            left.Count,
            uids.Count,
            Text.Printable(batch.Folder)));
        return left;
    }

    private Task<bool> CanMoveAsync(MessageBatch batch, CancellationToken cancellationToken) =>
        mailbox.InFolderAsync(
            batch.Folder,
            FolderAccess.ReadWrite,
            batch.UidValidity,
            (client, _, _) =>
            {
                bool canMove = client.Capabilities.HasFlag(ImapCapabilities.Move);
                return canMove || client.Capabilities.HasFlag(ImapCapabilities.UidPlus)
                    ? Task.FromResult(canMove)
                    : throw Failures.NotSupported(
                        "move messages without the risk of expunging others",
                        "MOVE (RFC 6851) or UIDPLUS (RFC 4315)",
                        "Copy the messages, and have the originals removed by a client that you trust with all that is marked \\Deleted.");
            },
            cancellationToken,
            refresh: true);

    private Task<Transfer> MoveOnceAsync(MessageBatch batch, IReadOnlyList<uint> uids, CancellationToken cancellationToken) =>
        OnceAsync(
            batch,
            async (client, folder, target, abort) => client.Capabilities.HasFlag(ImapCapabilities.UidPlus)
                ? Transfer.FromMap(await folder.MoveToAsync(UidSets.ToSet(uids), target, abort).ConfigureAwait(false))
                : await MoveByNumberAsync(client, folder, uids, target, abort).ConfigureAwait(false),
            cancellationToken);

    private Task<Transfer> CopyOnceAsync(MessageBatch batch, IReadOnlyList<uint> uids, CancellationToken cancellationToken) =>
        OnceAsync(
            batch,
            async (_, folder, target, abort) => Transfer.FromMap(await folder.CopyToAsync(UidSets.ToSet(uids), target, abort).ConfigureAwait(false)),
            cancellationToken);

    /// <summary>Sends a command from one folder to the other that is never sent twice without a look at what it did.</summary>
    private async Task<Transfer> OnceAsync(
        MessageBatch batch,
        Func<ImapClient, IMailFolder, IMailFolder, CancellationToken, Task<Transfer>> transfer,
        CancellationToken cancellationToken)
    {
        try
        {
            return await mailbox.InFolderAsync(
                batch.Folder,
                FolderAccess.ReadWrite,
                batch.UidValidity,
                async (client, folder, abort) =>
                {
                    IMailFolder target = await MailboxAccess.FindAsync(client, destination.Path, abort).ConfigureAwait(false);
                    return await transfer(client, folder, target, abort).ConfigureAwait(false);
                },
                cancellationToken,
                mayRepeat: false).ConfigureAwait(false);
        }
        catch (ImapException late) when (late.Id == ImapErrorId.Timeout)
        {
            throw Failures.TimeoutInChange(late);
        }
    }

    /// <summary>
    /// Without UIDPLUS MailKit moves by sequence numbers. They hold as long as no EXPUNGE is told, which no server may do between
    /// this lookup and the move (RFC 9051, 7.5.1); if one came with the lookup itself, look again.
    /// </summary>
    private static async Task<Transfer> MoveByNumberAsync(ImapClient client, IMailFolder folder, IReadOnlyList<uint> uids, IMailFolder target, CancellationToken abort)
    {
        int expunged = 0;
        void Count(object? sender, MessageEventArgs e) => expunged++;

        folder.MessageExpunged += Count;
        try
        {
            IList<IMessageSummary> present;
            do
            {
                await client.NoOpAsync(abort).ConfigureAwait(false);
                expunged = 0;
                present = await LookUpAsync(folder, uids, abort).ConfigureAwait(false);
            }
            while (expunged > 0);

            if (present.Count > 0) await folder.MoveToAsync([.. present.Select(summary => summary.Index)], target, abort).ConfigureAwait(false);
            return Transfer.Unmapped([.. present.Select(summary => summary.UniqueId.Id)]);
        }
        finally
        {
            folder.MessageExpunged -= Count;
        }
    }

    private async Task<TransferResult> CopyAndExpungeAsync(MessageBatch batch, IReadOnlyList<uint> uids, CancellationToken cancellationToken)
    {
        Transfer copied = await CopyAsync(batch, uids, cancellationToken).ConfigureAwait(false);
        if (copied.Uids.Count > 0) await RemoveOriginalsAsync(batch, copied.Uids, cancellationToken).ConfigureAwait(false);

        var result = new TransferResult();
        await ReportAsync(batch, uids, copied, result, cancellationToken).ConfigureAwait(false);
        return result;
    }

    private async Task RemoveOriginalsAsync(MessageBatch batch, IReadOnlyCollection<uint> uids, CancellationToken cancellationToken)
    {
        try
        {
            await new MessageExpunger(mailbox).ExpungeSetAsync(batch.Folder, batch.UidValidity, uids, cancellationToken).ConfigureAwait(false);
        }
        catch (ImapException failed)
        {
            // To run the move again would copy them again, so whoever runs it must know.
            throw Failures.CopiedButNotRemoved(batch.Folder, destination.Path, uids.Count, failed);
        }
    }

    /// <summary>Which of the messages, all of them still in their folder, are in the destination as well.</summary>
    private async Task<Dictionary<uint, uint>> FindCopiesAsync(MessageBatch batch, IReadOnlyList<uint> uids, CancellationToken cancellationToken)
    {
        IReadOnlyList<ImapMessage> known = await new MessageReader(mailbox).CompleteAsync([.. uids.Select(uid => batch[uid])], cancellationToken).ConfigureAwait(false);
        return await destination.FindAsync(known, byNumber: false, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Transfer> CopyAsync(MessageBatch batch, IReadOnlyList<uint> uids, CancellationToken cancellationToken)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                Transfer copied = await CopyOnceAsync(batch, uids, cancellationToken).ConfigureAwait(false);
                if (copied.Uids.Count > 0) return copied;

                // Some servers name no COPYUID for some folders. What cannot be seen in the destination is not confirmed.
                return Transfer.FromFound(await FindCopiesAsync(batch, uids, cancellationToken).ConfigureAwait(false));
            }
            catch (ImapException lost) when (MayTryAgain(lost, attempt))
            {
                // A COPY is all or nothing (RFC 9051, 6.4.7): either all of them are there, or it is sent again.
                Dictionary<uint, uint> found = await FindCopiesAsync(batch, uids, cancellationToken).ConfigureAwait(false);
                if (found.Count > 0) return Transfer.FromFound(found);
            }
        }
    }

    /// <summary>Which of the messages are still in their folder.</summary>
    private Task<IReadOnlyList<uint>> PresentAsync(MessageBatch batch, IReadOnlyList<uint> uids, CancellationToken cancellationToken) =>
        mailbox.InFolderAsync<IReadOnlyList<uint>>(
            batch.Folder,
            FolderAccess.ReadWrite,
            batch.UidValidity,
            async (_, folder, abort) =>
            [
                .. (await LookUpAsync(folder, uids, abort).ConfigureAwait(false)).Select(summary => summary.UniqueId.Id).OrderBy(uid => uid),
            ],
            cancellationToken);

    private static Task<IList<IMessageSummary>> LookUpAsync(IMailFolder folder, IReadOnlyList<uint> uids, CancellationToken abort) =>
        folder.FetchAsync(UidSets.ToSet(uids), new FetchRequest(MessageSummaryItems.UniqueId), abort);

    private async Task ReportAsync(MessageBatch batch, IReadOnlyList<uint> uids, Transfer transfer, TransferResult result, CancellationToken cancellationToken)
    {
        // No COPYUID means that there was nothing to move, or that the server does not say where it went.
        IReadOnlyDictionary<uint, uint> places = transfer.Places.Count > 0
            ? transfer.Places
            : await WhereAsync(batch, uids, cancellationToken).ConfigureAwait(false);
        Report(batch, uids, places, result, uid => transfer.Uids.Contains(uid) ? null : Failures.MessageNotFound(batch.Folder, uid, batch[uid]));
    }

    private async Task ReportGoneAsync(MessageBatch batch, List<uint> gone, TransferResult result, CancellationToken cancellationToken)
    {
        if (gone.Count == 0) return;

        Dictionary<uint, uint> places = await WhereAsync(batch, gone, cancellationToken).ConfigureAwait(false);
        Report(batch, gone, places, result, uid => Failures.OutcomeUnknown(batch.Folder, uid, destination.Path, batch[uid]));
    }

    private Task<Dictionary<uint, uint>> WhereAsync(MessageBatch batch, IEnumerable<uint> uids, CancellationToken cancellationToken) =>
        destination.FindAsync(uids.Select(uid => batch[uid]), byNumber: true, cancellationToken);

    /// <param name="batch">The messages.</param>
    /// <param name="uids">Which of them to report.</param>
    /// <param name="places">Where they are.</param>
    /// <param name="result">What the report goes into.</param>
    /// <param name="failure">What to say of one that is in none of the places; null when it was moved all the same.</param>
    private void Report(MessageBatch batch, IEnumerable<uint> uids, IReadOnlyDictionary<uint, uint> places, TransferResult result, Func<uint, ImapException?> failure)
    {
        foreach (uint uid in uids)
        {
            if (places.TryGetValue(uid, out uint place)) Arrive(batch[uid], place, result);
            else if (failure(uid) is { } error) result.Errors.Add(error);
            else result.Unnamed++;
        }
    }

    private void Arrive(ImapMessage message, uint uid, TransferResult result)
    {
        destination.Confirm(uid);
        result.Arrived.Add(message.At(mailbox.SessionId, destination.Path, destination.UidValidity, uid));
    }

    /// <summary>The messages that the server took, and where it says that they are.</summary>
    private sealed record Transfer(HashSet<uint> Uids, IReadOnlyDictionary<uint, uint> Places)
    {
        public static Transfer FromMap(UniqueIdMap map)
        {
            // Its lookups are linear; going through it is not.
            var places = new Dictionary<uint, uint>(map.Count);
            foreach (KeyValuePair<UniqueId, UniqueId> pair in map) places[pair.Key.Id] = pair.Value.Id;
            return FromFound(places);
        }

        public static Transfer FromFound(Dictionary<uint, uint> places) => new([.. places.Keys], places);

        public static Transfer Unmapped(HashSet<uint> uids) => new(uids, new Dictionary<uint, uint>());
    }
}
