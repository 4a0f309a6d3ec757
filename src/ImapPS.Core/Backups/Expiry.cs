using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace ImapPS.Backups;

/// <summary>
/// Takes messages out of a backup that have been gone for long enough. A folder that is empty or missing, or that has a new UIDVALIDITY,
/// may be a server's mistake: what is gone with it stays, unless its octets are in the backup elsewhere as well.
/// </summary>
internal sealed class Expiry(BackupSet backup, DateTimeOffset before)
{
    /// <summary>The messages of a folder that may go.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="hasMessages">Whether the server shows messages in it now.</param>
    public IReadOnlyList<BackupEntry> Find(BackupFolder folder, bool hasMessages)
    {
        List<BackupEntry> old = [.. folder.Entries.Where(entry => entry.Gone < before)];
        if (old.Count == 0) return [];

        HashSet<string> going = [.. old.Select(entry => entry.Digest)];
        HashSet<string> present = [.. backup.Contents.Folders.SelectMany(one => one.Present)
            .Where(entry => going.Contains(entry.Digest) && File.Exists(BackupPaths.File(backup.Root, entry)))
            .Select(entry => entry.Digest)];
        return [.. old.Where(entry => (entry.Reason == GoneReason.Expunged && hasMessages) || present.Contains(entry.Digest))];
    }

    /// <summary>Removes them: first the files, then the lines, so that a crash leaves none that the manifest does not know.</summary>
    public void Remove(BackupFolder folder, IReadOnlyList<BackupEntry> entries)
    {
        var files = new FolderFiles(backup.Root, folder);
        HashSet<BackupEntry> going = [.. entries];
        HashSet<string> kept = [.. folder.Entries.Where(entry => !going.Contains(entry)).Select(entry => entry.Digest)];
        foreach (BackupEntry entry in entries.Where(entry => !kept.Contains(entry.Digest))) files.Remove(entry);
        backup.Append([.. entries.Select(entry => entry.Line(ManifestLine.Removed) with { Time = DateTimeOffset.UtcNow })]);
    }
}
