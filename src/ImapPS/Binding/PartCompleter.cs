using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using ImapPS.Models;

namespace ImapPS.Binding;

/// <summary>Completes the numbers of attachments, of a message that stands on the command line as a variable.</summary>
public sealed class PartCompleter : CandidateCompleter
{
    private protected override IEnumerable<(string Name, string ToolTip)> Candidates(CompletionRequest request) =>
        Messages(request)
            .SelectMany(message => message.Attachments)
            .GroupBy(attachment => attachment.Part, StringComparer.Ordinal)
            .Select(parts =>
                (parts.Key, string.Join(", ", parts.Select(part => $"{part} ({part.Type})").Distinct(StringComparer.Ordinal))));

    private static IEnumerable<ImapMessage> Messages(CompletionRequest request) =>
        Flat(request.Bound?["Message"] ?? Piped(request.Command)).OfType<ImapMessage>();

    /// <summary>What is piped into the command, if it is a variable: to look at that has no effect.</summary>
    private static Collection<PSObject>? Piped(CommandAst? command) =>
        command?.Parent is PipelineAst
        {
            PipelineElements: [CommandExpressionAst { Expression: VariableExpressionAst variable }, ..],
        } pipeline
        && pipeline.PipelineElements.IndexOf(command) == 1
            ? ScriptBlock.Create(variable.Extent.Text).Invoke()
            : null;

    private static IEnumerable<object?> Flat(object? value)
    {
        object? plain = Wrapped.Unwrap(value);
        return plain is IEnumerable list and not string ? list.Cast<object?>().Select(item => Wrapped.Unwrap(item)) : [plain];
    }
}
