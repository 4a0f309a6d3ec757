using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Filters;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Reading;
using ImapPS.Search;

namespace ImapPS.Pipeline.Listing;

/// <summary>What messages are wanted: criteria, and filters of the caller's own that only PowerShell can run.</summary>
internal sealed record WantedMessages(MessageCriteria Criteria, IReadOnlyList<MessageFilter> Filters)
{
    public static readonly WantedMessages All = new(new MessageCriteria([]), []);

    /// <summary>The criteria of a cmdlet, and its filter, if it has one.</summary>
    public WantedMessages(MessageCriteria criteria, MessageFilter? filter)
        : this(criteria, filter is null ? [] : [filter])
    {
    }

    public bool HasFilter => Filters.Count > 0;

    /// <summary>Messages that both want.</summary>
    public WantedMessages And(WantedMessages other) => new(Criteria.And([.. other.Criteria.All]), [.. Filters, .. other.Filters]);

    /// <summary>True when all that the server found is wanted.</summary>
    public bool AreAll(SearchResult found) => found.IsCompared || (found.IsExact && !HasFilter);

    /// <summary>The messages that meet the criteria, but for the filters.</summary>
    public IEnumerable<ImapMessage> Matching(SearchResult found, IEnumerable<ImapMessage> messages) =>
        found.IsCompared || found.IsExact ? messages : messages.Where(message => Criteria.IsMatch(message, found.Server));

    /// <summary>The messages that the filters let through, one at a time. On the pipeline thread.</summary>
    public IEnumerable<ImapMessage> Filter(IEnumerable<ImapMessage> messages) =>
        Filters.Aggregate(messages, (left, filter) => filter.Where(left));

    /// <summary>The messages that meet the criteria and the filters. Filters are run by the pipeline thread.</summary>
    public async Task<IEnumerable<ImapMessage>> KeepAsync(SearchResult found, IEnumerable<ImapMessage> messages, PipelineWriter writer,
        CancellationToken cancellationToken)
    {
        IEnumerable<ImapMessage> matching = Matching(found, messages);
        return !HasFilter ? matching : await writer
            .AskAsync<IReadOnlyList<ImapMessage>>(_ => [.. Filter(matching)], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What is fetched of messages in any case, and what is compared.</summary>
    public FetchItems Compared(FetchItems items) =>
        items with { Compared = Criteria.HeaderFields, SaveDate = Criteria.NeedsSaveDate };

    /// <summary>What is to be fetched of what was found, where no more is needed than that.</summary>
    /// <param name="items">What is fetched in any case.</param>
    /// <param name="needs">What is needed of each message.</param>
    /// <param name="found">What was found.</param>
    public FetchItems Least(FetchItems items, MessageParts needs, SearchResult found)
    {
        if (HasFilter) return Compared(items);

        MessageParts compared = found.IsExact || found.IsCompared ? MessageParts.None : Criteria.Parts(found.Server);
        return items with
        {
            Parts = needs | compared,
            Compared = found.IsExact ? [] : Criteria.Fields(found.Server),
            SaveDate = Criteria.NeedsSaveDate && !found.IsExact,
        };
    }

    /// <summary>Says, under -Verbose, how the server was asked, what it found, and what is left to compare here.</summary>
    public void Tell(SearchResult found, PipelineWriter writer)
    {
        foreach (string command in found.Commands) writer.Verbose($"Sent: {DisplayText.Printable(command)}");

        string here = string.Join(", ",
            Criteria.ComparedLocally(found.Server).Concat(Filters.SelectMany(filter => filter.ComparedLocally)));
        writer.Verbose(string.Format(
            CultureInfo.CurrentCulture,
            "{0} found in '{1}'{2}.",
            DisplayText.Count(found.Uids.Count, "message"),
            DisplayText.Printable(found.Folder),
            here.Length > 0 ? ", to be compared by the module: " + here : string.Empty));
    }
}
