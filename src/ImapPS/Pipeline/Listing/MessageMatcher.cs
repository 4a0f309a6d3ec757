using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Filters;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Reading;
using ImapPS.Search;

namespace ImapPS.Pipeline.Listing;

/// <summary>
/// Which of the messages that a search found meet the criteria: what the server cannot compare, the caller's filter, and what only the
/// whole message tells.
/// </summary>
internal sealed class MessageMatcher(MessageCriteria criteria, MessageFilter? filter)
{
    public MessageCriteria Criteria { get; } = criteria;

    public MessageFilter? Filter { get; } = filter;

    /// <summary>What must be fetched of each message to compare it.</summary>
    public FetchItems Items => new() { Compared = Criteria.HeaderFields, SaveDate = Criteria.NeedsSaveDate };

    /// <param name="messages">Messages of one folder.</param>
    /// <param name="server">What the search could ask the server.</param>
    /// <param name="mailbox">Where they are.</param>
    /// <param name="writer">The way to the pipeline thread, on which the filter runs.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public async Task<IReadOnlyList<ImapMessage>> MatchAsync(IEnumerable<ImapMessage> messages, ServerAbilities server,
        MailboxAccess mailbox, PipelineWriter writer, CancellationToken cancellationToken)
    {
        List<ImapMessage> matching = [.. messages.Where(message => Criteria.IsMatch(message, server))];
        if (Filter is not null && matching.Count > 0)
        {
            matching = await writer.AskAsync<List<ImapMessage>>(_ => [.. Filter.Where(matching)], cancellationToken).ConfigureAwait(false);
        }

        if (!Criteria.NeedsContent || matching.Count == 0) return matching;

        HashSet<uint> met = [];
        await foreach (ImapMessageContent content in new ContentSource(mailbox)
            .ReadAsync(matching[0].Folder, matching[0].UidValidity, matching, cancellationToken).ConfigureAwait(false))
        {
            if (Criteria.IsMatch(content, server)) met.Add(content.Uid);
        }

        return [.. matching.Where(message => met.Contains(message.Uid))];
    }
}
