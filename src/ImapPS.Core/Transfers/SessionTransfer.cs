using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Changing;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Reading;
using ImapPS.Sessions;
using MailKit;
using MailKit.Net.Imap;

namespace ImapPS.Transfers;

/// <summary>
/// Brings messages to a folder of another session, octet for octet: downloaded many at a time, appended many at a time, and, where they
/// are to be moved, removed from where they were once the other server has confirmed that it has them.
/// </summary>
/// <param name="source">Where the messages are.</param>
/// <param name="target">Where they go.</param>
/// <param name="destination">The folder there.</param>
/// <param name="removesOriginals">Whether they are moved rather than copied.</param>
internal sealed class SessionTransfer(MailboxAccess source, MailboxAccess target, TransferDestination destination, bool removesOriginals)
{
    private readonly KeptFlags _kept = new(target, destination);
    private readonly MessageAppender _appender = new(target, destination);

    /// <summary>What of the messages is read again where it is not known: what the results are to hold.</summary>
    public MessageParts Needs { get; init; } = MessageParts.All;

    /// <summary>What the destination keeps of flags, if that is looked at elsewhere as well: so that it is told once.</summary>
    public KeptFlags Kept { init => _kept = value; }

    /// <summary>Refuses to move from a server that could not remove just the originals.</summary>
    public static Task RequireExpungeAsync(MailboxAccess source, CancellationToken cancellationToken) =>
        source.RunAsync(
            (client, _) => client.Capabilities.HasFlag(ImapCapabilities.UidPlus)
                ? Task.FromResult(true)
                : throw Failures.NotSupported(
                    "remove the originals without the risk of expunging others",
                    "UIDPLUS (RFC 4315)",
                    "Copy the messages with Copy-ImapMessage, and have the originals removed by a client that you "
                        + "trust with all that is marked \\Deleted."),
            cancellationToken);

    /// <summary>Transfers a batch. What became of the messages is told a command's worth at a time.</summary>
    public async IAsyncEnumerable<ChangeResult> TransferAsync(MessageBatch batch,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        uint uidValidity = await OpenAsync(batch, cancellationToken).ConfigureAwait(false);
        await _kept.LoadAsync(cancellationToken).ConfigureAwait(false);
        foreach (IReadOnlyList<uint> uids in UidSets.Split(batch.Uids, _ => MessageDownloader.MostMessages))
        {
            cancellationToken.ThrowIfCancellationRequested();
            IReadOnlyList<ImapMessage> messages = await new MessageReader(source)
                .CompleteAsync([.. uids.Select(uid => batch[uid])], cancellationToken, Needs).ConfigureAwait(false);
            await foreach (SpooledMessages spooled in new ContentSource(source)
                .DownloadAsync(batch.Folder, uidValidity, messages, cancellationToken).ConfigureAwait(false))
            {
                var unavailable = new ChangeResult();
                IReadOnlyList<ImapMessage> current =
                    await CurrentAsync(batch, uidValidity, messages, spooled, unavailable, cancellationToken).ConfigureAwait(false);
                if (unavailable.Errors.Count > 0) yield return unavailable;

                await foreach (ChangeResult result in AppendAsync(batch, uidValidity, current, spooled, cancellationToken)
                    .ConfigureAwait(false))
                {
                    yield return result;
                }
            }
        }
    }

    /// <summary>
    /// Opens the folder. Its UIDVALIDITY holds for all that follows, even for messages that did not bring theirs along: after a reconnect
    /// the UIDs could mean others.
    /// </summary>
    private Task<uint> OpenAsync(MessageBatch batch, CancellationToken cancellationToken) =>
        source.InFolderAsync(
            batch.Folder,
            removesOriginals ? FolderAccess.ReadWrite : FolderAccess.ReadOnly,
            batch.UidValidity,
            (_, folder, _) => removesOriginals && !folder.PermanentFlags.HasFlag(MessageFlags.Deleted)
                ? throw Failures.OriginalsMustStay(batch.Folder)
                : Task.FromResult(folder.UidValidity),
            cancellationToken,
            view: FolderView.OpenedAnew);

    /// <summary>The messages that were downloaded, with the flags and the INTERNALDATE that they have now.</summary>
    private async Task<IReadOnlyList<ImapMessage>> CurrentAsync(
        MessageBatch batch,
        uint uidValidity,
        IReadOnlyList<ImapMessage> messages,
        SpooledMessages spooled,
        ChangeResult unavailable,
        CancellationToken cancellationToken)
    {
        foreach (uint uid in spooled.Missing) unavailable.Errors.Add(Failures.MessageNotFound(batch.Folder, uid, batch[uid]));
        foreach (DownloadFailure failed in spooled.Failed)
        {
            ImapException unwritten = failed.AsError(disk => Failures.FileNotSaved(Path.GetTempPath(), disk));
            unavailable.Errors.Add(Failures.NotTransferred(batch.Folder, failed.Uid, destination.Path, unwritten, batch[failed.Uid]));
        }

        List<ImapMessage> downloaded = [.. messages.Where(message => spooled.Has(message.Uid))];
        if (downloaded.Count == 0) return downloaded;

        var states = new Dictionary<uint, IMessageSummary>();
        foreach (UnreadMessage unread in await ReadStatesAsync(batch.Folder, uidValidity, downloaded, states, cancellationToken)
            .ConfigureAwait(false))
        {
            downloaded.RemoveAll(message => message.Uid == unread.Uid);
            ImapException reason = Failures.MessageUnreadable(batch.Folder, unread.Uid, unread.Reason);
            unavailable.Errors.Add(Failures.NotTransferred(batch.Folder, unread.Uid, destination.Path, reason, batch[unread.Uid]));
        }

        var current = new List<ImapMessage>();
        foreach (ImapMessage message in downloaded)
        {
            if (states.TryGetValue(message.Uid, out IMessageSummary? now)) current.Add(_kept.Of(MessageMapping.WithState(message, now)));
            else unavailable.Errors.Add(Failures.MessageNotFound(batch.Folder, message.Uid, batch[message.Uid]));
        }

        return current;
    }

    /// <summary>Reads the flags and dates of messages; returns those of which they cannot be read.</summary>
    private async Task<IReadOnlyList<UnreadMessage>> ReadStatesAsync(string folder, uint uidValidity, List<ImapMessage> messages,
        Dictionary<uint, IMessageSummary> states, CancellationToken cancellationToken)
    {
        Isolation isolation = null!;
        isolation = new Isolation(source, folder, uidValidity, (_, opened, uids, abort) =>
            AddAsync(opened, uids, MessageSummaryItems.InternalDate, abort), states.ContainsKey)
        {
            // The date may be one that no calendar has; then it is left to the other server.
            TryLess = async (uid, stop) => await isolation.TryAsync(uid, (_, opened, uids, abort) =>
                AddAsync(opened, uids, MessageSummaryItems.None, abort), stop).ConfigureAwait(false) && states.ContainsKey(uid),
        };
        IEnumerable<uint> all = messages.Select(message => message.Uid);
        return await isolation.RunAsync([UidSets.Normalize(all)], cancellationToken).ConfigureAwait(false);

        async Task AddAsync(StreamingFolder opened, IReadOnlyList<uint> uids, MessageSummaryItems date, CancellationToken abort)
        {
            UniqueIdSet set = UidSets.ToSet(uids);
            var request = new FetchRequest(MessageSummaryItems.UniqueId | MessageSummaryItems.Flags | date);
            foreach (IMessageSummary summary in await opened.FetchAsync(set, request, abort).ConfigureAwait(false))
            {
                // The server may tell of other messages' flags in between.
                if (summary.Flags is not null && set.Contains(summary.UniqueId)) states[summary.UniqueId.Id] = summary;
            }
        }
    }

    private async IAsyncEnumerable<ChangeResult> AppendAsync(
        MessageBatch batch,
        uint uidValidity,
        IReadOnlyList<ImapMessage> messages,
        SpooledMessages spooled,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var underway = new MessagesUnderway(batch, destination, target.SessionId, removesOriginals);
        IAsyncEnumerator<IReadOnlyList<AppendResult>> appended = _appender
            .AppendAsync(underway.SourcesAsync(messages, spooled), cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        await using ConfiguredAsyncDisposable closing = appended.ConfigureAwait(false);
        while (true)
        {
            ImapException? lost = null;
            bool hasMore = false;
            try
            {
                hasMore = await appended.MoveNextAsync().ConfigureAwait(false);
            }
            catch (ImapException failed) when (Loss.Is(failed))
            {
                lost = failed;
            }

            if (lost is not null)
            {
                if (underway.Unknown() is { Errors.Count: > 0 } unknown) yield return unknown;

                throw Failures.LostInTransfer(lost, destination.Path);
            }

            if (!hasMore) yield break;

            ChangeResult failures = underway.Failed(appended.Current);
            if (failures.Errors.Count > 0) yield return failures;

            List<AppendResult> arrived = [.. appended.Current.Where(underway.IsConfirmed)];
            if (arrived.Count == 0) continue;

            if (removesOriginals)
            {
                List<uint> uids = underway.UidsOf(arrived);
                var expunger = new MessageExpunger(source);
                if (await RemoveAsync(expunger, batch, uidValidity, uids).ConfigureAwait(false) is { } unremoved)
                {
                    HashSet<uint> left = [.. expunger.Left ?? uids];
                    List<AppendResult> removed = [.. arrived.Where(result => !left.Contains(underway.UidsOf([result])[0]))];
                    if (removed.Count > 0) yield return underway.Arrived(removed);
                    if (expunger.UnderWay.Count > 0) yield return underway.Unremoved(expunger.UnderWay);
                    if (unremoved is ImapException failed)
                    {
                        throw Failures.CopiedButNotRemoved(batch.Folder, destination.Path, [.. left.Select(uid => batch[uid])], failed);
                    }

                    ExceptionDispatchInfo.Capture(unremoved).Throw();
                }
            }

            yield return underway.Arrived(arrived);
        }
    }

    /// <summary>
    /// Removes originals, and returns why they could not be. Not to be stopped between the copy and this: the messages would be in both
    /// folders.
    /// </summary>
    private static async Task<Exception?> RemoveAsync(MessageExpunger expunger, MessageBatch batch, uint uidValidity, List<uint> uids)
    {
        try
        {
            await expunger.ExpungeSetAsync(batch.Folder, uidValidity, uids, CancellationToken.None)
                .ConfigureAwait(false);
            return null;
        }
        catch (Exception failed) when (failed is ImapException or OperationCanceledException)
        {
            return failed;
        }
    }
}
