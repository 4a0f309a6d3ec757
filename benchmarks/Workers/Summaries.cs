using System.Collections.Generic;
using System.Linq;
using MailKit;
using MimeKit;

namespace ImapPS.Benchmarks.Workers;

/// <summary>What listings ask for, and read.</summary>
internal static class Summaries
{
    public const MessageSummaryItems Items = MessageSummaryItems.UniqueId | MessageSummaryItems.Flags | MessageSummaryItems.Size
        | MessageSummaryItems.InternalDate | MessageSummaryItems.BodyStructure | MessageSummaryItems.Envelope;

    /// <summary>Reads sender, subject and date of each, and returns something made of them, so that it is not left out.</summary>
    public static int Read(IEnumerable<IMessageSummary> summaries)
    {
        var sum = 0;
        foreach (var summary in summaries)
            sum += (summary.Envelope?.From.Count ?? 0) + (summary.NormalizedSubject?.Length ?? 0) + summary.Date.Second;
        return sum;
    }

    /// <summary>Adds each message to its sender's numbers.</summary>
    public static void Count(IEnumerable<IMessageSummary> summaries, Dictionary<string, SenderTotals> senders)
    {
        foreach (var summary in summaries)
        {
            var field = summary.Headers?[HeaderId.From];
            var sender = summary.Envelope?.From ?? (field is null ? [] : InternetAddressList.Parse(field));
            var address = sender.Mailboxes.FirstOrDefault()?.Address ?? string.Empty;
            if (!senders.TryGetValue(address, out var totals)) senders[address] = totals = new SenderTotals();
            totals.Add(summary);
        }
    }
}
