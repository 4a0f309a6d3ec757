using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Reading;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;

namespace ImapPS.Syncing;

/// <summary>The messages of a folder, as far as a comparison needs them, and the marks that it had just before they were read.</summary>
internal sealed class FolderSnapshot
{
    private static readonly FetchItems _known = new() { Parts = MessageParts.Flags | MessageParts.Size };

    /// <summary>What tells messages apart that are not known yet.</summary>
    public static readonly FetchItems Unknown =
        new() { Parts = MessageParts.Flags | MessageParts.Size | MessageParts.Received | MessageParts.MessageId };

    public string Path { get; private init; } = string.Empty;

    public uint UidValidity { get; private init; }

    /// <summary>0 where the server does not tell.</summary>
    public uint UidNext { get; private init; }

    /// <summary>The highest modification sequence (CONDSTORE, RFC 7162); 0 where there is none.</summary>
    public ulong ModSeq { get; private init; }

    /// <summary>The messages by their UIDs.</summary>
    public SortedDictionary<uint, ImapMessage> Messages { get; private init; } = [];

    /// <summary>The messages that are there and cannot be read, which has been told.</summary>
    public HashSet<uint> Unread { get; private init; } = [];

    /// <summary>How many messages are there of which nothing is known: neither were they listed nor did anything come of them.</summary>
    public long Unseen { get; private set; }

    /// <summary>False when nobody can say what the folder lacks.</summary>
    public bool IsComplete => Unseen == 0 && Unread.Count == 0;

    public long Count => Messages.Count + Unread.Count;

    public long Bytes => Messages.Values.Sum(message => message.Size);

    /// <summary>The folder that is not there yet.</summary>
    public static FolderSnapshot Missing(string path) => new() { Path = path };

    /// <summary>Reads a folder: flags and sizes of all messages, and of those that are not known already what tells them apart.</summary>
    /// <param name="mailbox">The account.</param>
    /// <param name="path">The folder.</param>
    /// <param name="uidValidity">The UIDVALIDITY that it must have, if one is known.</param>
    /// <param name="isKnown">Whether a message is known, by its UIDVALIDITY and UID.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public static async Task<FolderSnapshot> ReadAsync(MailboxAccess mailbox, string path, uint? uidValidity,
        Func<uint, uint, bool> isKnown, CancellationToken cancellationToken)
    {
        (FolderSnapshot snapshot, IReadOnlyList<uint> uids) =
            await OpenAsync(mailbox, path, uidValidity, cancellationToken).ConfigureAwait(false);
        ILookup<bool, uint> parted = uids.ToLookup(uid => isKnown(snapshot.UidValidity, uid));
        await snapshot.ReadAsync(mailbox, _known, [.. parted[true]], cancellationToken).ConfigureAwait(false);
        await snapshot.ReadAsync(mailbox, Unknown, [.. parted[false]], cancellationToken).ConfigureAwait(false);
        if (uids.Count > snapshot.Count) await snapshot.FindAbsentAsync(mailbox, uids, cancellationToken).ConfigureAwait(false);
        return snapshot;
    }

    private static Task<(FolderSnapshot Snapshot, IReadOnlyList<uint> Uids)> OpenAsync(MailboxAccess mailbox, string path,
        uint? uidValidity, CancellationToken cancellationToken) =>
        mailbox.InFolderAsync(
            path,
            FolderAccess.ReadOnly,
            uidValidity,
            async (client, folder, abort) =>
            {
                bool hasModSeq = client.Capabilities.HasFlag(ImapCapabilities.CondStore);
                var snapshot = new FolderSnapshot
                {
                    Path = folder.FullName,
                    UidValidity = folder.UidValidity,
                    UidNext = UidSets.Next(folder) ?? 0,
                    ModSeq = hasModSeq ? folder.HighestModSeq : 0,
                };
                IReadOnlyList<uint> uids = await SearchAsync(folder, abort).ConfigureAwait(false);
                if (uids.Count < folder.Count)
                {
                    // Another client may have expunged some, of which the server does not tell before it may (RFC 9051, 7.5.1).
                    await mailbox.CatchUpAsync(client, selected => ReferenceEquals(selected, folder), abort).ConfigureAwait(false);
                    uids = await SearchAsync(folder, abort).ConfigureAwait(false);
                }

                snapshot.Unseen = Math.Max(0, folder.Count - uids.Count);
                return (snapshot, uids);
            },
            cancellationToken,
            view: FolderView.OpenedAnew);

    private static async Task<IReadOnlyList<uint>> SearchAsync(IMailFolder folder, CancellationToken abort) =>
        folder.Count == 0 ? []
            : UidSets.Normalize((await folder.SearchAsync(SearchQuery.All, abort).ConfigureAwait(false)).Select(uid => uid.Id));

    private async Task ReadAsync(MailboxAccess mailbox, FetchItems items, IReadOnlyList<uint> uids, CancellationToken cancellationToken)
    {
        if (uids.Count == 0) return;

        await foreach (MessageWindow window in new MessageReader(mailbox, items)
            .ReadAsync(new SearchResult(Path, UidValidity, uids), cancellationToken).ConfigureAwait(false))
        {
            foreach (ImapMessage message in window.Messages) Messages[message.Uid] = message;
            Unread.UnionWith(window.Unread);
        }
    }

    /// <summary>What was listed and did not come has gone meanwhile, or is there and does not come.</summary>
    private async Task FindAbsentAsync(MailboxAccess mailbox, IReadOnlyList<uint> uids, CancellationToken cancellationToken)
    {
        IReadOnlyList<uint> now = await mailbox.InFolderAsync(Path, FolderAccess.ReadOnly, UidValidity,
            (_, folder, abort) => SearchAsync(folder, abort), cancellationToken, view: FolderView.WithNews).ConfigureAwait(false);
        Unseen += now.Intersect(uids).Count(uid => !Messages.ContainsKey(uid) && !Unread.Contains(uid));
    }
}
