using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Reading;

namespace ImapPS.Syncing;

/// <summary>The differences between a folder and its counterpart, as they are told: with the Message-IDs, which are read for it.</summary>
internal sealed class FolderDifferences(SyncSides sides, FolderSnapshot source, FolderSnapshot destination)
{
    /// <summary>Lists them: what is missing, what is too many, whose flags differ, and what cannot be read.</summary>
    public async Task<IEnumerable<ImapSyncDifference>> ListAsync(SyncMatch match, FlagDifferences flags,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<ImapMessage> here = [.. match.Missing, .. flags.Messages.Select(pair => pair.Wanted)];
        IReadOnlyDictionary<uint, string> ids = await IdsAsync(sides.Source, here, cancellationToken).ConfigureAwait(false);
        IReadOnlyDictionary<uint, string> extraIds = await IdsAsync(sides.Target, match.Extra, cancellationToken).ConfigureAwait(false);
        return
        [
            .. match.Missing.Select(message => Difference(ImapSyncDifferenceKind.Missing, message, null, ids[message.Uid])),
            .. match.Extra.Select(message => Difference(ImapSyncDifferenceKind.Extra, null, message, extraIds[message.Uid])),
            .. flags.Messages.Select(pair => Difference(ImapSyncDifferenceKind.Flags, pair.Wanted, pair.There, ids[pair.Wanted.Uid])),
            .. match.Undecided.Select(pair => Difference(ImapSyncDifferenceKind.Unread, pair.Here, pair.There,
                (pair.Here ?? pair.There)!.MessageId)),
            .. source.Unread.Select(uid => Unread(uid, 0)),
            .. destination.Unread.Select(uid => Unread(0, uid)),
        ];
    }

    private static async Task<IReadOnlyDictionary<uint, string>> IdsAsync(MailboxAccess mailbox, IReadOnlyList<ImapMessage> messages,
        CancellationToken cancellationToken) =>
        (await new MessageReader(mailbox, FolderSnapshot.Unknown)
            .CompleteAsync(messages, cancellationToken, MessageParts.MessageId).ConfigureAwait(false))
        .ToDictionary(message => message.Uid, message => message.MessageId);

    private ImapSyncDifference Unread(uint uid, uint destinationUid) => new()
    {
        Kind = ImapSyncDifferenceKind.Unread,
        Folder = source.Path,
        Destination = destination.Path,
        Uid = uid,
        DestinationUid = destinationUid,
    };

    private ImapSyncDifference Difference(ImapSyncDifferenceKind kind, ImapMessage? here, ImapMessage? there, string messageId) => new()
    {
        Kind = kind,
        Folder = source.Path,
        Destination = destination.Path,
        Uid = here?.Uid ?? 0,
        DestinationUid = there?.Uid ?? 0,
        MessageId = messageId,
        Size = (here ?? there)!.Size,
        Flags = here?.Flags ?? ImapMessageFlags.None,
        Keywords = here?.Keywords ?? ImapList<string>.Empty,
        DestinationFlags = there?.Flags ?? ImapMessageFlags.None,
        DestinationKeywords = there?.Keywords ?? ImapList<string>.Empty,
    };
}
