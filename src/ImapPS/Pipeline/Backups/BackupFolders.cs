using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Backups;
using ImapPS.Errors;
using ImapPS.Folders;
using ImapPS.Models;
using ImapPS.Pipeline.Base;

namespace ImapPS.Pipeline.Backups;

/// <summary>The folders of a backup that a parameter means.</summary>
internal static class BackupFolders
{
    public static Predicate<string> IsWanted(FolderPath folder) => FolderExpansion.Plain(folder) is { } path
        ? one => FolderNames.AreSame(one, path) : Wildcard.Path(folder.Path);

    /// <summary>Errors about the paths without wildcards that the backup does not have.</summary>
    public static IEnumerable<ImapException> Missing(string root, IReadOnlyList<FolderPath> asked)
    {
        if (asked.Count == 0) yield break;

        List<string> known = [.. ManifestReader.Read(root).Folders.Select(folder => folder.Path)];
        foreach (string path in asked.Select(FolderExpansion.Plain).OfType<string>())
        {
            if (!known.Exists(one => FolderNames.AreSame(one, path))) yield return Failures.FolderNotInBackup(root, path);
        }
    }
}
