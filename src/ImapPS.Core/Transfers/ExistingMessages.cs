using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Changing;
using ImapPS.Mailbox;
using ImapPS.Reading;
using MailKit;
using MailKit.Search;

namespace ImapPS.Transfers;

/// <summary>
/// The messages that a folder has already, so that none comes twice: known by their Message-ID, and those that have none by their octets.
/// </summary>
/// <remarks>
/// All Message-IDs are read once, in windows. A search for each message would send fewer octets into a large folder, but most servers
/// read every header for each of them.
/// </remarks>
internal sealed class ExistingMessages(MailboxAccess mailbox, TransferDestination destination)
{
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly HashSet<string> _digests = new(StringComparer.Ordinal);

    /// <summary>Messages without Message-ID whose octets nobody has asked for yet, by their size.</summary>
    private readonly Dictionary<long, List<uint>> _unread = [];

    private bool _isLoaded;

    /// <summary>Whether the folder has the message, or is about to get it: one that it has not counts as there from now on.</summary>
    public async Task<bool> HasAsync(AppendSource source, CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken).ConfigureAwait(false);
        await source.MeasureAsync(cancellationToken).ConfigureAwait(false);
        if (source.MessageId.Length > 0) return !_ids.Add(source.MessageId);

        if (_unread.TryGetValue(source.Size, out List<uint>? alike))
        {
            IEnumerable<MessageSize> messages = alike.Select(uid => new MessageSize(uid, source.Size));
            Dictionary<uint, string> digests =
                await MessageDigests.ReadAsync(mailbox, destination.Path, destination.UidValidity, messages, cancellationToken)
                .ConfigureAwait(false);
            _digests.UnionWith(digests.Values);

            _unread.Remove(source.Size);
        }

        return !_digests.Add(await source.DigestAsync(cancellationToken).ConfigureAwait(false));
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (_isLoaded) return;

        IReadOnlyList<uint> uids = await mailbox.InFolderAsync<IReadOnlyList<uint>>(
            destination.Path,
            FolderAccess.ReadOnly,
            destination.UidValidity,
            async (_, folder, abort) => folder.Count == 0
                ? []
                : UidSets.Normalize((await folder.SearchAsync(SearchQuery.All, abort).ConfigureAwait(false)).Select(uid => uid.Id)),
            cancellationToken,
            view: FolderView.WithNews).ConfigureAwait(false);
        foreach (IReadOnlyList<uint> window in UidSets.Split(uids, _ => MessageReader.LargestWindow))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (Arrival message in await destination.ReadAsync(UidSets.ToSet(window), cancellationToken).ConfigureAwait(false))
            {
                Note(message);
            }
        }

        _isLoaded = true;
    }

    private void Note(Arrival message)
    {
        if (message.MessageId.Length > 0)
        {
            _ids.Add(message.MessageId);
            return;
        }

        if (!_unread.TryGetValue(message.Size, out List<uint>? alike)) _unread[message.Size] = alike = [];
        alike.Add(message.Uid);
    }
}
