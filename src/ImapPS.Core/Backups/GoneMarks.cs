using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Reading;

namespace ImapPS.Backups;

/// <summary>The lines that mark what the server no longer has.</summary>
internal static class GoneMarks
{
    /// <summary>
    /// Marks what a folder no longer has. After a new UIDVALIDITY the messages of the old one that are known under a new UID are the same
    /// messages, whether the backup mirrors or not.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="found">The messages that it has.</param>
    /// <param name="marks">Whether messages are marked that were not found.</param>
    /// <param name="isWhole">Whether all messages were compared: after a new UIDVALIDITY others may be there and not known.</param>
    public static IReadOnlyList<ManifestLine> In(BackupFolder folder, SearchResult found, bool marks, bool isWhole = true)
    {
        HashSet<uint> there = [.. found.Uids];
        HashSet<string> current = [.. folder.Entries.Where(entry => entry.UidValidity == found.UidValidity).Select(entry => entry.Digest)];
        List<ManifestLine> lines = [];
        foreach (BackupEntry entry in folder.Entries)
        {
            bool isOld = entry.UidValidity != found.UidValidity;
            if (isOld && current.Contains(entry.Digest)) lines.Add(entry.Line(ManifestLine.Replaced));
            else if (marks && entry.Gone is null && (isOld ? isWhole : !there.Contains(entry.Uid)))
            {
                lines.Add(LineOf(entry, isOld ? GoneReason.UidValidity : GoneReason.Expunged));
            }
        }

        return lines;
    }

    /// <summary>Marks all messages of a folder that the server does not have any more.</summary>
    public static IReadOnlyList<ManifestLine> All(BackupFolder folder) =>
        [.. folder.Present.Select(entry => LineOf(entry, GoneReason.Folder))];

    private static ManifestLine LineOf(BackupEntry entry, string reason) =>
        entry.Line(ManifestLine.Gone) with { Time = DateTimeOffset.UtcNow, Reason = reason };
}
