using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Changing;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Reading;
using ImapPS.Sessions;
using MailKit;

namespace ImapPS.Transfers;

/// <summary>Reads the structures of messages.</summary>
internal sealed class StructureReader(MailboxAccess mailbox, MessageBatch batch, SaveRun results)
{
    private readonly Dictionary<uint, IMessageSummary> _found = [];
    private readonly List<uint> _unread = [];

    /// <summary>The messages whose structure the server cannot tell.</summary>
    public IReadOnlyList<uint> Unread => _unread;

    /// <summary>The structures of those of the messages that are there.</summary>
    public async Task<List<IMessageSummary>> ReadAsync(IReadOnlyList<uint> uids, CancellationToken cancellationToken)
    {
        ILookup<bool, uint> isKnown = uids.ToLookup(uid =>
            mailbox.Session.Memory.Fetches.Of(batch.Folder, batch.UidValidity, uid) >= FetchLevel.NoStructure);
        _unread.AddRange(isKnown[true]);
        foreach (IReadOnlyList<uint> piece in UidSets.Split(isKnown[false], _ => MessageReader.LargestWindow))
        {
            var isolation = new Isolation(mailbox, batch.Folder, batch.UidValidity,
                (_, folder, set, abort) => FetchAsync(folder, set, abort), _found.ContainsKey);
            HashSet<uint> unread = [.. (await isolation.RunAsync([piece], cancellationToken).ConfigureAwait(false))
                .Select(message => message.Uid)];
            foreach (uint uid in piece.Where(uid => !_found.ContainsKey(uid) && !unread.Contains(uid)))
            {
                results.Fail(batch[uid], Failures.MessageNotFound(batch.Folder, uid, batch[uid]));
            }

            _unread.AddRange(unread);
        }

        _unread.AddRange(_found.Where(found => found.Value.Body is null).Select(found => found.Key));
        return [.. _found.Values.Where(summary => summary.Body is not null)];
    }

    private async Task FetchAsync(StreamingFolder folder, IReadOnlyList<uint> uids, CancellationToken abort)
    {
        UniqueIdSet set = UidSets.ToSet(uids);
        folder.MessageSummaryFetched += OnFetched;
        try
        {
            await folder.FetchAsync(set,
                MessageSummaryItems.UniqueId | MessageSummaryItems.InternalDate | MessageSummaryItems.BodyStructure, abort)
                .ConfigureAwait(false);
        }
        finally
        {
            folder.MessageSummaryFetched -= OnFetched;
        }

        void OnFetched(object? sender, MessageSummaryFetchedEventArgs args)
        {
            // Flags may come by themselves in between.
            if (set.Contains(args.Message.UniqueId) && args.Message.Fields.HasFlag(MessageSummaryItems.BodyStructure))
            {
                _found[args.Message.UniqueId.Id] = args.Message;
            }
        }
    }
}
