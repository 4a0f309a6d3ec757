using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Folders;
using ImapPS.Models;

namespace ImapPS.Syncing;

/// <summary>
/// Which folder of the destination has the role of a folder of the source. A server may give a role to several folders (Dovecot's own
/// configuration gives \Sent to Sent and to Sent Messages): then those of the same name belong together, the others in their order, and
/// what is left keeps its name.
/// </summary>
internal static class FolderRoles
{
    /// <param name="here">The user's own folders, with the paths that they have in the destination by their names.</param>
    /// <param name="there">The user's own folders there.</param>
    /// <returns>Paths of the source, and of the destination.</returns>
    public static IReadOnlyDictionary<string, string> Match(IEnumerable<(ImapFolder Folder, string Place)> here,
        IEnumerable<ImapFolder> there)
    {
        var matched = new Dictionary<string, string>(StringComparer.Ordinal);
        ILookup<ImapSpecialUse, ImapFolder> taken = there.Where(HasRole).ToLookup(folder => folder.SpecialUse);
        foreach (IGrouping<ImapSpecialUse, (ImapFolder Folder, string Place)> role in here.Where(folder => HasRole(folder.Folder))
            .GroupBy(folder => folder.Folder.SpecialUse))
        {
            List<ImapFolder> free = [.. taken[role.Key]];
            foreach ((ImapFolder folder, string place) in role)
            {
                if (free.Find(other => FolderNames.AreSame(other.Path, place)) is not { } same) continue;

                matched[folder.Path] = same.Path;
                free.Remove(same);
            }

            IEnumerable<ImapFolder> left = role.Select(folder => folder.Folder).Where(folder => !matched.ContainsKey(folder.Path));
            foreach ((ImapFolder folder, ImapFolder other) in left.Zip(free, (folder, other) => (folder, other)).ToList())
            {
                matched[folder.Path] = other.Path;
            }
        }

        return matched;
    }

    private static bool HasRole(ImapFolder folder) =>
        folder.SpecialUse != ImapSpecialUse.None && folder.Selectable && !FolderNames.IsInbox(folder.Path);
}
