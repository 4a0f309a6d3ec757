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
    /// <summary>Whether a path is meant by any of the parameters; without one all are.</summary>
    public static Predicate<string> AreWanted(IReadOnlyList<FolderPath> asked)
    {
        Predicate<string>[] wanted = [.. asked.Select(IsWanted)];
        return path => wanted.Length == 0 || Array.Exists(wanted, matches => matches(path));
    }

    /// <summary>Errors about the paths without wildcards that the backup does not have.</summary>
    public static IEnumerable<ImapException> Missing(BackupContents contents, string root, IReadOnlyList<FolderPath> asked)
    {
        List<string> known = [.. contents.Folders.Select(folder => folder.Path)];
        foreach (string path in asked.Select(FolderExpansion.Plain).OfType<string>())
        {
            if (!known.Exists(one => FolderNames.AreSame(one, path))) yield return Failures.FolderNotInBackup(root, path);
        }
    }

    private static Predicate<string> IsWanted(FolderPath folder) => FolderExpansion.Plain(folder) is { } path
        ? one => FolderNames.AreSame(one, path) : Wildcard.Path(folder.Path);
}
