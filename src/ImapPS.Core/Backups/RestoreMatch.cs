using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Changing;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Reading;
using ImapPS.Transfers;
using MailKit;

namespace ImapPS.Backups;

/// <summary>
/// Finds which messages of a backup a folder has already, as often as it has them: by size, Message-ID and time of receipt. Where there is
/// no Message-ID, where the time is another one, or where several messages share size and Message-ID, the octets decide.
/// </summary>
internal sealed class RestoreMatch(MailboxAccess mailbox, TransferDestination destination)
{
    private readonly Dictionary<(long Size, string Id), List<Arrival>> _there = [];
    private readonly Dictionary<(long Size, string Id), Dictionary<uint, string>> _digests = [];

    /// <summary>Reads what the folder has.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        SearchResult found = await new FolderUids(mailbox).ReadAsync(destination.Path, cancellationToken).ConfigureAwait(false);
        foreach (IReadOnlyList<uint> window in UidSets.Split(found.Uids, _ => MessageReader.LargestWindow))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (Arrival message in await destination.ReadAsync(UidSets.ToSet(window), cancellationToken,
                more: MessageSummaryItems.InternalDate).ConfigureAwait(false))
            {
                (long, string) key = (message.Size, message.MessageId);
                if (!_there.TryGetValue(key, out List<Arrival>? alike)) _there[key] = alike = [];
                alike.Add(message);
            }
        }
    }

    /// <summary>The messages that are not there.</summary>
    /// <param name="entries">Messages of the backup.</param>
    /// <param name="all">All messages that the folder has in the backup, those that are gone as well.</param>
    /// <param name="open">Opens a message.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public async Task<IReadOnlyList<BackupEntry>> MissingAsync(IEnumerable<BackupEntry> entries, IEnumerable<BackupEntry> all,
        Func<BackupEntry, AppendSource> open, CancellationToken cancellationToken)
    {
        // What the folder had under the same Message-ID and size may be what it has.
        HashSet<(long, string)> shared = [.. all.GroupBy(entry => (entry.Size, entry.MessageId))
            .Where(group => group.Select(entry => entry.Digest).Distinct(StringComparer.Ordinal).Count() > 1).Select(group => group.Key)];
        List<BackupEntry> missing = [];
        foreach (IGrouping<(long Size, string Id), BackupEntry> group in entries.GroupBy(entry => (entry.Size, entry.MessageId)).ToList())
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool isPlain = group.Key.Id.Length > 0 && !shared.Contains(group.Key);

            // Those whose times are the same go first: what is left is compared with what is left.
            foreach (BackupEntry entry in group.Where(entry => !isPlain || !TakePlain(group.Key, entry.Received)).ToList())
            {
                if (!await TakeAsync(group.Key, open(entry), cancellationToken).ConfigureAwait(false)) missing.Add(entry);
            }
        }

        return missing;
    }

    private bool TakePlain((long Size, string Id) key, DateTimeOffset? received)
    {
        if (received is null || !_there.TryGetValue(key, out List<Arrival>? alike)) return false;

        int at = alike.FindIndex(message => message.Received?.ToUnixTimeSeconds() == received.Value.ToUnixTimeSeconds());
        if (at < 0) return false;

        alike.RemoveAt(at);
        return true;
    }

    private async Task<bool> TakeAsync((long Size, string Id) key, AppendSource source, CancellationToken cancellationToken)
    {
        if (!_there.TryGetValue(key, out List<Arrival>? alike) || alike.Count == 0) return false;

        if (!_digests.TryGetValue(key, out Dictionary<uint, string>? digests))
        {
            _digests[key] = digests = await MessageDigests.ReadAsync(mailbox, destination.Path, destination.UidValidity,
                alike.Select(message => new MessageSize(message.Uid, key.Size)), cancellationToken).ConfigureAwait(false);
        }

        try
        {
            string digest = await source.DigestAsync(cancellationToken).ConfigureAwait(false);
            int at = alike.FindIndex(message => digests.TryGetValue(message.Uid, out string? there) && there == digest);
            if (at < 0) return false;

            alike.RemoveAt(at);
            return true;
        }
        catch (ImapException unreadable) when (unreadable.Id is ImapErrorId.FileNotRead or ImapErrorId.FileNotFound)
        {
            // Whoever sends it tells of it.
            return false;
        }
    }

    /// <summary>
    /// Whether a message is there in the form in which it is sent, in which every line ends in CRLF: it may have more octets than its file.
    /// </summary>
    public async Task<bool> HasAsSentAsync(BackupEntry entry, AppendSource source, CancellationToken cancellationToken)
    {
        await source.MeasureAsync(cancellationToken).ConfigureAwait(false);
        return source.Size != entry.Size
            && await TakeAsync((source.Size, source.MessageId), source, cancellationToken).ConfigureAwait(false);
    }
}
