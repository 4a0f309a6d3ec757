using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Mailbox;
using MailKit;
using MailKit.Search;
using MimeKit;
using MimeKit.Utils;

namespace ImapPS.Reading;

/// <summary>Threads by References (RFC 5256, 3), by the server's word or, where it has none, by MailKit's.</summary>
internal static class MessageThreads
{
    private static readonly string[] _headers = ["Message-ID", "In-Reply-To", "References", "Subject", "Date"];

    /// <summary>The messages thread by thread, each after the one that it answers.</summary>
    public static SearchResult Flatten(SearchResult result, IEnumerable<MessageThread> threads, Func<uint, bool> isWanted)
    {
        var uids = new List<uint>();
        var places = new Dictionary<uint, ThreadPlace>();

        // A thread of ten thousand answers to answers is deeper than the stack.
        var open = new Stack<(MessageThread Thread, uint? Root, int Depth)>(threads.Reverse().Select(thread => (thread, (uint?)null, 0)));
        while (open.Count > 0)
        {
            (MessageThread thread, uint? root, int depth) = open.Pop();
            if (thread.UniqueId is { } uid && isWanted(uid.Id))
            {
                root ??= uid.Id;
                uids.Add(uid.Id);
                places[uid.Id] = new ThreadPlace(root.Value, depth++);
            }
            else if (root is null && thread.Children.Count > 0)
            {
                // What the thread began with is gone; it goes by the first answer that is there.
                root = FirstOf(thread, isWanted);
            }

            foreach (MessageThread child in thread.Children.Reverse()) open.Push((child, root, depth));
        }

        return result with { Uids = uids, Places = places, IsAscending = false, IsOrdered = true };
    }

    /// <summary>Threads what a server without THREAD has found.</summary>
    public static async Task<SearchResult> BuildAsync(MailboxAccess mailbox, SearchResult found, CancellationToken cancellationToken)
    {
        var summaries = new Dictionary<uint, IMessageSummary>();
        var isolation = new Isolation(mailbox, found.Folder, found.UidValidity, async (_, folder, uids, abort) =>
        {
            foreach (IMessageSummary summary in await folder
                .FetchAsync(UidSets.ToSet(uids), new FetchRequest(MessageSummaryItems.UniqueId, _headers), abort).ConfigureAwait(false))
            {
                if (summary.Headers is not null) summaries[summary.UniqueId.Id] = summary;
            }
        }, summaries.ContainsKey);
        IReadOnlyList<UnreadMessage> unread = await isolation
            .RunAsync(UidSets.Split(found.Uids, _ => MessageReader.LargestWindow), cancellationToken).ConfigureAwait(false);

        // The listing will meet with them again, and tell.
        foreach (UnreadMessage message in unread)
        {
            summaries[message.Uid] = new MessageSummary(0) { UniqueId = new UniqueId(message.Uid), Headers = [] };
        }

        IList<MessageThread> threads = summaries.Values
            .OrderBy(summary => summary.UniqueId)
            .Select(Threadable)
            .Thread(ThreadingAlgorithm.References, [OrderBy.Date]);
        return Flatten(found, threads, _ => true);
    }

    /// <summary>MailKit threads by ENVELOPE, which is not fetched: one with a long Subject would end the connection.</summary>
    private static IMessageSummary Threadable(IMessageSummary summary)
    {
        HeaderList headers = summary.Headers!;
        var references = new MessageIdList();
        references.AddRange(Identifiers(headers, HeaderId.References).Concat(Identifiers(headers, HeaderId.InReplyTo).Take(1))
            .Distinct(StringComparer.Ordinal));
        return new MessageSummary(summary.Index)
        {
            UniqueId = summary.UniqueId,
            References = references,
            Envelope = new Envelope
            {
                MessageId = Identifiers(headers, HeaderId.MessageId).FirstOrDefault(),
                Subject = headers[HeaderId.Subject],
                Date = MessageDate.Read(headers[HeaderId.Date]),
            },
        };
    }

    private static IEnumerable<string> Identifiers(HeaderList headers, HeaderId id) =>
        MimeUtils.EnumerateReferences(headers[id] ?? string.Empty);

    private static uint? FirstOf(MessageThread thread, Func<uint, bool> isWanted)
    {
        var open = new Stack<MessageThread>(thread.Children.Reverse());
        while (open.Count > 0)
        {
            MessageThread next = open.Pop();
            if (next.UniqueId is { } uid && isWanted(uid.Id)) return uid.Id;

            foreach (MessageThread child in next.Children.Reverse()) open.Push(child);
        }

        return null;
    }
}
