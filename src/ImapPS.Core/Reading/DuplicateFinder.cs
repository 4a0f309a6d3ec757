using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Search;
using ImapPS.Sessions;
using ImapPS.Transfers;
using MailKit;
using MailKit.Net.Imap;
using MimeKit;

namespace ImapPS.Reading;

/// <summary>
/// Finds messages of which a session's folders hold more than one copy. Of each message no more is kept than what tells it from others.
/// </summary>
/// <param name="mailbox">Where the folders are.</param>
/// <param name="byOctets">Whether copies are alike only octet for octet; then those without Message-ID are compared as well.</param>
internal sealed class DuplicateFinder(MailboxAccess mailbox, bool byOctets)
{
    /// <summary>What is marked \Deleted goes with the next EXPUNGE: it is neither a copy to keep nor one to remove.</summary>
    private static readonly MessageCriteria _undeleted = new([new FlagCriterion("Undeleted", ImapMessageFlags.Deleted, IsSet: false)]);

    private readonly MessageSearch _search = new(mailbox, _undeleted, ListingOrder.Arrival);
    private readonly CopyTable _table = new();
    private readonly Dictionary<(int Folder, uint Uid), string> _digests = [];
    private readonly Evidence _evidence = new();

    /// <summary>How many messages have been read.</summary>
    public int Count => _table.Count;

    /// <summary>How many folders have been read.</summary>
    public int FolderCount => _table.Folders.Count;

    /// <inheritdoc cref="SameFolders.Doubts"/>
    public IReadOnlyList<(string Folder, string Other)> Doubts => _table.Doubts;

    /// <summary>
    /// Reads what tells the messages of a folder apart. Of the copies of a message, the one in the folder that was read first is kept.
    /// </summary>
    /// <returns>How many messages of how many have been read, a window at a time.</returns>
    public async IAsyncEnumerable<(int Done, int Total)> ReadAsync(string path, uint? uidValidity,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        SearchResult found = await _search.RunAsync(path, among: null, uidValidity, cancellationToken).ConfigureAwait(false);
        if (!_table.Open(found)) yield break;

        int done = 0;
        foreach (IReadOnlyList<uint> window in UidSets.Split(found.Uids, _ => MessageReader.LargestWindow))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _table.Add(await FetchAsync(_table.Folders.Count - 1, window, cancellationToken).ConfigureAwait(false));
            done += window.Count;
            yield return (done, found.Uids.Count);
        }
    }

    /// <summary>Downloads the messages of a folder that may have copies, for their digests.</summary>
    /// <returns>The folders that have any: each is to be awaited before <see cref="Extras"/> is called.</returns>
    public IEnumerable<(string Folder, Func<CancellationToken, Task> ReadAsync)> Digests()
    {
        if (!byOctets) yield break;

        foreach (IGrouping<int, FoundCopy> folder in _table.Alike(withoutIdToo: true).SelectMany(copies => copies)
            .GroupBy(copy => copy.Folder).OrderBy(folder => folder.Key))
        {
            List<MessageSize> messages = [.. folder.Select(copy => new MessageSize(copy.Uid, copy.Size))];
            yield return (_table.Folders[folder.Key].Folder, token => ReadDigestsAsync(folder.Key, messages, token));
        }
    }

    /// <summary>The copies that need not be kept, folder by folder.</summary>
    public IReadOnlyList<ExtraCopies> Extras()
    {
        List<ExtraCopies> extras = [.. _table.Folders.Select(folder => new ExtraCopies(folder))];
        IEnumerable<IReadOnlyList<FoundCopy>> groups = _table.Alike(withoutIdToo: byOctets);
        if (byOctets)
        {
            groups = groups.SelectMany(copies => copies
                .Where(copy => _digests.ContainsKey((copy.Folder, copy.Uid)))
                .GroupBy(copy => _digests[(copy.Folder, copy.Uid)], StringComparer.Ordinal)
                .Select(same => same.ToList()));
        }

        foreach (IReadOnlyList<FoundCopy> copies in groups)
        {
            SearchResult kept = _table.Folders[copies[0].Folder];
            foreach (FoundCopy extra in copies.Skip(1)) extras[extra.Folder].Add(extra.Uid, kept, copies[0].Uid);
        }

        return extras;
    }

    /// <summary>Reads what tells messages apart. One that cannot be read is an error, and nobody's copy.</summary>
    private async Task<IEnumerable<FoundCopy>> FetchAsync(int folder, IReadOnlyList<uint> uids, CancellationToken cancellationToken)
    {
        SearchResult place = _table.Folders[folder];
        var copies = new SortedDictionary<uint, FoundCopy>();
        var isolation = new Isolation(mailbox, place.Folder, place.UidValidity, ReadAsync, copies.ContainsKey) { Evidence = _evidence };
        foreach (UnreadMessage unread in await isolation.RunAsync([uids], cancellationToken).ConfigureAwait(false))
        {
            mailbox.Caller.Error(Failures.MessageUnreadable(place.Folder, unread.Uid, unread.Reason));
        }

        return copies.Values;

        async Task ReadAsync(ImapClient client, StreamingFolder opened, IReadOnlyList<uint> some, CancellationToken abort)
        {
            MessageSummaryItems items = MessageSummaryItems.UniqueId | MessageSummaryItems.Size | MessageSummaryItems.InternalDate;
            if (client.Capabilities.HasFlag(ImapCapabilities.GMailExt1)) items |= MessageSummaryItems.GMailMessageId;
            UniqueIdSet set = UidSets.ToSet(some);
            IList<IMessageSummary> summaries = await opened.FetchAsync(set, new FetchRequest(items, [HeaderId.MessageId]), abort)
                .ConfigureAwait(false);
            foreach (IMessageSummary summary in summaries)
            {
                if (summary.Size is not { } size || !set.Contains(summary.UniqueId)) continue;

                copies[summary.UniqueId.Id] = new FoundCopy(folder, summary.UniqueId.Id, size,
                    MessageMapping.Identifier(summary.Headers, HeaderId.MessageId), MessageDate.Known(summary.InternalDate),
                    summary.GMailMessageId);
            }
        }
    }

    private async Task ReadDigestsAsync(int folder, List<MessageSize> messages, CancellationToken cancellationToken)
    {
        SearchResult place = _table.Folders[folder];
        foreach (KeyValuePair<uint, string> digest in await MessageDigests.ReadAsync(mailbox, place.Folder,
            place.UidValidity, messages, cancellationToken).ConfigureAwait(false))
        {
            _digests[(folder, digest.Key)] = digest.Value;
        }
    }
}

/// <summary>Messages of one folder of which there is another copy.</summary>
internal sealed class ExtraCopies(SearchResult folder)
{
    private readonly SortedDictionary<uint, (SearchResult Folder, uint Uid)> _kept = [];

    public int Count => _kept.Count;

    /// <summary>The messages, to be read.</summary>
    public SearchResult Found => folder with { Uids = [.. _kept.Keys] };

    public void Add(uint uid, SearchResult keptIn, uint keptUid) => _kept.Add(uid, (keptIn, keptUid));

    /// <summary>A message, and where the copy to be kept is.</summary>
    public ImapDuplicate ToModel(ImapMessage message)
    {
        (SearchResult kept, uint uid) = _kept[message.Uid];
        return new ImapDuplicate(message) { KeptFolder = kept.Folder, KeptUidValidity = kept.UidValidity, KeptUid = uid };
    }
}
