using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Sessions;
using MailKit;

namespace ImapPS.Changing;

/// <summary>
/// Sees to it that the copy that is to be kept is there when another one goes. Some servers show one message in two folders, under other
/// UIDs, and do not tell (virtual mailboxes of Dovecot): to remove it in the one is to remove it in the other.
/// </summary>
internal sealed class KeptCopies
{
    /// <summary>Folders of which a message has gone, and the one that was to be kept has not.</summary>
    private readonly HashSet<(int Session, string Folder, string Kept)> _apart = [];

    /// <summary>Whether there are messages of which another copy is to be kept.</summary>
    public static bool AreOf(MessageBatch batch) => batch.Arrived.Any(message => KeptCopy.Of(message) is not null);

    /// <summary>
    /// Removes a batch, and looks for the copies to be kept before and after. The first message of each pair of folders goes alone.
    /// </summary>
    /// <param name="batch">The messages.</param>
    /// <param name="mailbox">The account.</param>
    /// <param name="trash">The folder that they are moved to; null when they are expunged where they are. Before that they are marked
    /// \Deleted: a mark that shows on the copy to be kept as well proves that the two are one, and nothing is lost yet.</param>
    /// <param name="remove">Removes them.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public async IAsyncEnumerable<ChangeResult> RemoveAsync(MessageBatch batch, MailboxAccess mailbox, string? trash,
        Func<MessageBatch, IAsyncEnumerable<ChangeResult>> remove, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (MessageBatch piece in Pieces(batch, mailbox.SessionId).ToList())
        {
            HashSet<uint> safe = await SafeAsync(piece, mailbox, mayBeMarked: false, cancellationToken).ConfigureAwait(false);
            if (safe.Count < piece.Count)
            {
                var unsafely = new ChangeResult();
                unsafely.Errors.AddRange(piece.Arrived.Where(message => !safe.Contains(message.Uid))
                    .Select(message => Failures.KeptCopyMissing(message, KeptCopy.Of(message)!)));
                yield return unsafely;
            }

            if (safe.Count == 0) continue;

            MessageBatch going = piece.With(piece.Arrived.Where(message => safe.Contains(message.Uid)));
            if (trash is null) await ProveAsync(going, mailbox, cancellationToken).ConfigureAwait(false);
            await foreach (ChangeResult result in remove(going).ConfigureAwait(false)) yield return result;

            HashSet<uint> left = await SafeAsync(going, mailbox, mayBeMarked: true, CancellationToken.None).ConfigureAwait(false);
            if (left.Count < going.Count) throw NotACopy(going, left, trash, going.Count - left.Count);
            _apart.UnionWith(going.Arrived.Select(message => Pair(message, mailbox.SessionId)));
        }
    }

    private static (int Session, string Folder, string Kept) Pair(ImapMessage message, int session) =>
        (session, message.Folder, KeptCopy.Of(message)?.Folder ?? string.Empty);

    private IEnumerable<MessageBatch> Pieces(MessageBatch batch, int session)
    {
        var first = new HashSet<uint>();
        foreach (IGrouping<(int, string, string), ImapMessage> pair in batch.Arrived.GroupBy(message => Pair(message, session)))
        {
            if (pair.Key.Item3.Length == 0 || _apart.Contains(pair.Key)) continue;

            first.Add(pair.First().Uid);
            yield return batch.With([pair.First()]);
        }

        if (first.Count < batch.Count) yield return batch.With(batch.Arrived.Where(message => !first.Contains(message.Uid)));
    }

    private static ImapException NotACopy(MessageBatch batch, HashSet<uint> safe, string? trash, int removed)
    {
        ImapMessage message = batch.Arrived.First(message => !safe.Contains(message.Uid));
        return Failures.NotACopy(message, KeptCopy.Of(message)!, trash, removed);
    }

    private static async Task ProveAsync(MessageBatch batch, MailboxAccess mailbox, CancellationToken cancellationToken)
    {
        List<uint> uids = [.. batch.Messages.Where(message => KeptCopy.Of(message) is not null).Select(message => message.Uid)];
        if (uids.Count == 0) return;

        bool isProven = false;
        try
        {
            await MarkAsync(batch, uids, StoreAction.Add, mailbox, cancellationToken).ConfigureAwait(false);
            HashSet<uint> safe = await SafeAsync(batch, mailbox, mayBeMarked: false, cancellationToken).ConfigureAwait(false);
            isProven = safe.Count == batch.Count;
            if (!isProven) throw NotACopy(batch, safe, trash: null, removed: 0);
        }
        finally
        {
            if (!isProven) await UnmarkAsync(batch, uids, mailbox).ConfigureAwait(false);
        }
    }

    private static Task<bool> MarkAsync(MessageBatch batch, List<uint> uids, StoreAction action, MailboxAccess mailbox,
        CancellationToken cancellationToken) =>
        mailbox.InFolderAsync(
            batch.Folder,
            FolderAccess.ReadWrite,
            batch.UidValidity,
            async (_, folder, abort) =>
            {
                var request = new StoreFlagsRequest(action, MessageFlags.Deleted) { Silent = true };
                foreach (IReadOnlyList<uint> piece in UidSets.Split(uids, _ => int.MaxValue))
                {
                    await folder.StoreAsync(UidSets.ToSet(piece), request, abort).ConfigureAwait(false);
                }

                return true;
            },
            cancellationToken,
            view: FolderView.OpenedAnew);

    private static async Task UnmarkAsync(MessageBatch batch, List<uint> uids, MailboxAccess mailbox)
    {
        using var caller = new RescueCaller(mailbox.Caller);
        try
        {
            await MarkAsync(batch, uids, StoreAction.Remove, new MailboxAccess(mailbox.Session, caller), caller.Abort)
                .ConfigureAwait(false);
        }
        catch (Exception failed) when (failed is ImapException or OperationCanceledException)
        {
            mailbox.Caller.Warning(string.Format(
                CultureInfo.InvariantCulture,
                "{0} of '{1}' may still be marked \\Deleted. Their UIDs: {2}. Set-ImapMessage -Undeleted removes the mark.",
                DisplayText.Count(uids.Count, "message"),
                DisplayText.Printable(batch.Folder),
                string.Join(",", uids)));
        }
    }

    /// <summary>The messages whose copy to be kept is there, and those that have none.</summary>
    private static async Task<HashSet<uint>> SafeAsync(MessageBatch batch, MailboxAccess mailbox, bool mayBeMarked,
        CancellationToken cancellationToken)
    {
        var safe = new HashSet<uint>(batch.Messages.Where(message => KeptCopy.Of(message) is null).Select(message => message.Uid));
        foreach (IGrouping<(string Folder, uint? UidValidity), (uint Uid, KeptCopy Kept)> folder in batch.Messages
            .Where(message => !safe.Contains(message.Uid))
            .Select(message => (message.Uid, Kept: KeptCopy.Of(message)!))
            .GroupBy(pair => (pair.Kept.Folder, pair.Kept.UidValidity)))
        {
            HashSet<uint> there = await ThereAsync(folder.Key.Folder, folder.Key.UidValidity,
                UidSets.Normalize(folder.Select(pair => pair.Kept.Uid)), mailbox, mayBeMarked, cancellationToken).ConfigureAwait(false);
            safe.UnionWith(folder.Where(pair => there.Contains(pair.Kept.Uid)).Select(pair => pair.Uid));
        }

        return safe;
    }

    private static async Task<HashSet<uint>> ThereAsync(string path, uint? uidValidity, IReadOnlyList<uint> uids, MailboxAccess mailbox,
        bool mayBeMarked, CancellationToken cancellationToken)
    {
        try
        {
            return await mailbox.InFolderAsync(
                path,
                FolderAccess.ReadOnly,
                uidValidity,
                async (_, folder, abort) =>
                {
                    var there = new HashSet<uint>();
                    foreach (IReadOnlyList<uint> piece in UidSets.Split(uids, _ => int.MaxValue))
                    {
                        IList<IMessageSummary> found = await folder.FetchAsync(UidSets.ToSet(piece),
                            new FetchRequest(MessageSummaryItems.UniqueId | MessageSummaryItems.Flags), abort).ConfigureAwait(false);
                        there.UnionWith(found.Where(message => message.Flags is { } flags
                            && (mayBeMarked || !flags.HasFlag(MessageFlags.Deleted))).Select(message => message.UniqueId.Id));
                    }

                    return there;
                },
                cancellationToken,
                view: FolderView.OpenedAnew).ConfigureAwait(false);
        }
        catch (ImapException gone) when (gone.Id is ImapErrorId.FolderNotFound or ImapErrorId.UidValidityChanged)
        {
            return [];
        }
    }
}
