using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Reading;

namespace ImapPS.Backups;

/// <summary>
/// Finds out which messages of a backup have left the place where they were: only such a one can be what has come elsewhere, and only for
/// one message. Each folder is asked once in a run; what leaves it later counts as still there, and what came of it is fetched.
/// </summary>
internal sealed class Departures(MailboxAccess mailbox)
{
    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);
    private readonly HashSet<BackupEntry> _taken = [];

    /// <summary>Whether a message may be one that has come elsewhere: not if it is still there, or was taken before.</summary>
    /// <param name="entry">The message of the backup.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public async Task<bool> HasLeftAsync(BackupEntry entry, CancellationToken cancellationToken)
    {
        if (_taken.Contains(entry)) return false;

        string path = entry.Folder.Path;
        if (!_places.TryGetValue(path, out Place? place))
        {
            _places[path] = place = await ReadAsync(path, cancellationToken).ConfigureAwait(false);
        }

        return place.Lacks(entry);
    }

    /// <summary>Notes which message a message has come from.</summary>
    public void Take(BackupEntry entry) => _taken.Add(entry);

    private async Task<Place> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var all = new FolderUids(mailbox);
        try
        {
            SearchResult found = await all.ReadAsync(path, cancellationToken).ConfigureAwait(false);
            return new Place(found.UidValidity, all.AreAll ? [.. found.Uids] : null);
        }
        catch (ImapException missing) when (missing.Id == ImapErrorId.FolderNotFound)
        {
            return new Place(null, []);
        }
        catch (ImapException unread) when (!Loss.Is(unread))
        {
            return new Place(null, null);
        }
    }

    /// <summary>What a folder has.</summary>
    /// <param name="UidValidity">What its UIDs belong to; null for one that is not there, or that cannot be read.</param>
    /// <param name="Uids">All its UIDs; null where they are not known.</param>
    private sealed record Place(uint? UidValidity, HashSet<uint>? Uids)
    {
        public bool Lacks(BackupEntry entry) => Uids is null
            ? UidValidity is { } now && now != entry.UidValidity
            : UidValidity != entry.UidValidity || !Uids.Contains(entry.Uid);
    }
}
