using System.IO;
using System.Linq;

namespace ImapPS.Backups;

/// <summary>Where the things of a backup are.</summary>
internal static class BackupPaths
{
    public const string Manifest = "manifest.jsonl";

    public const string Lock = "backup.lock";

    /// <summary>What files end in that are being written.</summary>
    public const string Partial = ".partial";

    public static string Directory(string root, BackupFolder folder) =>
        folder.Directory.Split('/').Aggregate(root, Path.Combine);

    /// <summary>Whether what the manifest says of a directory stays below the backup: it could have been written by anyone.</summary>
    public static bool IsSafe(string? directory) => directory is { Length: > 0 } && directory.Split('/').All(name =>
        name is not ("" or "." or "..") && name.IndexOfAny(['\\', ':', '\0']) < 0);
}
