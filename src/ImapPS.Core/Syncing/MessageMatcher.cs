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
    private readonly SyncMatch _match = new();
    private readonly SortedDictionary<uint, ImapMessage> _here = new(source.Messages);
    private readonly SortedDictionary<uint, ImapMessage> _there = new(destination.Messages);

    /// <param name="known">UIDs of the source, and of the destination, that are recorded.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public async Task<SyncMatch> RunAsync(IEnumerable<KeyValuePair<uint, uint>> known, CancellationToken cancellationToken)
    {
        foreach (KeyValuePair<uint, uint> pair in known)
        {
            if (!_here.ContainsKey(pair.Key)) continue;

            if (_there.ContainsKey(pair.Value)) Pair(pair.Key, pair.Value);
            else if (destination.Unread.Contains(pair.Value)) _here.Remove(pair.Key);
        }

        if (_here.Count > 0 && _there.Count > 0)
        {
            await CompleteAsync(sides.Source, _here, cancellationToken).ConfigureAwait(false);
            await CompleteAsync(sides.Target, _there, cancellationToken).ConfigureAwait(false);
            PairUnique();
            await PairByOctetsAsync(cancellationToken).ConfigureAwait(false);
            PairAltered();
        }

        _match.Missing.AddRange(_here.Values);
        _match.Extra.AddRange(_there.Values);
        return _match;
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
            PairSame(here, alike, message => $"{message.Received?.ToUnixTimeSeconds()} {message.Flags} {message.Keywords}");
            PairSame(here, alike, message => $"{message.Received?.ToUnixTimeSeconds()}");
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

        // One that cannot be read may be the copy of any that is like it.
        void SetAside(IReadOnlyList<ImapMessage> here, IReadOnlyList<ImapMessage> alike)
        {
            List<uint> unread = [.. alike.Select(message => message.Uid).Where(uid => _there.ContainsKey(uid)
                && !thereDigests.ContainsKey(uid))];
            List<uint> left = [.. here.Select(message => message.Uid).Where(_here.ContainsKey)];
            foreach (uint uid in unread) _there.Remove(uid);
            foreach (uint uid in left.Take(unread.Count)) _here.Remove(uid);
            _match.Undecided += unread.Count;
        }
    }

    /// <summary>
    /// Some servers write messages anew, or tell sizes that are estimates: then Message-ID and time of receipt are what is left to know
    /// them by, and to copy them again with every run would be worse.
    /// </summary>
    private void PairAltered()
    {
        static (string, long)? Altered(ImapMessage message) => message.MessageId.Length == 0 || message.Received is not { } received ? null
            : (message.MessageId, received.ToUnixTimeSeconds());

        ILookup<(string, long)?, ImapMessage> there = _there.Values.ToLookup(Altered);
        foreach (IGrouping<(string, long)?, ImapMessage> group in _here.Values.GroupBy(Altered).Where(group => group.Key is not null)
            .ToList())
        {
            foreach ((ImapMessage one, ImapMessage other) in group.Zip(there[group.Key], (one, other) => (one, other)).ToList())
            {
                Pair(one.Uid, other.Uid);
            }
        }
    }

    /// <summary>What is recorded of a message whose counterpart is gone is not enough to find another one.</summary>
    private static async Task CompleteAsync(MailboxAccess mailbox, SortedDictionary<uint, ImapMessage> left,
        CancellationToken cancellationToken)
    {
        foreach (ImapMessage message in await new MessageReader(mailbox, FolderSnapshot.Unknown)
            .CompleteAsync([.. left.Values], cancellationToken, FolderSnapshot.Unknown.Parts).ConfigureAwait(false))
        {
            left[message.Uid] = message;
        }
    }

    private static Task<Dictionary<uint, string>> DigestsAsync(MailboxAccess mailbox, FolderSnapshot folder,
        IEnumerable<ImapMessage> messages, CancellationToken cancellationToken) =>
        MessageDigests.ReadAsync(mailbox, folder.Path, folder.UidValidity,
            messages.Select(message => new MessageSize(message.Uid, message.Size)).OrderBy(message => message.Uid), cancellationToken);

    private static (string Id, long Size) Key(ImapMessage message) => (message.MessageId, message.Size);

    private void Pair(uint here, uint there)
    {
        _match.Pairs[here] = there;
        _here.Remove(here);
        _there.Remove(there);
    }
}
