using System;
using System.Collections.Generic;
using System.Linq;

namespace ImapPS.Backups;

/// <summary>
/// Takes messages out of a backup: first the lines are on the disk, then the files go. What is killed between leaves files that no line
/// names, and never a line whose file is gone. The next removal takes these files away.
/// </summary>
internal sealed class Removal(BackupSet backup, BackupFolder folder)
{
    public void Run(IReadOnlyList<BackupEntry> entries)
    {
        backup.Append([.. entries.Select(entry => entry.Line(ManifestLine.Removed) with { Time = DateTimeOffset.UtcNow })]);
        if (folder.Removed.Count == 0) return;

        var files = new FolderFiles(backup.Root, folder);
        HashSet<string> kept = [.. folder.Entries.Select(entry => entry.Digest)];
        foreach (string digest in folder.Removed.Where(digest => !kept.Contains(digest))) files.Remove(digest + BackupFolder.Extension);
    }
}
