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
        if (folder.Left.Count > 0) FolderFiles.For(backup, folder).RemoveLeft();
    }
}
