using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Mailbox;
using MailKit;
using MailKit.Net.Imap;

namespace ImapPS.Watching;

/// <summary>Fetches flags for a watch: in sets that the server takes, and not of the messages whose answer cannot be read.</summary>
/// <param name="folder">The folder, which is open.</param>
/// <param name="state">What is known of it.</param>
internal sealed class FlagFetch(IMailFolder folder, FolderState state)
{
    private bool HasModSeqs => folder.Supports(FolderFeature.ModSequences);

    /// <summary>What is asked of each message.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="changedSince">Only messages that changed after this modification sequence; null for all.</param>
    public static FetchRequest Request(IMailFolder folder, ulong? changedSince)
    {
        MessageSummaryItems items = MessageSummaryItems.UniqueId | MessageSummaryItems.Flags;
        if (folder.Supports(FolderFeature.ModSequences)) items |= MessageSummaryItems.ModSeq;
        return new FetchRequest(items) { ChangedSince = changedSince };
    }

    /// <param name="first">The first UID.</param>
    /// <param name="changedSince">Only messages that changed after this modification sequence; null for all.</param>
    /// <param name="abort">Cuts the command.</param>
    public async Task<IReadOnlyList<IMessageSummary>> RunAsync(uint first, ulong? changedSince, CancellationToken abort)
    {
        // Stays where the command fails, for whoever finds out which message it fails on.
        state.Asked = new FlagQuestion(first, changedSince);
        IReadOnlyList<IMessageSummary> seen = await AskAsync(first, changedSince, abort).ConfigureAwait(false);
        state.Asked = null;
        return seen;
    }

    private async Task<IReadOnlyList<IMessageSummary>> AskAsync(uint first, ulong? changedSince, CancellationToken abort)
    {
        FetchRequest request = Request(folder, changedSince);

        // Old servers answer BAD to "8:*", or nothing; and it means the last message, too, which may be the one that cannot be read.
        bool isOpen = HasModSeqs && !state.IsBounded && state.Unread.Count == 0;
        try
        {
            if (isOpen) return [.. await AskAsync(first, UniqueId.MaxValue.Id, request, abort).ConfigureAwait(false)];
        }
        catch (ImapCommandException)
        {
            // Where it is a message that is refused, the other set is refused as well.
        }

        uint last = await LastMessage.UidAsync(folder, abort).ConfigureAwait(false) ?? UniqueId.MaxValue.Id;
        List<IMessageSummary> seen = [];
        foreach (uint unread in state.Unread.Where(uid => uid >= first && uid <= last).OrderBy(uid => uid).ToList())
        {
            seen.AddRange(await AskAsync(first, unread - 1, request, abort).ConfigureAwait(false));
            first = unread + 1;
        }

        seen.AddRange(await AskAsync(first, last, request, abort).ConfigureAwait(false));
        state.IsBounded |= isOpen;
        return seen;
    }

    private async Task<IList<IMessageSummary>> AskAsync(uint first, uint last, FetchRequest request, CancellationToken abort) =>
        first > last ? [] : await folder.FetchAsync(new UniqueIdRange(new UniqueId(first), new UniqueId(last)), request, abort)
            .ConfigureAwait(false);
}
