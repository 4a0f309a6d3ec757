using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Reading;
using MailKit;
using MailKit.Net.Imap;

namespace ImapPS.Changing;

/// <summary>Reads messages again: the flags of those that are known, and all of those of which only a part is.</summary>
internal sealed class MessageRefresher(MailboxAccess mailbox)
{
    /// <summary>The batch as it is now.</summary>
    /// <returns>Without the messages that are gone.</returns>
    public async Task<MessageBatch> RefreshAsync(MessageBatch batch, CancellationToken cancellationToken)
    {
        var now = new Dictionary<uint, ImapMessage>();
        List<ImapMessage> partial = [.. batch.Messages.Where(message => message.IsPartial)];
        foreach (ImapMessage message in await new MessageReader(mailbox).CompleteAsync(partial, cancellationToken).ConfigureAwait(false))
        {
            if (!message.IsPartial) now[message.Uid] = message;
        }

        foreach (IReadOnlyList<uint> uids in UidSets.Split(batch.Messages.Where(message => !message.IsPartial)
            .Select(message => message.Uid), _ => int.MaxValue))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (ImapMessage message in await ReadFlagsAsync(batch, uids, cancellationToken).ConfigureAwait(false))
            {
                now[message.Uid] = message;
            }
        }

        return batch.With(batch.Arrived.Where(message => now.ContainsKey(message.Uid)).Select(Now));

        // What was read again does not know of the other copy.
        ImapMessage Now(ImapMessage before) =>
            KeptCopy.Of(before) is { } kept ? now[before.Uid].With(kept) : now[before.Uid];
    }

    private Task<IReadOnlyList<ImapMessage>> ReadFlagsAsync(MessageBatch batch, IReadOnlyList<uint> uids,
        CancellationToken cancellationToken) =>
        mailbox.InFolderAsync<IReadOnlyList<ImapMessage>>(
            batch.Folder,
            FolderAccess.ReadOnly,
            batch.UidValidity,
            async (client, folder, abort) =>
            {
                MessageSummaryItems items = MessageSummaryItems.UniqueId | MessageSummaryItems.Flags;
                if (client.Capabilities.HasFlag(ImapCapabilities.CondStore)) items |= MessageSummaryItems.ModSeq;
                if (client.Capabilities.HasFlag(ImapCapabilities.GMailExt1)) items |= MessageSummaryItems.GMailLabels;
                UniqueIdSet set = UidSets.ToSet(uids);
                IList<IMessageSummary> now = await folder.FetchAsync(set, new FetchRequest(items), abort).ConfigureAwait(false);

                // The server may tell of other messages' flags in between.
                return [.. now.Where(message => message.Flags is not null && set.Contains(message.UniqueId))
                    .Select(message => MessageMapping.WithFlags(batch[message.UniqueId.Id], message))];
            },
            cancellationToken);
}
