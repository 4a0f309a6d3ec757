using System.Collections.Generic;
using System.Linq;

namespace ImapPS.Binding;

/// <summary>Completes quota roots: those that Get-ImapQuota has shown.</summary>
public sealed class QuotaRootCompleter : CandidateCompleter
{
    private protected override IEnumerable<(string Name, string ToolTip)> Candidates(CompletionRequest request) =>
        request.Session?.Memory.Settings.Roots.OrderBy(root => root, System.StringComparer.OrdinalIgnoreCase).Select(root => (root, root))
            ?? [];
}
