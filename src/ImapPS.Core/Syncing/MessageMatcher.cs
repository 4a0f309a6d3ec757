using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Reading;
using ImapPS.Transfers;

namespace ImapPS.Syncing;

/// <summary>
/// Matches the messages of two folders, one to one, so that n copies in the source are n in the destination: by what is recorded of them,
/// and by Message-ID and size where these two are unique. Where they are not, or there is no Message-ID, the octets decide: two messages
/// that a machine has written in the same second may have the same size.
/// </summary>
/// <param name="sides">The accounts.</param>
/// <param name="source">The folder.</param>
/// <param name="destination">Its counterpart.</param>
internal sealed class MessageMatcher(SyncSides sides, FolderSnapshot source, FolderSnapshot destination)
{
    private static readonly FetchItems _written = new()
    {
        Parts = FolderSnapshot.Unknown.Parts | MessageParts.Date | MessageParts.From | MessageParts.Subject,
    };

    private readonly SyncMatch _match = new();
    private readonly SortedDictionary<uint, ImapMessage> _here = new(source.Messages);
    private readonly SortedDictionary<uint, ImapMessage> _there = new(destination.Messages);

    /// <param name="known">UIDs of the source, and of the destination, that are recorded.</param>
    /// <param name="isCertain">
    /// Whether what is known has just been seen. A file may be of a time before the server was set back, and gave its UIDs to others.
    /// </param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public async Task<SyncMatch> RunAsync(IEnumerable<KeyValuePair<uint, uint>> known, bool isCertain,
        CancellationToken cancellationToken)
    {
        List<KeyValuePair<uint, uint>> doubtful = [];
        foreach (KeyValuePair<uint, uint> pair in known)
        {
            if (!_here.TryGetValue(pair.Key, out ImapMessage? message)) continue;

            if (destination.Unread.Contains(pair.Value)) _here.Remove(pair.Key);
            else if (!_there.TryGetValue(pair.Value, out ImapMessage? other)) continue;
            else if (isCertain || message.Size == other.Size) Pair(pair.Key, pair.Value);
            else doubtful.Add(pair);
        }

        if (_here.Count > 0 && _there.Count > 0)
        {
            await CompleteAsync(sides.Source, _here, cancellationToken).ConfigureAwait(false);
            await CompleteAsync(sides.Target, _there, cancellationToken).ConfigureAwait(false);
            PairAlike(doubtful);
            PairUnique();
            await PairByOctetsAsync(cancellationToken).ConfigureAwait(false);
            PairAltered();
            await PairByHeadersAsync(cancellationToken).ConfigureAwait(false);
        }

        _match.Missing.AddRange(_here.Values);
        _match.Extra.AddRange(_there.Values);
        return _match;
    }

    /// <summary>
    /// Pairs what is recorded and has other sizes: a server that alters messages, or the UIDs are other messages' by now. The Message-ID
    /// tells, and the time of receipt where there is none.
    /// </summary>
    private void PairAlike(IEnumerable<KeyValuePair<uint, uint>> recorded)
    {
        foreach (KeyValuePair<uint, uint> pair in recorded)
        {
            if (!_here.TryGetValue(pair.Key, out ImapMessage? message) || !_there.TryGetValue(pair.Value, out ImapMessage? other)) continue;

            if (message.MessageId == other.MessageId && (message.MessageId.Length > 0 || Seconds(message) == Seconds(other)))
            {
                Pair(pair.Key, pair.Value);
            }
        }
    }

    /// <summary>Pairs what is alone on both sides with its Message-ID and size.</summary>
    private void PairUnique()
    {
        ILookup<(string, long), ImapMessage> there = _there.Values.ToLookup(Key);
        foreach (IGrouping<(string Id, long Size), ImapMessage> group in _here.Values.GroupBy(Key).Where(group => group.Key.Id.Length > 0)
            .ToList())
        {
            if (group.Count() == 1 && there[group.Key].Count() == 1) Pair(group.First().Uid, there[group.Key].First().Uid);
        }
    }

    /// <summary>What is left and alike is downloaded on both sides, and not kept.</summary>
    private async Task PairByOctetsAsync(CancellationToken cancellationToken)
    {
        ILookup<(string, long), ImapMessage> there = _there.Values.ToLookup(Key);
        List<(IReadOnlyList<ImapMessage> Here, IReadOnlyList<ImapMessage> There)> doubtful =
            [.. _here.Values.GroupBy(Key).Where(group => there.Contains(group.Key))
                .Select(group => ((IReadOnlyList<ImapMessage>)[.. group], (IReadOnlyList<ImapMessage>)[.. there[group.Key]]))];
        if (doubtful.Count == 0) return;

        Dictionary<uint, string> hereDigests = await DigestsAsync(sides.Source, source, doubtful.SelectMany(group => group.Here),
            cancellationToken).ConfigureAwait(false);
        Dictionary<uint, string> thereDigests = await DigestsAsync(sides.Target, destination, doubtful.SelectMany(group => group.There),
            cancellationToken).ConfigureAwait(false);
        foreach ((IReadOnlyList<ImapMessage> here, IReadOnlyList<ImapMessage> alike) in doubtful)
        {
            // Of copies that are the same, those of the same time and flags belong together.
            PairSame(here, alike, message => $"{Seconds(message)} {message.Flags} {message.Keywords}");
            PairSame(here, alike, message => $"{Seconds(message)}");
            PairSame(here, alike, _ => string.Empty);
            SetAside(here, alike);
        }

        void PairSame(IReadOnlyList<ImapMessage> here, IReadOnlyList<ImapMessage> alike, Func<ImapMessage, string> more)
        {
            Dictionary<string, Queue<uint>> left = alike
                .Where(message => _there.ContainsKey(message.Uid) && thereDigests.ContainsKey(message.Uid))
                .GroupBy(message => thereDigests[message.Uid] + more(message), StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => new Queue<uint>(group.Select(message => message.Uid)), StringComparer.Ordinal);
            foreach (ImapMessage message in here)
            {
                if (_here.ContainsKey(message.Uid) && hereDigests.TryGetValue(message.Uid, out string? digest)
                    && left.TryGetValue(digest + more(message), out Queue<uint>? same) && same.Count > 0)
                {
                    Pair(message.Uid, same.Dequeue());
                }
            }
        }

        // One that cannot be read may be the copy of any that is like it, or have any for its copy.
        void SetAside(IReadOnlyList<ImapMessage> here, IReadOnlyList<ImapMessage> alike)
        {
            List<ImapMessage> left = [.. here.Where(message => _here.ContainsKey(message.Uid))
                .OrderBy(message => hereDigests.ContainsKey(message.Uid))];
            List<ImapMessage> others = [.. alike.Where(message => _there.ContainsKey(message.Uid))
                .OrderBy(message => thereDigests.ContainsKey(message.Uid))];
            for (int i = 0; i < Math.Max(left.Count, others.Count); i++)
            {
                ImapMessage? message = i < left.Count ? left[i] : null;
                ImapMessage? other = i < others.Count ? others[i] : null;
                bool isUnread = message is not null && !hereDigests.ContainsKey(message.Uid) && other is not null;
                isUnread |= other is not null && !thereDigests.ContainsKey(other.Uid);
                if (!isUnread) continue;

                if (message is not null) _here.Remove(message.Uid);
                if (other is not null) _there.Remove(other.Uid);
                _match.Undecided.Add((message, other));
            }
        }
    }

    /// <summary>
    /// Some servers write messages anew, or tell sizes that are estimates: then Message-ID and time of receipt are what is left to know
    /// them by, and to copy them again with every run would be worse.
    /// </summary>
    private void PairAltered()
    {
        PairInOrder<(string, long)>(
            message => message.MessageId.Length == 0 || Seconds(message) is not { } received ? null : (message.MessageId, received));
    }

    /// <summary>
    /// The same for those that have no Message-ID, and a Date: what the sender has written, together with the time of receipt. It is read
    /// only where both sides have some left.
    /// </summary>
    private async Task PairByHeadersAsync(CancellationToken cancellationToken)
    {
        if (!_here.Values.Any(IsNameless) || !_there.Values.Any(IsNameless)) return;

        await CompleteAsync(sides.Source, _here, cancellationToken, _written).ConfigureAwait(false);
        await CompleteAsync(sides.Target, _there, cancellationToken, _written).ConfigureAwait(false);
        PairInOrder<(DateTimeOffset, string, string, long)>(message => !IsNameless(message) || message.Date is not { } date
            || Seconds(message) is not { } received ? null : (date, $"{message.From}", message.Subject, received));

        static bool IsNameless(ImapMessage message) => message.MessageId.Length == 0;
    }

    /// <summary>Pairs what has the same key, as many as both sides have.</summary>
    private void PairInOrder<T>(Func<ImapMessage, T?> key)
        where T : struct
    {
        ILookup<T?, ImapMessage> there = _there.Values.ToLookup(key);
        foreach (IGrouping<T?, ImapMessage> group in _here.Values.GroupBy(key).Where(group => group.Key is not null).ToList())
        {
            foreach ((ImapMessage one, ImapMessage other) in group.Zip(there[group.Key], (one, other) => (one, other)).ToList())
            {
                Pair(one.Uid, other.Uid);
            }
        }
    }

    /// <summary>What is recorded of a message whose counterpart is gone is not enough to find another one.</summary>
    private static async Task CompleteAsync(MailboxAccess mailbox, SortedDictionary<uint, ImapMessage> left,
        CancellationToken cancellationToken, FetchItems? items = null)
    {
        items ??= FolderSnapshot.Unknown;
        foreach (ImapMessage message in await new MessageReader(mailbox, items)
            .CompleteAsync([.. left.Values], cancellationToken, items.Parts).ConfigureAwait(false))
        {
            left[message.Uid] = message;
        }
    }

    private static Task<Dictionary<uint, string>> DigestsAsync(MailboxAccess mailbox, FolderSnapshot folder,
        IEnumerable<ImapMessage> messages, CancellationToken cancellationToken) =>
        MessageDigests.ReadAsync(mailbox, folder.Path, folder.UidValidity,
            messages.Select(message => new MessageSize(message.Uid, message.Size)).OrderBy(message => message.Uid), cancellationToken);

    private static long? Seconds(ImapMessage message) => message.Received?.ToUnixTimeSeconds();

    private static (string Id, long Size) Key(ImapMessage message) => (message.MessageId, message.Size);

    private void Pair(uint here, uint there)
    {
        _match.Pairs[here] = there;
        _here.Remove(here);
        _there.Remove(there);
    }
}
