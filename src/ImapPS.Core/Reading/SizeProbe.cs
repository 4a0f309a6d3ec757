using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Search;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;

namespace ImapPS.Reading;

/// <summary>
/// Finds out whether SEARCH measures messages as RFC822.SIZE tells them: of a message that is there, one octet less must be too little,
/// and one more too much. Where that is not proved, the server is asked for more messages, and the sizes are compared here.
/// </summary>
internal static class SizeProbe
{
    /// <summary>In a smaller folder to compare all messages costs no more than to ask.</summary>
    public const int LeastMessages = 100;

    private const int MostRead = 10;

    /// <summary>Of a message with many lines each way of counting differs.</summary>
    private const uint LeastSize = 400;

    /// <summary>What was found out.</summary>
    public static async Task<SearchLimits> RunAsync(IMailFolder folder, SearchLimits limits, CancellationToken cancellationToken)
    {
        try
        {
            IList<IMessageSummary> read = await folder.FetchAsync(
                0, Math.Min(folder.Count, MostRead) - 1, MessageSummaryItems.UniqueId | MessageSummaryItems.Size, cancellationToken)
                .ConfigureAwait(false);

            // A server that counts in KB could be right by chance about a size in whole KB.
            IMessageSummary? sample = read
                .Where(message => message.UniqueId.IsValid && message.Size is >= LeastSize and < int.MaxValue && message.Size % 100 != 0
                    && message.Size % 128 != 0)
                .OrderByDescending(message => message.Size).FirstOrDefault();
            if (sample is null) return limits.Measure(isExact: false);

            int size = (int)sample.Size!.Value;
            SearchQuery query = SearchQuery.LargerThan(size - 1).And(SearchQuery.SmallerThan(size + 1))
                .And(SearchQuery.Not(SearchQuery.LargerThan(size))).And(SearchQuery.Not(SearchQuery.SmallerThan(size)));
            IList<UniqueId> found = await folder.SearchAsync([sample.UniqueId], query, cancellationToken).ConfigureAwait(false);
            return limits.Measure(found.Count == 1 && found[0] == sample.UniqueId);
        }
        catch (ImapCommandException)
        {
            return limits.Measure(isExact: false);
        }
    }
}
