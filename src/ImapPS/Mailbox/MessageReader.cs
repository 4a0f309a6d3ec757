using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Search;
using ImapPS.Sessions;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;

namespace ImapPS.Mailbox;

/// <summary>Finds messages with one SEARCH, and reads them in windows of UIDs, so that memory is bounded by the window.</summary>
internal sealed class MessageReader(MailboxAccess mailbox)
{
    /// <summary>The most messages that are read at a time.</summary>
    public const int LargestWindow = 1_000;

    /// <summary>A small first window, so that the first object comes at once; then ever larger ones.</summary>
    private static readonly int[] _windows = [20, 100, 400];

    /// <summary>How often in a row a server may answer nonsense while the window is halved to find the message that it stumbles over.</summary>
    private const int MostFailuresInARow = 16;

    private int _failuresInARow;

    public bool SearchesAsciiOnly => mailbox.Session.SearchesAsciiOnly;

    /// <summary>Searches a folder; UIDs come back ascending.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="criteria">What is wanted.</param>
    /// <param name="among">Only these UIDs, ascending, or null.</param>
    /// <param name="uidValidity">What they were read under, if that is known.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public Task<SearchResult> SearchAsync(string path, MessageCriteria criteria, IReadOnlyList<uint>? among, uint? uidValidity, CancellationToken cancellationToken) =>
        mailbox.InFolderAsync(
            path,
            FolderAccess.ReadOnly,
            uidValidity,
            async (_, folder, abort) =>
            {
                SessionConnection session = mailbox.Session;
                List<uint>? uids = null;
                try
                {
                    uids = await SearchOnceAsync(folder, criteria, among, abort).ConfigureAwait(false);
                }
                catch (ImapCommandException) when (NeedsAscii(session))
                {
                }

                if (uids is null || NeedsAscii(session))
                {
                    // MailKit has repeated the search with every character cut down to a byte; whatever came of it means nothing.
                    session.SearchesAsciiOnly = true;
                    mailbox.Caller.Verbose("The server searches in ASCII only; the rest is compared here.");
                    uids = await SearchOnceAsync(folder, criteria, among, abort).ConfigureAwait(false);
                }

                return new SearchResult(folder.FullName, folder.UidValidity, uids, MessageMatcher.ServerIsExact(criteria, session.SearchesAsciiOnly));
            },
            cancellationToken,
            refresh: true);

    /// <summary>The folder's UIDVALIDITY and proper name, for UIDs that the caller brought along.</summary>
    public Task<SearchResult> TakeAsync(string path, IReadOnlyList<uint> uids, uint? uidValidity, CancellationToken cancellationToken) =>
        mailbox.InFolderAsync(
            path,
            FolderAccess.ReadOnly,
            uidValidity,
            (_, folder, _) => Task.FromResult(new SearchResult(folder.FullName, folder.UidValidity, uids, IsExact: true)),
            cancellationToken,
            refresh: true);

    /// <summary>Reads the messages of a search, a window at a time. What has been expunged in the meantime is left out.</summary>
    public async IAsyncEnumerable<MessageWindow> ReadAsync(SearchResult found, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (IReadOnlyList<uint> window in UidSets.Split(found.Uids, number => number < _windows.Length ? _windows[number] : LargestWindow))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new MessageWindow(window, await FetchAsync(found, window, cancellationToken).ConfigureAwait(false));
        }
    }

    /// <summary>Reads those of the messages of which only a part is known; they are all of one folder.</summary>
    public async Task<IReadOnlyList<ImapMessage>> CompleteAsync(IReadOnlyList<ImapMessage> messages, CancellationToken cancellationToken)
    {
        List<ImapMessage> partial = [.. messages.Where(message => message.IsPartial)];
        if (partial.Count == 0) return messages;

        var found = new SearchResult(partial[0].Folder, partial[0].UidValidity, UidSets.Normalize(partial.Select(message => message.Uid)), IsExact: true);
        var whole = new Dictionary<uint, ImapMessage>();
        foreach (IReadOnlyList<uint> window in UidSets.Split(found.Uids, _ => LargestWindow))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (ImapMessage message in await FetchAsync(found, window, cancellationToken).ConfigureAwait(false)) whole[message.Uid] = message;
        }

        return [.. messages.Select(message => whole.TryGetValue(message.Uid, out ImapMessage? read) ? read : message)];
    }

    private static bool NeedsAscii(SessionConnection session) =>
        !session.SearchesAsciiOnly && session.Rejections.Contains("BADCHARSET", StringComparer.Ordinal);

    private async Task<List<uint>> SearchOnceAsync(IMailFolder folder, MessageCriteria criteria, IReadOnlyList<uint>? among, CancellationToken abort)
    {
        SearchQuery query = QueryBuilder.Build(criteria, mailbox.Session.SearchesAsciiOnly);
        var uids = new List<uint>();
        if (among is null)
        {
            uids.AddRange((await folder.SearchAsync(query, abort).ConfigureAwait(false)).Select(uid => uid.Id));
        }
        else
        {
            foreach (IReadOnlyList<uint> piece in UidSets.Split(among, _ => int.MaxValue))
            {
                uids.AddRange((await folder.SearchAsync(UidSets.ToSet(piece), query, abort).ConfigureAwait(false)).Select(uid => uid.Id));
            }
        }

        uids.Sort();
        return uids;
    }

    private async Task<IReadOnlyList<ImapMessage>> FetchAsync(SearchResult found, IReadOnlyList<uint> uids, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<ImapMessage> messages = await FetchOnceAsync(found, uids, withStructure: true, cancellationToken).ConfigureAwait(false);
            _failuresInARow = 0;
            return messages;
        }
        catch (ImapException nonsense) when (nonsense.Id == ImapErrorId.ProtocolError && ++_failuresInARow <= MostFailuresInARow)
        {
            // Some message in this window has a structure that the server or MailKit cannot put into words. Find it, and read
            // it without.
            if (uids.Count > 1)
            {
                int half = uids.Count / 2;
                IReadOnlyList<ImapMessage> first = await FetchAsync(found, [.. uids.Take(half)], cancellationToken).ConfigureAwait(false);
                return [.. first, .. await FetchAsync(found, [.. uids.Skip(half)], cancellationToken).ConfigureAwait(false)];
            }

            IReadOnlyList<ImapMessage> bare = await FetchOnceAsync(found, uids, withStructure: false, cancellationToken).ConfigureAwait(false);
            _failuresInARow = 0;
            mailbox.Caller.Warning(string.Format(
                CultureInfo.InvariantCulture,
                "The structure of message {0} in '{1}' cannot be read, so its attachments are not listed.",
                uids[0],
                Text.Printable(found.Folder)));
            return bare;
        }
    }

    private Task<IReadOnlyList<ImapMessage>> FetchOnceAsync(SearchResult found, IReadOnlyList<uint> uids, bool withStructure, CancellationToken cancellationToken) =>
        mailbox.InFolderAsync<IReadOnlyList<ImapMessage>>(
            found.Folder,
            FolderAccess.ReadOnly,
            found.UidValidity,
            async (client, folder, abort) =>
            {
                UniqueIdSet set = UidSets.ToSet(uids);
                IList<IMessageSummary> summaries = await folder.FetchAsync(set, MessageMapping.Request(client, withStructure), abort).ConfigureAwait(false);

                // The server may tell of other messages' flags in between; those are not what was asked for.
                return
                [
                    .. summaries
                        .Where(summary => summary.Size is not null && set.Contains(summary.UniqueId))
                        .Select(summary => MessageMapping.ToModel(summary, mailbox.SessionId, folder.FullName, folder.UidValidity))
                        .OrderBy(message => message.Uid),
                ];
            },
            cancellationToken);
}
