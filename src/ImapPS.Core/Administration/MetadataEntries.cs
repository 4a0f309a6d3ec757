using System;
using System.Linq;
using ImapPS.Errors;

namespace ImapPS.Administration;

/// <summary>The names of entries (RFC 5464, 3.2).</summary>
internal static class MetadataEntries
{
    private static readonly string[] _roots = ["/private", "/shared"];

    /// <summary>Both kinds of entries, as those that are above all others.</summary>
    public static string[] Roots => [.. _roots];

    /// <summary>All entries of the server. Dovecot tells only those that are named, whatever the depth.</summary>
    public static string[] OfServer => [.. _roots, "/private/comment", "/shared/comment", "/shared/admin"];

    /// <summary>Refuses what no entry can be called.</summary>
    /// <param name="entry">The name.</param>
    /// <param name="isRead">Whether entries below it may be meant.</param>
    public static void Check(string entry, bool isRead)
    {
        bool isRoot = Array.Exists(_roots, root => string.Equals(root, entry, StringComparison.OrdinalIgnoreCase));
        bool isBelow = Array.Exists(_roots, root => entry.StartsWith(root + "/", StringComparison.OrdinalIgnoreCase));
        bool isClean = entry.All(c => c is > ' ' and < (char)127 and not ('*' or '%'))
            && entry.IndexOf("//", StringComparison.Ordinal) < 0 && entry.LastIndexOf('/') < entry.Length - 1;
        if (!isClean || !(isBelow || (isRoot && isRead))) throw Failures.MetadataEntryInvalid(entry);
    }
}
