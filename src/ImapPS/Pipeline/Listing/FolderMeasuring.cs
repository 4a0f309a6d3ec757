using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Reading;
using ImapPS.Search;

namespace ImapPS.Pipeline.Listing;

/// <summary>One measurement of a session's folders. Messages are counted as they come, and none is kept.</summary>
/// <param name="wanted">Which messages are counted.</param>
/// <param name="by">What they are grouped by.</param>
/// <param name="attachments">Whether attachments are counted.</param>
internal sealed class FolderMeasuring(WantedMessages wanted, IReadOnlyList<ImapGrouping> by, bool attachments)
{
    private readonly MessageTally _tally = new(by) { TellsEmptyFolders = true };

    /// <summary>Counts the messages of one folder parameter.</summary>
    /// <param name="folder">The folder, or the wildcards that stand for several.</param>
    /// <param name="mailbox">Where the folder is.</param>
    /// <param name="writer">The way to the pipeline thread.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public async Task ReadAsync(FolderPath folder, MailboxAccess mailbox, PipelineWriter writer, CancellationToken cancellationToken)
    {
        foreach (string path in await FolderExpansion.ExpandAsync(folder, mailbox, cancellationToken).ConfigureAwait(false))
        {
            await writer.ForItemAsync(path, () => ReadAsync(path, mailbox, writer, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    /// <summary>The groups that there are, as they are emitted.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="top">How many of those with the most messages.</param>
    /// <param name="filter">The caller's own filter.</param>
    public IEnumerable<ImapMeasure> Results(int sessionId, int top, ScriptBlock? filter)
    {
        ImapList<string> names = ImapList<string>.Of(by.Select(grouping => grouping.ToString()));
        ImapList<string>[] folders = [.. _tally.Folders.Select(folder => ImapList<string>.Of([folder]))];
        ImapList<string> criteria =
            ImapList<string>.Of(wanted.Criteria.All.Select(criterion => criterion.Parameter).Distinct(System.StringComparer.Ordinal));
        MessageCriteria known = new([.. wanted.Criteria.All.Where(criterion => criterion is not FilterCriterion)]);
        foreach (MessageGroup group in _tally.Groups(top))
        {
            yield return new ImapMeasure
            {
                Name = string.Join(", ", group.Values.Select(value => value.Length == 0 ? "(none)" : value)),
                Count = group.Count,
                Percent = _tally.Count == 0 ? 0 : System.Math.Round(100.0 * group.Count / _tally.Count, 2),
                Size = group.Size,
                Unread = group.Unread,
                Attachments = attachments ? group.Attachments : null,
                Oldest = group.Oldest,
                Newest = group.Newest,
                By = names,
                Values = ImapList<string>.Of(group.Values),
                Criteria = criteria,
                Folder = by.Count == 0 ? ImapList<string>.Of(_tally.Folders)
                    : group.Folders.Count == 1 ? folders[group.Folders[0]]
                    : ImapList<string>.Of(group.Folders.Select(place => _tally.Folders[place])),
                SessionId = sessionId,
                Wanted = known,
                Filter = filter,
            };
        }
    }

    private async Task ReadAsync(string path, MailboxAccess mailbox, PipelineWriter writer, CancellationToken cancellationToken)
    {
        SearchResult found = await new MessageSearch(mailbox, wanted.Criteria, ListingOrder.Arrival)
            .RunAsync(path, among: null, uidValidity: null, cancellationToken).ConfigureAwait(false);
        wanted.Tell(found, writer);
        if (!_tally.Open(found.Folder)) return;

        long done = 0;
        Task counting = Task.CompletedTask;
        try
        {
            await foreach (MessageWindow window in new MessageReader(mailbox, ItemsOf(found)).ReadAsync(found, cancellationToken)
                .ConfigureAwait(false))
            {
                // One window is counted while the next one is read.
                await counting.ConfigureAwait(false);
                counting = wanted.HasFilter
                    ? writer.AskAsync(_ => Count(wanted.Filter(wanted.Matching(found, window.Messages))), cancellationToken)
                    : Task.Run(() => Count(wanted.Matching(found, window.Messages)), cancellationToken);
                done += window.Asked.Count;
                writer.Progress($"Measuring {DisplayText.Printable(found.Folder)}",
                    DisplayText.CountOf(done, found.Uids.Count, "message"), done, found.Uids.Count);
            }
        }
        finally
        {
            // Whatever ended the reading: the next folder is counted in the same tables.
            await counting.ConfigureAwait(false);
        }
    }

    private FetchItems ItemsOf(SearchResult found)
    {
        FetchItems items = wanted.Least(FetchItems.Usual, MessageTally.Parts(by, attachments), found);
        IEnumerable<string> fields = items.Compared.Concat(by.SelectMany(MessageGroups.HeaderFields));
        return items with { Compared = [.. fields.Distinct(System.StringComparer.OrdinalIgnoreCase)] };
    }

    private bool Count(IEnumerable<ImapMessage> messages)
    {
        foreach (ImapMessage message in messages) _tally.Add(message);
        return true;
    }
}
