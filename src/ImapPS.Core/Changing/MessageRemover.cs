using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Folders;
using ImapPS.Mailbox;
using ImapPS.Models;
using MailKit.Net.Imap;

namespace ImapPS.Changing;

/// <summary>
/// Removes messages: to the trash, or for good. On Gmail an EXPUNGE takes only a label off, unless it happens in the trash.
/// </summary>
/// <param name="mailbox">The account.</param>
/// <param name="trash">The trash, where it is needed.</param>
internal sealed class MessageRemover(MailboxAccess mailbox, TransferDestination? trash)
{
    /// <summary>The trash, if it is needed; refuses a server that cannot do what is wanted.</summary>
    public static async Task<TransferDestination?> FindTrashAsync(MailboxAccess mailbox, bool permanent,
        bool allowUnsafe, CancellationToken cancellationToken)
    {
        string? path = await mailbox.RunAsync(
            (client, _) =>
            {
                if (permanent) MessageExpunger.Require(client, allowUnsafe);
                if (permanent && !client.Capabilities.HasFlag(ImapCapabilities.GMailExt1)) return Task.FromResult<string?>(null);

                return FolderMapping.WithRole(client, ImapSpecialUse.Trash) is { } folder
                    ? Task.FromResult<string?>(folder.FullName)
                    : throw Failures.NoTrash();
            },
            cancellationToken).ConfigureAwait(false);
        return path is null
            ? null
            : await TransferDestination.PrepareAsync(mailbox, path, create: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Moves a batch to the trash.</summary>
    public IAsyncEnumerable<ChangeResult> TrashAsync(MessageBatch batch, CancellationToken cancellationToken) =>
        new MessageMover(mailbox, trash!).MoveAsync(batch, cancellationToken);

    /// <summary>Expunges a batch; what is gone already is passed over.</summary>
    public IAsyncEnumerable<ChangeResult> ExpungeAsync(MessageBatch batch, bool allowUnsafe, CancellationToken cancellationToken) =>
        trash is null || FolderNames.AreSame(batch.Folder, trash.Path)
            ? ExpungeThereAsync(batch, allowUnsafe, cancellationToken)
            : ExpungeFromTrashAsync(batch, trash, allowUnsafe, cancellationToken);

    private async IAsyncEnumerable<ChangeResult> ExpungeThereAsync(MessageBatch batch, bool allowUnsafe,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var expunger = new MessageExpunger(mailbox);
        IAsyncEnumerator<IReadOnlyList<uint>> pieces =
            expunger.ExpungeAsync(batch.Folder, batch.UidValidity, batch.Uids, allowUnsafe, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        await using ConfiguredAsyncDisposable closing = pieces.ConfigureAwait(false);
        while (true)
        {
            var result = new ChangeResult();
            ExceptionDispatchInfo? end = null;
            bool hasMore = false;
            try
            {
                hasMore = await pieces.MoveNextAsync().ConfigureAwait(false);
            }
            catch (Exception failed)
            {
                result.Errors.AddRange(expunger.UnderWay.Select(uid => Failures.CutOff("expunge", batch.Folder, uid, batch[uid])));
                end = ExceptionDispatchInfo.Capture(failed);
            }

            foreach (uint uid in hasMore ? pieces.Current : []) result.Add(batch[uid], after: null);
            if (result.Changes.Count + result.Errors.Count > 0) yield return result;

            end?.Throw();
            if (!hasMore) yield break;
        }
    }

    private async IAsyncEnumerable<ChangeResult> ExpungeFromTrashAsync(MessageBatch batch, TransferDestination destination,
        bool allowUnsafe, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (ChangeResult moved in new MessageMover(mailbox, destination).MoveAsync(batch, cancellationToken)
            .ConfigureAwait(false))
        {
            var result = new ChangeResult();
            result.Errors.AddRange(moved.Errors);
            int left = moved.Changes.Count(change => change.After is null);
            if (left > 0) result.Errors.Add(Failures.LeftInTrash(destination.Path, left));
            var inTrash = moved.Changes.Where(change => change.After is not null).ToDictionary(change => change.After!.Uid);
            ExceptionDispatchInfo? end = null;
            try
            {
                await ExpungeAsync(inTrash, destination, allowUnsafe, result, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failed)
            {
                end = ExceptionDispatchInfo.Capture(failed);
            }

            // What got no further than the trash is told as well.
            foreach (MessageChange change in inTrash.Values.Concat(moved.Changes.Where(change => change.After is null)))
            {
                result.Add(change.Before, change.After, change.Folder);
            }

            yield return result;

            end?.Throw();
        }
    }

    private async Task ExpungeAsync(Dictionary<uint, MessageChange> inTrash, TransferDestination destination,
        bool allowUnsafe, ChangeResult result, CancellationToken cancellationToken)
    {
        var expunger = new MessageExpunger(mailbox);
        try
        {
            await foreach (IReadOnlyList<uint> expunged in expunger
                .ExpungeAsync(destination.Path, destination.UidValidity, UidSets.Normalize(inTrash.Keys), allowUnsafe, cancellationToken)
                    .ConfigureAwait(false))
            {
                foreach (uint uid in expunged)
                {
                    result.Add(inTrash[uid].Before, after: null);
                    inTrash.Remove(uid);
                }
            }
        }
        catch (Exception failed) when (failed is OperationCanceledException or ImapException)
        {
            foreach (uint uid in expunger.UnderWay)
            {
                result.Errors.Add(Failures.CutOff("expunge", destination.Path, uid, inTrash[uid].After!));
                inTrash.Remove(uid);
            }

            throw;
        }
    }
}
