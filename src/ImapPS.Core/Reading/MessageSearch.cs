using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Search;
using ImapPS.Sessions;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using ImapFolder = MailKit.Net.Imap.ImapFolder;

namespace ImapPS.Reading;

/// <summary>Finds messages with one SEARCH, SORT or THREAD.</summary>
internal sealed class MessageSearch(MailboxAccess mailbox, MessageCriteria criteria, ListingOrder order)
{
    /// <summary>False when the server has just told of what it found, so that it need not be asked first.</summary>
    public bool Refresh { get; init; } = true;

    /// <summary>Searches a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="among">Only these UIDs, ascending, or null.</param>
    /// <param name="uidValidity">What they were read under, if that is known.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public Task<SearchResult> RunAsync(string path, IReadOnlyList<uint>? among, uint? uidValidity, CancellationToken cancellationToken) =>
        mailbox.InFolderAsync(
            path,
            FolderAccess.ReadOnly,
            uidValidity,
            async (client, folder, abort) =>
            {
                SessionConnection session = mailbox.Session;
                SearchResult? result = null;
                session.ListenForSearches();
                try
                {
                    result = await SearchAsync(client, folder, among, abort).ConfigureAwait(false);
                }
                catch (ImapCommandException) when (NeedsAscii(session))
                {
                }

                if (result is null || NeedsAscii(session))
                {
                    // MailKit has repeated the search with every character cut down to a byte; whatever came of it means nothing.
                    session.SearchesAsciiOnly = true;
                    mailbox.Caller.Verbose("The server searches only in ASCII. The module compares the rest.");
                    session.ListenForSearches();
                    result = await SearchAsync(client, folder, among, abort).ConfigureAwait(false);
                }

                return result with { Commands = session.Searches };
            },
            cancellationToken,
            view: Refresh ? FolderView.WithNews : FolderView.AsTold);

    private static bool NeedsAscii(SessionConnection session) =>
        !session.SearchesAsciiOnly && session.Rejections.Contains("BADCHARSET", StringComparer.Ordinal);

    private async Task<SearchResult> SearchAsync(ImapClient client, IMailFolder folder, IReadOnlyList<uint>? among, CancellationToken abort)
    {
        ServerAbilities server = Abilities(client, mailbox.Session);
        SearchQuery query = criteria.Query(server);
        var result = new SearchResult(folder.FullName, folder.UidValidity, [])
        {
            Server = server,
            IsExact = criteria.IsExact(server),
            UidNext = folder.UidNext?.Id,
            MailboxId = string.IsNullOrEmpty(folder.Id) ? null : folder.Id,
        };
        HashSet<uint>? wanted = among is null ? null : [.. among];
        foreach (string words in criteria.Words(server))
        {
            HashSet<uint> found = [.. await QueryAsync(client, folder, words, abort).ConfigureAwait(false)];
            if (wanted is null) wanted = found;
            else wanted.IntersectWith(found);
        }

        bool isWanted(uint uid) => wanted?.Contains(uid) != false;
        if (order.IsSorted && client.Capabilities.HasFlag(ImapCapabilities.Sort))
        {
            IList<UniqueId> sorted = await folder.SortAsync(query, [.. order.Keys.Select(OrderBy)], abort).ConfigureAwait(false);
            return result with { Uids = [.. sorted.Select(uid => uid.Id).Where(isWanted)], IsAscending = false };
        }

        if (order.Threads && client.ThreadingAlgorithms.Contains(ThreadingAlgorithm.References))
        {
            IList<MessageThread> threads = await folder.ThreadAsync(ThreadingAlgorithm.References, query, abort).ConfigureAwait(false);
            return MessageThreads.Flatten(result, threads, isWanted);
        }

        List<uint> uids = [];
        if (order.Newest > 0 && criteria.IsEmpty && wanted is null)
        {
            // The last ones by their place in the folder: no SEARCH over all of it. An empty folder has no place at all.
            if (folder.Count > 0)
            {
                uids.AddRange(await WordsAsync(client, folder, $"{Math.Max(1, folder.Count - order.Newest + 1)}:*", abort)
                    .ConfigureAwait(false));
            }
        }
        else if (wanted is null)
        {
            uids.AddRange((await folder.SearchAsync(query, abort).ConfigureAwait(false)).Select(uid => uid.Id));
        }
        else if (ReferenceEquals(query, SearchQuery.All) && among is null)
        {
            uids.AddRange(wanted);
        }
        else
        {
            foreach (IReadOnlyList<uint> piece in UidSets.Split(wanted.OrderBy(uid => uid), _ => int.MaxValue))
            {
                uids.AddRange((await folder.SearchAsync(UidSets.ToSet(piece), query, abort).ConfigureAwait(false)).Select(uid => uid.Id));
            }
        }

        uids.Sort();
        if (order.Newest > 0) uids.Reverse();
        return result with { Uids = uids, IsAscending = order.Newest == 0, IsOrdered = !order.IsSorted && !order.Threads };
    }

    /// <summary>A search in the caller's own words: what the server cannot read in them is the caller's mistake.</summary>
    private static async Task<IEnumerable<uint>> QueryAsync(ImapClient client, IMailFolder folder, string words, CancellationToken abort)
    {
        try
        {
            return await WordsAsync(client, folder, words, abort).ConfigureAwait(false);
        }
        catch (ImapCommandException refused) when (refused.Response == ImapCommandResponse.Bad)
        {
            throw Failures.QueryInvalid(words, refused.ResponseText, refused);
        }
    }

    private static async Task<IEnumerable<uint>> WordsAsync(ImapClient client, IMailFolder folder, string words, CancellationToken abort)
    {
        if (client.Capabilities.HasFlag(ImapCapabilities.ESearch)) words = "RETURN (ALL) " + words;

        // MailKit takes the words for a format.
        SearchResults found = await ((ImapFolder)folder).SearchAsync(words.Replace("%", "%%"), abort).ConfigureAwait(false);
        return found.UniqueIds.Select(uid => uid.Id);
    }

    private static ServerAbilities Abilities(ImapClient client, SessionConnection session)
    {
        ImapCapabilities has = client.Capabilities;
        return new ServerAbilities
        {
            AsciiOnly = session.SearchesAsciiOnly,
            WordsOnly = has.HasFlag(ImapCapabilities.GMailExt1) || has.HasFlag(ImapCapabilities.FuzzySearch),
            Within = has.HasFlag(ImapCapabilities.Within),
            SaveDate = has.HasFlag(ImapCapabilities.SaveDate),
            CondStore = has.HasFlag(ImapCapabilities.CondStore),
            ObjectId = has.HasFlag(ImapCapabilities.ObjectID),
            Gmail = has.HasFlag(ImapCapabilities.GMailExt1),
        };
    }

    private OrderBy OrderBy(ImapSortKey key) => new(
        key switch
        {
            ImapSortKey.Received => OrderByType.Arrival,
            ImapSortKey.Date => OrderByType.Date,
            ImapSortKey.From => OrderByType.From,
            ImapSortKey.To => OrderByType.To,
            ImapSortKey.Cc => OrderByType.Cc,
            ImapSortKey.Size => OrderByType.Size,
            _ => OrderByType.Subject,
        },
        order.Descending ? SortOrder.Descending : SortOrder.Ascending);
}
