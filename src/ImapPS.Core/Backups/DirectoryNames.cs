using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ImapPS.Files;
using ImapPS.Models;

namespace ImapPS.Backups;

/// <summary>
/// Finds a directory for a folder: one that people recognize, and that is good on every system. Two folders never share one, also where
/// their names differ only in case, or in characters that no file name may have.
/// </summary>
internal static class DirectoryNames
{
    /// <summary>The longest that a directory's name below the backup may become: Windows' paths have 260 characters in all.</summary>
    private const int Longest = 120;

    /// <param name="names">The names that the folder's path is made of.</param>
    /// <param name="parent">The directory of the folder above, if the backup has it.</param>
    /// <param name="taken">The directories that there are.</param>
    /// <param name="format">The format of the backup: a Maildir has directories of its own.</param>
    public static string Claim(IReadOnlyList<string> names, string? parent, IEnumerable<string> taken,
        ImapMessageFormat format = ImapMessageFormat.Eml)
    {
        List<string> used = [.. taken];
        List<string> above = parent is null
            ? [.. names.Take(names.Count - 1).Select(name => Safe(name, string.Empty, format))]
            : [.. parent.Split('/')];
        string leaf = names.Count == 0 ? string.Empty : names[names.Count - 1];

        // Below a deep path there may be no room left: then it goes to the top.
        if (above.Sum(name => name.Length + 1) > Longest / 2) above = [];
        for (int number = 1; ; number++)
        {
            string tail = number == 1 ? string.Empty : string.Format(CultureInfo.InvariantCulture, " ({0})", number);
            string directory = string.Join("/", above.Concat([Safe(Short(leaf), tail, format)]));
            if (!used.Exists(one => string.Equals(one, directory, StringComparison.OrdinalIgnoreCase))) return directory;
        }
    }

    /// <summary>A name of a directory that no file and no other directory of the backup has.</summary>
    private static string Safe(string name, string tail, ImapMessageFormat format)
    {
        string clean = SafeName.Clean(name);
        bool isTaken = clean.EndsWith(BackupFolder.Extension, StringComparison.OrdinalIgnoreCase)
            || clean.EndsWith(BackupPaths.Partial, StringComparison.OrdinalIgnoreCase)
            || string.Equals(clean, BackupPaths.Manifest, StringComparison.OrdinalIgnoreCase)
            || clean.EndsWith(BackupLock.Extension, StringComparison.OrdinalIgnoreCase)
            || (format == ImapMessageFormat.Maildir && MaildirNames.Parts.Contains(clean, StringComparer.OrdinalIgnoreCase));
        return SafeName.Join(isTaken ? clean + "_" : clean, tail);
    }

    private static string Short(string name)
    {
        if (name.Length <= Longest / 2) return name;

        int end = Longest / 2;
        return name.Substring(0, char.IsHighSurrogate(name[end - 1]) ? end - 1 : end);
    }
}
