using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Changing;
using ImapPS.Errors;
using ImapPS.Folders;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Reading;
using ImapPS.Transfers;

namespace ImapPS.Syncing;

/// <content>What is changed in the destination.</content>
internal sealed partial class FolderSync
{
    private readonly HashSet<uint> _flagged = [];

    /// <summary>Creates the folder, copies what it lacks, and sets flags.</summary>
    /// <param name="sides">The accounts.</param>
    /// <param name="pace">How fast messages may go.</param>
    /// <param name="told">Told of errors, and of how many messages have been copied of how many.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public async Task ApplyAsync(SyncSides sides, SyncPace pace, ISyncObserver told, CancellationToken cancellationToken)
    {
        if (_untouched is not null) return;

        await CreateAsync(sides, cancellationToken).ConfigureAwait(false);
        state.Add(_source, _destination.Path, _destination.UidValidity, _match.Pairs);
        await SetFlagsAsync(sides, told, cancellationToken).ConfigureAwait(false);
        if (_match.Missing.Count > 0) await CopyAsync(sides, pace, told, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether something was to be copied and was not, whatever the reason. After the reconciliation as well.</summary>
    public bool HasUncopied => Uncopied.Any();

    private IEnumerable<ImapMessage> Uncopied => _match.Missing.Where(message => !_dealtWith.Contains(message.Uid));

    /// <summary>What was to be copied and was not.</summary>
    public async Task<IEnumerable<ImapMessage>> UncopiedAsync(SyncSides sides, CancellationToken cancellationToken) =>
        await NamedAsync(sides.Source, [.. Uncopied], cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// Keeps what may be all that is left of messages: one that was moved in the source, and could not be copied to where it is now.
    /// </summary>
    public async Task SpareAsync(SyncSides sides, ISet<(string Id, long Size)> uncopied, CancellationToken cancellationToken)
    {
        IReadOnlyList<ImapMessage> extra = await NamedAsync(sides.Target, _match.Extra, cancellationToken).ConfigureAwait(false);
        _spared = [.. extra.Where(message => uncopied.Contains((message.MessageId, message.Size))).Select(message => message.Uid)];
    }

    /// <summary>Removes what only the destination has.</summary>
    public async Task RemoveAsync(SyncSides sides, ISyncObserver told, CancellationToken cancellationToken)
    {
        TransferDestination? trash = await MessageRemover
            .FindTrashAsync(sides.Target, permanent: true, allowUnsafe: false, cancellationToken).ConfigureAwait(false);
        MessageBatch batch = new MessageBatch(_destination.Path, _destination.UidValidity).With(Removable);
        _hasChanged = true;
        await foreach (ChangeResult result in new MessageRemover(sides.Target, trash)
            .ExpungeAsync(batch, allowUnsafe: false, cancellationToken).ConfigureAwait(false))
        {
            _removed += result.Changes.Count;
            foreach (ImapException error in result.Errors) await told.FailedAsync(error, cancellationToken).ConfigureAwait(false);
        }
    }

    private static Task<IReadOnlyList<ImapMessage>> NamedAsync(MailboxAccess mailbox, IReadOnlyList<ImapMessage> messages,
        CancellationToken cancellationToken) => new MessageReader(mailbox, FolderSnapshot.Unknown)
        .CompleteAsync(messages, cancellationToken, FolderSnapshot.Unknown.Parts);

    private async Task CreateAsync(SyncSides sides, CancellationToken cancellationToken)
    {
        string path = Pair.There?.Path ?? await new FolderCreator(sides.Target)
            .CreateAsync(Pair.Destination, ImapSpecialUse.None, subscribe: false, mayExist: true, cancellationToken).ConfigureAwait(false);
        if (Pair.There is null)
        {
            _hasChanged = true;
            IReadOnlyList<ImapFolder> made = !Pair.HasVariant ? [] : await new FolderReader(sides.Target)
                .ListAsync(_ => true, subscribedOnly: false, status: false, cancellationToken).ConfigureAwait(false);
            if (made.Count > 0 && !made.Any(folder => folder.Path == path))
            {
                throw Failures.FolderHasNoName(path, made.First(folder =>
                    string.Equals(folder.Path, path, StringComparison.OrdinalIgnoreCase)).Path);
            }

            _destination = await FolderSnapshot.ReadAsync(sides.Target, path, uidValidity: null, (_, _) => false, cancellationToken)
                .ConfigureAwait(false);
            if (_destination.Unseen > 0) throw Failures.DestinationNotCertain(path, _destination.Unseen);
            if (_destination.Count > 0) await MatchAgainAsync(sides, cancellationToken).ConfigureAwait(false);
        }

        // A run that was cut off may have created it, and no more.
        if (Pair.Source.Subscribed && Pair.There is not { Subscribed: true })
        {
            await new FolderSubscriptions(sides.Target).SetAsync(path, subscribed: true, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task CopyAsync(SyncSides sides, SyncPace pace, ISyncObserver told, CancellationToken cancellationToken)
    {
        TransferDestination destination = await TransferDestination
            .PrepareAsync(sides.Target, _destination.Path, create: false, cancellationToken).ConfigureAwait(false);
        var transfer = new SessionTransfer(sides.Source, sides.Target, destination, removesOriginals: false)
        {
            Needs = MessageParts.Size,
            Kept = _kept ??= new KeptFlags(sides.Target, destination),
        };
        _hasChanged = true;
        long bytes = 0;
        foreach (MessageBatch batch in pace.Batches(_source.Path, _source.UidValidity, _match.Missing))
        {
            await pace.TakeAsync(batch.Bytes, batch.Count, cancellationToken).ConfigureAwait(false);
            await foreach (ChangeResult result in transfer.TransferAsync(batch, cancellationToken).ConfigureAwait(false))
            {
                Dictionary<uint, uint> arrived = [];
                foreach (MessageChange change in result.Changes)
                {
                    _copied++;
                    _dealtWith.Add(change.Before.Uid);
                    bytes += change.Before.Size;
                    if (change.After is not { } after) continue;

                    // It has the flags that it was sent with, which may be newer than what was compared. It may have come without its
                    // keywords, which are still wanted.
                    arrived[change.Before.Uid] = after.Uid;
                    _source.Messages[change.Before.Uid] = change.Before.With(after.Flags,
                        after.Keywords.Count > 0 ? after.Keywords : change.Before.Keywords, modSeq: null, change.Before.Labels);
                }

                foreach (KeyValuePair<uint, uint> copy in arrived) _match.Pairs[copy.Key] = copy.Value;
                state.Add(_source, _destination.Path, destination.UidValidity ?? 0, arrived);
                foreach (ImapException error in result.Errors) await NoteAsync(error, told, cancellationToken).ConfigureAwait(false);
                told.Copied(_copied, _match.Missing.Count, bytes);
                if (End is not null) return;
            }
        }
    }

    private async Task NoteAsync(ImapException error, ISyncObserver told, CancellationToken cancellationToken)
    {
        // Who has removed it meanwhile wanted it gone.
        if (error is { Id: ImapErrorId.MessageNotFound, Target: ImapMessage gone })
        {
            _source.Messages.Remove(gone.Uid);
            _dealtWith.Add(gone.Uid);
            return;
        }

        _isFailed = true;
        if (error.Id == ImapErrorId.QuotaExceeded) End = error;
        else await told.FailedAsync(error, cancellationToken).ConfigureAwait(false);
    }

    private async Task SetFlagsAsync(SyncSides sides, ISyncObserver told, CancellationToken cancellationToken)
    {
        foreach ((FlagChange change, IReadOnlyList<ImapMessage> messages) in _flags.Changes)
        {
            _hasChanged = true;
            try
            {
                await SetFlagsAsync(sides, change, messages, told, cancellationToken).ConfigureAwait(false);
            }
            catch (ImapException refused) when (Loss.IsRefusal(refused) && refused.Id != ImapErrorId.FolderNotFound)
            {
                // A keyword too many, for instance: the other flags are no worse for it, nor are the messages that are still to come.
                await told.FailedAsync(refused, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task SetFlagsAsync(SyncSides sides, FlagChange change, IReadOnlyList<ImapMessage> messages, ISyncObserver told,
        CancellationToken cancellationToken)
    {
        MessageBatch batch = new MessageBatch(_destination.Path, _destination.UidValidity).With(messages);
        await foreach (ChangeResult result in new MessageFlagger(sides.Target, change)
            .ChangeAsync(batch, reread: false, cancellationToken).ConfigureAwait(false))
        {
            foreach (MessageChange changed in result.Changes) _flagged.Add(changed.Before.Uid);
            foreach (ImapException error in result.Errors) await told.FailedAsync(error, cancellationToken).ConfigureAwait(false);
        }
    }
}
