using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Changing;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Reading;
using MailKit;

namespace ImapPS.Transfers;

/// <summary>Reads the structures of messages. What cannot be read is found by halves, and told as an error.</summary>
internal sealed class StructureReader(MailboxAccess mailbox, MessageBatch batch, SaveResult result)
{
    /// <summary>How often a structure that cannot be read may be looked for by halves.</summary>
    private const int MostFailures = 16;

    /// <summary>The structures of those of the messages that are there.</summary>
    public async Task<List<IMessageSummary>> ReadAsync(IReadOnlyList<uint> uids, CancellationToken cancellationToken)
    {
        List<IMessageSummary> structures = [];
        foreach (IReadOnlyList<uint> piece in UidSets.Split(uids, _ => MessageReader.LargestWindow))
        {
            structures.AddRange(await FetchAsync(piece, MostFailures, cancellationToken).ConfigureAwait(false));
        }

        return structures;
    }

    private async Task<IEnumerable<IMessageSummary>> FetchAsync(IReadOnlyList<uint> uids, int failures,
        CancellationToken cancellationToken)
    {
        try
        {
            IList<IMessageSummary> summaries = await mailbox.InFolderAsync(
                batch.Folder,
                FolderAccess.ReadOnly,
                batch.UidValidity,
                (_, folder, abort) =>
                    folder.FetchAsync(UidSets.ToSet(uids),
                    MessageSummaryItems.UniqueId | MessageSummaryItems.InternalDate | MessageSummaryItems.BodyStructure, abort),
                cancellationToken).ConfigureAwait(false);

            Dictionary<uint, IMessageSummary> found = [];
            foreach (IMessageSummary summary in summaries)
            {
                if (summary.Body is not null) found[summary.UniqueId.Id] = summary;
            }

            foreach (uint uid in uids.Where(uid => !found.ContainsKey(uid)))
            {
                result.Errors.Add(new SaveError(batch[uid], Failures.MessageNotFound(batch.Folder, uid, batch[uid])));
            }

            return uids.Where(found.ContainsKey).Select(uid => found[uid]);
        }
        catch (ImapException nonsense) when (nonsense.Id == ImapErrorId.ProtocolError && failures > 0)
        {
            if (uids.Count == 1)
            {
                result.Errors.Add(new SaveError(batch[uids[0]], Failures.StructureUnreadable(batch.Folder, uids[0], nonsense)));
                return [];
            }

            int half = uids.Count / 2;
            IEnumerable<IMessageSummary> first =
                await FetchAsync([.. uids.Take(half)], failures - 1, cancellationToken).ConfigureAwait(false);
            return first.Concat(await FetchAsync([.. uids.Skip(half)], failures - 1, cancellationToken)
                .ConfigureAwait(false));
        }
    }
}
