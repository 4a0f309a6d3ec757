using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Mailbox;
using ImapPS.Models;

namespace ImapPS.Pipeline;

/// <summary>The folders that a parameter means.</summary>
internal static class FolderExpansion
{
    public static bool IsPlain(FolderPath folder) => folder.IsLiteral || !WildcardPattern.ContainsWildcardCharacters(folder.Path);

    /// <summary>The path itself, or what its wildcards match; none for a folder that holds folders only, unless such are wanted as well.</summary>
    public static async Task<IReadOnlyList<string>> ExpandAsync(FolderPath folder, MailboxAccess mailbox, CancellationToken cancellationToken, bool unselectableToo = false)
    {
        // Get-ImapFolder | Get-ImapMessage goes over all that can hold messages.
        if (!folder.Selectable && !unselectableToo) return [];

        if (IsPlain(folder)) return [folder.Path];

        return Match(folder, await new FolderReader(mailbox).ListAsync(Wildcard.Path(folder.Path), subscribedOnly: false, status: false, cancellationToken).ConfigureAwait(false), unselectableToo);
    }

    /// <summary>The same for folders that have been listed already.</summary>
    public static IReadOnlyList<string> Expand(FolderPath folder, IReadOnlyList<ImapFolder> listed) =>
        !folder.Selectable ? [] : IsPlain(folder) ? [folder.Path] : Match(folder, listed, unselectableToo: false);

    private static IReadOnlyList<string> Match(FolderPath folder, IReadOnlyList<ImapFolder> listed, bool unselectableToo)
    {
        Predicate<string> isWanted = Wildcard.Path(folder.Path);
        return [.. listed.Where(found => (found.Selectable || unselectableToo) && isWanted(found.Path)).Select(found => found.Path)];
    }
}
