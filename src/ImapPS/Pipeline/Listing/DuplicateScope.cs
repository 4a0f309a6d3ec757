using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Folders;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Sessions;

namespace ImapPS.Pipeline.Listing;

/// <summary>Which folders are looked through for copies, and in which order of preference.</summary>
/// <param name="listed">The folders of the session.</param>
internal sealed class DuplicateScope(IReadOnlyList<ImapFolder> listed)
{
    /// <summary>Folders that show messages of others: what is in them is no copy.</summary>
    private static readonly ImapSpecialUse[] _views = [ImapSpecialUse.All, ImapSpecialUse.Flagged, ImapSpecialUse.Important];

    /// <summary>Folders whose copies are not to be kept if there is one elsewhere, the least wanted last.</summary>
    private static readonly ImapSpecialUse[] _leastWanted = [ImapSpecialUse.Drafts, ImapSpecialUse.Junk, ImapSpecialUse.Trash];

    /// <summary>True for a folder that shows messages of other folders: what is counted there is counted twice.</summary>
    public bool IsView(FolderPath folder) => _views.Contains(RoleOf(folder));

    /// <summary>True for the trash, and what lies below it.</summary>
    public bool IsTrash(FolderPath folder) => RoleOf(folder) == ImapSpecialUse.Trash;

    /// <param name="asked">The folders, in the order in which they were given; none means all but the trash.</param>
    /// <param name="caller">Who is told what is left out.</param>
    public IReadOnlyList<FolderPath> Choose(IReadOnlyList<FolderPath> asked, ISessionCaller caller)
    {
        List<FolderPath> all = [.. (asked.Count > 0 ? asked.SelectMany(Expand) : Everything()).OrderBy(Rank)];
        List<FolderPath> views = all.FindAll(IsView);
        if (views.Count == 0 || all.Count == 1) return all;

        caller.Verbose($"Not read, because they show messages of other folders: "
            + $"{DisplayText.Printable(string.Join(", ", views))}.");
        return [.. all.Except(views)];
    }

    private IEnumerable<FolderPath> Everything() => Expand(new FolderPath("*")).Where(folder => !IsTrash(folder));

    private IEnumerable<FolderPath> Expand(FolderPath folder) =>
        FolderExpansion.Expand(folder, listed)
            .Select(path => folder.IsLiteral ? folder : new FolderPath(path, folder.SessionId, uidValidity: null));

    private int Rank(FolderPath folder) => Array.IndexOf(_leastWanted, RoleOf(folder)) + 1;

    /// <summary>The role of a folder, or of the one above it that has one: what lies below the trash is trash.</summary>
    private ImapSpecialUse RoleOf(FolderPath folder) => listed
        .Where(other => other.SpecialUse != ImapSpecialUse.None && Holds(other, folder.Path))
        .OrderByDescending(other => other.Path.Length)
        .Select(other => other.SpecialUse)
        .FirstOrDefault();

    private static bool Holds(ImapFolder other, string path) =>
        FolderNames.AreSame(other.Path, path) || (other.Delimiter.Length > 0 && FolderNames.IsBelow(path, other.Path, other.Delimiter[0]));
}
