using System.Collections.Generic;
using System.Linq;
using ImapPS.Files;

namespace ImapPS.Binding;

/// <summary>Completes the tokens of a name template, one after another.</summary>
public sealed class NameTemplateCompleter : CandidateCompleter
{
    private protected override IEnumerable<(string Name, string ToolTip)> Candidates(CompletionRequest request)
    {
        // What was typed up to the token that is not closed yet, or all of it.
        string typed = Candidate.Typed(request.Word);
        int open = typed.LastIndexOf('{');
        string before = open > typed.LastIndexOf('}') ? typed.Substring(0, open) : typed;
        return NameTemplate.Tokens.Select(token => ($"{before}{{{token}}}", $"{{{token}}}"));
    }
}
