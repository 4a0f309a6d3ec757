using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Search;
using ImapPS.Sessions;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;

namespace ImapPS.Reading;

/// <summary>Finds messages with one SEARCH, SORT or THREAD.</summary>
internal sealed class MessageSearch(MailboxAccess mailbox, MessageCriteria criteria, ListingOrder order)
{
    /// <summary>False when the server has just told of what it found, so that it need not be asked first.</summary>
    public bool Refresh { get; init; } = true;

    /// <summary>Searches a folder. What the server refuses or dies of is not asked again, but searched wider, in the end for all.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="among">Only these UIDs, ascending, or null.</param>
    /// <param name="uidValidity">What they were read under, if that is known.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public async Task<SearchResult> RunAsync(string path, IReadOnlyList<uint>? among, uint? uidValidity,
        CancellationToken cancellationToken)
    {
        var lost = new LostSearch();
        try
        {
            return await RunAsync(path, among, uidValidity, lost, cancellationToken).ConfigureAwait(false);
        }
        catch (ImapException failed) when (lost.IsFirst && failed.Id is ImapErrorId.ConnectionLost or ImapErrorId.Timeout
            or ImapErrorId.ProtocolError)
        {
            return await RunAsync(path, among, uidValidity, lost, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<SearchResult> RunAsync(string path, IReadOnlyList<uint>? among, uint? uidValidity, LostSearch lost,
        CancellationToken cancellationToken) =>
        mailbox.InFolderAsync(
            path,
            FolderAccess.ReadOnly,
            uidValidity,
            async (client, folder, abort) =>
            {
                SearchResult? result;
                do
                {
                    mailbox.Session.ListenForSearches();
                    result = await TryAsync(client, folder, among, lost, abort).ConfigureAwait(false);
                }
                while (result is null);

                return result with { Commands = mailbox.Session.Searches };
            },
            cancellationToken,
            view: Refresh ? FolderView.WithNews : FolderView.AsTold);

    /// <returns>Null when the server is to be asked otherwise.</returns>
    private async Task<SearchResult?> TryAsync(ImapClient client, IMailFolder folder, IReadOnlyList<uint>? among, LostSearch lost,
        CancellationToken abort)
    {
        SessionConnection session = mailbox.Session;
        ServerAbilities server = ServerSearch.Abilities(client, session);
        uint? last = criteria.IsOpenEnded ? await LastMessage.UidAsync(folder, abort).ConfigureAwait(false) : null;
        MessageCriteria asked = last is { } uid ? criteria.UpTo(uid) : criteria;
        if (lost.Keys is null)
        {
            var probes = new SearchProbes(session, folder, lost);
            server = await probes.RunAsync(asked, server, () => ServerSearch.Abilities(client, session), abort).ConfigureAwait(false);
        }

        if (lost.Keys is { } broken) server = server with { Limits = server.Limits.Refuse(broken) };
        SearchQuery query = asked.Query(server);
        HashSet<string> keys = SearchKeys.Of(query);
        try
        {
            SearchResult result = await SearchAsync(client, folder, server, query, among, lost.Keys is not null, abort)
                .ConfigureAwait(false);
            if (!NeedsAscii(session))
            {
                session.Memory.Limits = lost.Keys is { } gone ? lost.Learn(session.Memory.Limits, gone)
                    : session.Memory.Limits.Accept(keys);
                return result;
            }
        }
        catch (ImapCommandException) when (NeedsAscii(session))
        {
        }
        catch (ImapCommandException refused) when (keys.Count > 0 && !NotNow.Is(session.Rejections, refused.ResponseText))
        {
            Widen(asked, server, keys, session);
            return null;
        }
        catch (Exception gone) when (keys.Count > 0 && IsCut(gone, abort))
        {
            lost.Note(keys, Translation.IsLate(gone));
            throw;
        }

        // MailKit has repeated the search with every character cut down to a byte; whatever came of it means nothing.
        session.SearchesAsciiOnly = true;
        mailbox.Caller.Verbose("The server searches only in ASCII. The module compares the rest.");
        return null;
    }

    /// <summary>True when the server has ended the connection, or is silent.</summary>
    private static bool IsCut(Exception exception, CancellationToken abort) =>
        Translation.ConnectionIsGone(exception) && !Translation.IsNonsense(exception) && !abort.IsCancellationRequested;

    private void Widen(MessageCriteria asked, ServerAbilities server, HashSet<string> keys, SessionConnection session)
    {
        if (!session.SearchesAsciiOnly && session.Searches.Any(search => search.Contains(" CHARSET ")))
        {
            session.SearchesAsciiOnly = true;
            mailbox.Caller.Verbose("The server refuses to search for more than ASCII. The module compares the rest.");
            return;
        }

        // What the module can compare itself goes first.
        HashSet<string> own = SearchKeys.Of(new MessageCriteria([.. asked.All.Where(criterion => criterion.IsComparable)]).Query(server));
        session.Memory.Limits = session.Memory.Limits.Refuse(own.Count > 0 ? own : keys);
        mailbox.Caller.Verbose("The server refuses this search. It is asked for more messages, and the module compares them.");
    }

    private static bool NeedsAscii(SessionConnection session) =>
        !session.SearchesAsciiOnly && session.Rejections.Contains("BADCHARSET", StringComparer.Ordinal);

    private async Task<SearchResult> SearchAsync(ImapClient client, IMailFolder folder, ServerAbilities server, SearchQuery query,
        IReadOnlyList<uint>? among, bool isPlain, CancellationToken abort)
    {
        var result = new SearchResult(folder.FullName, folder.UidValidity, [])
        {
            Server = server,
            IsExact = criteria.IsExact(server),
            UidNext = UidSets.Next(folder),
            MailboxId = string.IsNullOrEmpty(folder.Id) ? null : folder.Id,
        };
        HashSet<uint>? wanted = among is null ? null : [.. among];
        foreach (string words in criteria.Words(server))
        {
            HashSet<uint> found = [.. await QueryAsync(folder, words, abort).ConfigureAwait(false)];
            if (wanted is null) wanted = found;
            else wanted.IntersectWith(found);
        }

        bool isWanted(uint uid) => wanted?.Contains(uid) != false;
        ImapCapabilities refused = ImapCapabilities.None;
        if (order.IsSorted && !isPlain && client.Capabilities.HasFlag(ImapCapabilities.Sort))
        {
            try
            {
                IList<UniqueId> sorted = await folder.SortAsync(query, ServerSearch.OrderBy(order), abort).ConfigureAwait(false);
                return result with { Uids = [.. UidSets.Of(sorted).Where(isWanted)], IsAscending = false };
            }
            catch (ImapCommandException no) when (IsAnswer(no))
            {
                refused = ImapCapabilities.Sort;
            }
        }

        if (order.Threads && !isPlain && !mailbox.Session.Memory.Lacking.HasFlag(ImapCapabilities.Thread)
            && client.ThreadingAlgorithms.Contains(ThreadingAlgorithm.References))
        {
            try
            {
                IList<MessageThread> threads = await folder.ThreadAsync(ThreadingAlgorithm.References, query, abort).ConfigureAwait(false);
                return MessageThreads.Flatten(result, threads, isWanted);
            }
            catch (ImapCommandException no) when (IsAnswer(no))
            {
                refused = ImapCapabilities.Thread;
            }
        }

        List<uint> uids = [];
        if (order.Newest > 0 && criteria.IsEmpty && wanted is null)
        {
            // The last ones by their place in the folder: no SEARCH over all of it. An empty folder has no place at all.
            if (folder.Count > 0)
            {
                uids.AddRange(await WordsAsync(folder, $"{Math.Max(1, folder.Count - order.Newest + 1)}:{folder.Count}", abort)
                    .ConfigureAwait(false));
            }
        }
        else if (wanted is null)
        {
            uids.AddRange(UidSets.Of(await folder.SearchAsync(query, abort).ConfigureAwait(false)));
        }
        else if (ReferenceEquals(query, SearchQuery.All) && among is null)
        {
            uids.AddRange(wanted);
        }
        else
        {
            foreach (IReadOnlyList<uint> piece in UidSets.Split(wanted.OrderBy(uid => uid), _ => int.MaxValue))
            {
                IList<UniqueId> found = await folder.SearchAsync(UidSets.ToSet(piece), query, abort).ConfigureAwait(false);
                uids.AddRange(UidSets.Of(found).Where(isWanted));
            }
        }

        // It was not the search that the server refused before.
        mailbox.Session.Memory.Lacks(refused);
        uids.Sort();
        if (order.Newest > 0) uids.Reverse();
        return result with { Uids = uids, IsAscending = order.Newest == 0, IsOrdered = !order.IsSorted && !order.Threads };
    }

    /// <summary>A search in the caller's own words: what the server cannot read in them is the caller's mistake.</summary>
    private static async Task<IEnumerable<uint>> QueryAsync(IMailFolder folder, string words, CancellationToken abort)
    {
        try
        {
            return await WordsAsync(folder, words, abort).ConfigureAwait(false);
        }
        catch (ImapCommandException refused) when (refused.Response == ImapCommandResponse.Bad)
        {
            throw Failures.QueryInvalid(words, refused.ResponseText, refused);
        }
    }

    private static async Task<IEnumerable<uint>> WordsAsync(IMailFolder folder, string words, CancellationToken abort) =>
        UidSets.Of(await ((StreamingFolder)folder).SearchWordsAsync(words, abort).ConfigureAwait(false));

    /// <summary>True for a refusal for good, of what MailKit has sent as it was meant.</summary>
    private bool IsAnswer(ImapCommandException refused) =>
        !NotNow.Is(mailbox.Session.Rejections, refused.ResponseText) && !NeedsAscii(mailbox.Session);
}
