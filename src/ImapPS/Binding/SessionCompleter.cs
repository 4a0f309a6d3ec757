using System.Collections.Generic;
using System.Linq;
using ImapPS.Sessions;

namespace ImapPS.Binding;

/// <summary>Completes the names of open sessions.</summary>
public sealed class SessionCompleter : CandidateCompleter
{
    private protected override IEnumerable<(string Name, string ToolTip)> Candidates(CompletionRequest request) =>
        SessionStore.All
            .Select(session => session.Handle)
            .Select(handle => (handle.Name, $"{handle.Id}: {handle.UserName} on {handle.Server}, {handle.State}"));
}
