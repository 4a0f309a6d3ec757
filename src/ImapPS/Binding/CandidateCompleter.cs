using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Sessions;

namespace ImapPS.Binding;

/// <summary>A completer that knows names, and what is told of each.</summary>
public abstract class CandidateCompleter : IArgumentCompleter
{
    /// <summary>Tab must not hang. The server goes on, and its answer is there for the next Tab.</summary>
    private protected static TimeSpan Patience { get; } = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        bool isPattern = IsPattern(commandName, parameterName);
        return
        [
            .. Candidates(new CompletionRequest(wordToComplete, commandAst, fakeBoundParameters))
                .Where(candidate => IsMatch(candidate.Name, wordToComplete))
                .Select(candidate => Candidate.Of(candidate.Name, candidate.ToolTip, wordToComplete, isPattern))
                .OfType<CompletionResult>(),
        ];
    }

    private protected abstract IEnumerable<(string Name, string ToolTip)> Candidates(CompletionRequest request);

    private protected virtual bool IsMatch(string name, string? word) => Candidate.StartsWith(name, word);

    /// <summary>Whether the parameter says of itself that it takes wildcards.</summary>
    private static bool IsPattern(string commandName, string parameterName)
    {
        string name = commandName.Substring(commandName.LastIndexOf('\\') + 1);
        return typeof(CandidateCompleter).Assembly.GetTypes()
            .FirstOrDefault(type => type.GetCustomAttribute<CmdletAttribute>() is { } cmdlet
                && string.Equals($"{cmdlet.VerbName}-{cmdlet.NounName}", name, StringComparison.OrdinalIgnoreCase))
            ?.GetProperty(parameterName, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)
            ?.IsDefined(typeof(SupportsWildcardsAttribute)) ?? false;
    }
}

/// <summary>What a completer is asked: the word, and what stands around it.</summary>
/// <param name="Word">What was typed so far, with its quotes.</param>
/// <param name="Command">The command.</param>
/// <param name="Bound">The arguments of its other parameters, as far as they are known.</param>
internal sealed record CompletionRequest(string? Word, CommandAst? Command, IDictionary? Bound)
{
    /// <summary>The session that the command would use; null where there is none.</summary>
    public SessionConnection? Session
    {
        get
        {
            try
            {
                SessionReference? reference = (Bound?["ToSession"] ?? Bound?["Session"]) is { } given
                    ? new SessionTransformationAttribute().Transform(null!, given) as SessionReference
                    : CurrentSession.Id is { } id ? new SessionReference(id) : null;
                return reference is null ? null : SessionStore.Find(reference);
            }
            catch (ImapException)
            {
                return null;
            }
        }
    }
}
