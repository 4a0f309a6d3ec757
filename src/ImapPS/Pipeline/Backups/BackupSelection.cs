using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Filters;
using ImapPS.Mailbox;
using ImapPS.Pipeline.Base;
using ImapPS.Pipeline.Listing;
using ImapPS.Reading;
using ImapPS.Search;

namespace ImapPS.Pipeline.Backups;

/// <summary>Finds the messages of a folder that a backup with criteria is for.</summary>
internal sealed class BackupSelection(WantedMessages wanted, MailboxAccess mailbox, PipelineWriter writer)
{
    /// <summary>What a filter of a backup cannot see, with what to do about it.</summary>
    private static readonly Dictionary<string, string> _absent = MessageFilter.NotFetched("Use -Text, -Body or -Header for this.");

    /// <summary>Compiles the filter of a backup.</summary>
    public static MessageFilter Compile(ScriptBlock filter, PSCmdlet cmdlet) => MessageFilter.Compile(filter, cmdlet, _absent);

    public async Task<SearchResult> FindAsync(string path, CancellationToken cancellationToken)
    {
        SearchResult found = await new MessageSearch(mailbox, wanted.Criteria, ListingOrder.Arrival)
            .RunAsync(path, among: null, uidValidity: null, cancellationToken).ConfigureAwait(false);
        wanted.Tell(found, writer);
        if (wanted.AreAll(found)) return found;

        List<uint> uids = [];
        var reader = new MessageReader(mailbox, wanted.Least(FetchItems.Usual, MessageParts.None, found));
        await foreach (MessageWindow window in reader.ReadAsync(found, cancellationToken).ConfigureAwait(false))
        {
            // One that cannot be read may be one of them; that has been told.
            uids.AddRange(window.Unread);
            uids.AddRange((await wanted.KeepAsync(found, window.Messages, writer, cancellationToken).ConfigureAwait(false))
                .Select(message => message.Uid));
        }

        return found with { Uids = UidSets.Normalize(uids) };
    }
}
