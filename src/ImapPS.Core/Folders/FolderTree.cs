using System.Collections.Generic;
using System.Linq;
using ImapPS.Models;

namespace ImapPS.Folders;

/// <summary>The folders of an account as one LIST told of them.</summary>
internal sealed class FolderTree(IReadOnlyList<ImapFolder> folders)
{
    public IReadOnlyList<ImapFolder> Folders { get; } = folders;

    public ImapFolder? Find(string path) => Folders.FirstOrDefault(folder => FolderNames.AreSame(folder.Path, path));

    public IEnumerable<ImapFolder> Below(ImapFolder folder) =>
        Folders.Where(other => FolderNames.IsBelow(other.Path, folder.Path, DelimiterOf(folder)));

    /// <summary>How many folders a folder is below: children are removed before their parents.</summary>
    public static int Depth(ImapFolder folder) => folder.Path.Count(c => c == DelimiterOf(folder));

    public static char DelimiterOf(ImapFolder folder) => folder.Delimiter.Length == 0 ? '\0' : folder.Delimiter[0];
}
