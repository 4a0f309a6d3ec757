using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;
using ImapPS.Models;
using ImapPS.Sessions;

namespace ImapPS.Completion;

/// <summary>Completes the names of open sessions.</summary>
public sealed class SessionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        foreach (SessionConnection session in SessionStore.All)
        {
            ImapSession handle = session.Handle;
            if (Candidate.StartsWith(handle.Name, wordToComplete))
            {
                yield return Candidate.Of(handle.Name, $"{handle.Id}: {handle.UserName} on {handle.Server}, {handle.State}");
            }
        }
    }
}
