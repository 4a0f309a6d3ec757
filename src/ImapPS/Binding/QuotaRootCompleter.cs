using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Administration;

namespace ImapPS.Binding;

/// <summary>Completes quota roots: those of the INBOX, from the server, and those that Get-ImapQuota has shown.</summary>
public sealed class QuotaRootCompleter : CandidateCompleter
{
    private protected override IEnumerable<(string Name, string ToolTip)> Candidates(CompletionRequest request)
    {
        if (request.Session is not { } session) return [];

        IReadOnlyList<string> own = session.Memory.Settings.InboxRoots.Get(() => QuotaAccess.TryRootsAsync(session), Patience);
        return own.Union(session.Memory.Settings.Roots, StringComparer.Ordinal)
            .OrderBy(root => root, StringComparer.OrdinalIgnoreCase)
            .Select(root => (root, root));
    }
}
