using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Folders;
using ImapPS.Mailbox;
using ImapPS.Models;

namespace ImapPS.Pipeline.Base;

/// <summary>The folders that a parameter means.</summary>
internal static class FolderExpansion
{
    /// <summary>
    /// The one path that is meant, in which a backtick makes a wildcard a plain character; null when there are wildcards.
    /// </summary>
    public static string? Plain(FolderPath folder) =>
        folder.IsLiteral ? folder.Path
        : WildcardPattern.ContainsWildcardCharacters(folder.Path) ? null
        : WildcardPattern.Unescape(folder.Path);

    /// <summary>
    /// The path itself, or what its wildcards match; none for a folder that holds folders only, unless such are wanted as well.
    /// </summary>
    public static async Task<IReadOnlyList<string>> ExpandAsync(FolderPath folder, MailboxAccess mailbox,
        CancellationToken cancellationToken, bool unselectableToo = false)
    {
        // Get-ImapFolder | Get-ImapMessage goes over all that can hold messages.
        if (!folder.Selectable && !unselectableToo) return [];

        if (Plain(folder) is { } path) return [path];

        return Match(folder, await new FolderReader(mailbox)
            .ListAsync(Wildcard.Path(folder.Path), subscribedOnly: false, status: false, cancellationToken)
            .ConfigureAwait(false), unselectableToo);
    }

    /// <summary>The same for folders that have been listed already.</summary>
    public static IReadOnlyList<string> Expand(FolderPath folder, IReadOnlyList<ImapFolder> listed) =>
        !folder.Selectable ? [] : Plain(folder) is { } path ? [path] : Match(folder, listed, unselectableToo: false);

    /// <summary>
    /// What a pattern matches. A folder whose path is the pattern to the letter is meant alone: [Gmail]/Trash, and not m/Trash as well.
    /// </summary>
    public static IEnumerable<ImapFolder> Match(string pattern, IReadOnlyList<ImapFolder> listed)
    {
        Predicate<string> isWanted = Wildcard.Path(pattern);
        return listed.FirstOrDefault(found => string.Equals(found.Path, pattern, StringComparison.Ordinal)) is { } exact
            ? [exact]
            : listed.Where(found => isWanted(found.Path));
    }

    private static IReadOnlyList<string> Match(FolderPath folder, IReadOnlyList<ImapFolder> listed, bool unselectableToo) =>
        [.. Match(folder.Path, listed).Where(found => found.Selectable || unselectableToo).Select(found => found.Path)];
}
