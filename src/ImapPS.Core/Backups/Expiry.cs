using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace ImapPS.Backups;

/// <summary>
/// Finds the messages of a backup that have been gone for long enough. A folder that is empty or missing, or that has a new UIDVALIDITY,
/// may be a server's mistake: what is gone with it stays, unless the server still has the same octets elsewhere, and the backup too. Run
/// after all folders were read: until then nobody knows what the server still has.
/// </summary>
/// <param name="files">The files of the backup.</param>
/// <param name="before">When a message must have been gone.</param>
/// <param name="read">The folders of which it is known now what the server has.</param>
internal sealed class Expiry(BackupFiles files, DateTimeOffset before, IReadOnlyCollection<BackupFolder> read)
{
    private readonly Dictionary<string, bool> _safe = new(StringComparer.Ordinal);
    private ILookup<string, BackupEntry>? _live;

    /// <summary>The messages of a folder that may go.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="hasMessages">Whether the server shows messages in it now.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public IReadOnlyList<BackupEntry> Find(BackupFolder folder, bool hasMessages, CancellationToken cancellationToken) =>
    [
        .. folder.Entries.Where(entry => entry.Gone <= before
            && ((entry.Reason == GoneReason.Expunged && hasMessages) || IsElsewhere(entry.Digest, cancellationToken))),
    ];

    /// <summary>Whether octets stay in the backup, whatever is removed: only what is gone is removed. The file is read for it.</summary>
    private bool IsElsewhere(string digest, CancellationToken cancellationToken)
    {
        if (_safe.TryGetValue(digest, out bool isSafe)) return isSafe;

        _live ??= read.SelectMany(folder => folder.Present).ToLookup(entry => entry.Digest, StringComparer.Ordinal);
        return _safe[digest] = _live[digest].Any(entry => FileCheck.Run(files, entry, cancellationToken) is null);
    }
}
