using System;
using System.Collections.Generic;
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

        Predicate<string> isWanted = Wildcard.Path(folder.Path);
        var paths = new List<string>();
        foreach (ImapFolder listed in await new FolderReader(mailbox).ListAsync(isWanted, subscribedOnly: false, status: false, cancellationToken).ConfigureAwait(false))
        {
            if (listed.Selectable || unselectableToo) paths.Add(listed.Path);
        }

        return paths;
    }
}
