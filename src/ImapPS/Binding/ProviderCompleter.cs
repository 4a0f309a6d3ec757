using System.Collections.Generic;
using System.Linq;
using ImapPS.OAuth;

namespace ImapPS.Binding;

/// <summary>Completes the names of the providers whose issuers of access tokens are known.</summary>
public sealed class ProviderCompleter : CandidateCompleter
{
    private protected override IEnumerable<(string Name, string ToolTip)> Candidates(CompletionRequest request) =>
        Provider.Names.Select(name => (name, Provider.ServerOf(name) ?? name));
}
