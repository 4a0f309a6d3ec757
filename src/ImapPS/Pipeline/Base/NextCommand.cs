using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using ImapPS.Reading;

namespace ImapPS.Pipeline.Base;

/// <summary>
/// Tells a cmdlet which cmdlet of the module takes what it writes, so that no more is fetched than that one needs. It is told only where
/// that is certain: the two stand side by side in one line of a script, and nothing else keeps what goes from the one to the other.
/// </summary>
internal static class NextCommand
{
    private static readonly string[] _keepers = ["OutVariable", "PipelineVariable"];

    /// <summary>The cmdlet that has begun last in this thread, and has not begun to work.</summary>
    [ThreadStatic]
    private static ImapCmdlet? _begun;

    /// <summary>A cmdlet begins. Those of a pipeline begin one after the other, and only then the first of them works.</summary>
    public static void Begin(ImapCmdlet cmdlet)
    {
        if (_begun is { } before && cmdlet is IMessageConsumer consumer && AreNeighbours(before.MyInvocation, cmdlet.MyInvocation))
        {
            before.Next = consumer;
        }

        _begun = cmdlet;
    }

    /// <summary>A cmdlet works: what begins now is not fed by it. Or it has ended.</summary>
    public static void Leave(ImapCmdlet cmdlet)
    {
        if (ReferenceEquals(_begun, cmdlet)) _begun = null;
    }

    /// <summary>What is needed of the messages that a cmdlet writes.</summary>
    public static MessageParts Needs(ImapCmdlet cmdlet) =>
        cmdlet.Next is { IsWorking: true } next && !_keepers.Any(cmdlet.MyInvocation.BoundParameters.ContainsKey)
            ? next.Needs : MessageParts.All;

    private static bool AreNeighbours(InvocationInfo first, InvocationInfo second)
    {
        if (first.PipelineLength != second.PipelineLength || first.PipelinePosition + 1 != second.PipelinePosition
            || first.ScriptLineNumber != second.ScriptLineNumber || first.ScriptName != second.ScriptName
            || string.IsNullOrEmpty(first.Line) || first.Line != second.Line)
        {
            return false;
        }

        // A block within the pipeline may hold a pipeline of its own, whose commands have the same numbers.
        Ast line = Parser.ParseInput(first.Line, out _, out _);
        return line.Find(found => found is PipelineAst pipeline && HoldsSideBySide(pipeline, first, second), searchNestedScriptBlocks: true)
            is not null;
    }

    private static bool HoldsSideBySide(PipelineAst pipeline, InvocationInfo first, InvocationInfo second)
    {
        int index = first.PipelinePosition - 1;
        return pipeline.PipelineElements.Count == first.PipelineLength
            && pipeline.PipelineElements[index] is CommandAst && Begins(pipeline.PipelineElements[index], first)
            && pipeline.PipelineElements[index + 1] is CommandAst next && Begins(next, second)
            && !next.CommandElements.Any(MayTakeMessages);
    }

    /// <summary>A script block for -Message sees each message; and what is splatted may hold one.</summary>
    private static bool MayTakeMessages(CommandElementAst element) =>
        element is VariableExpressionAst { Splatted: true }
        || (element is CommandParameterAst parameter
            && nameof(MessageCmdlet.Message).StartsWith(parameter.ParameterName, StringComparison.OrdinalIgnoreCase));

    private static bool Begins(CommandBaseAst command, InvocationInfo invocation) =>
        command.Extent.StartLineNumber == 1 && command.Extent.StartColumnNumber == invocation.OffsetInLine;
}

/// <summary>A cmdlet that takes messages, and says what it needs of them.</summary>
internal interface IMessageConsumer
{
    /// <summary>False when it has ended.</summary>
    bool IsWorking { get; }

    /// <summary>What it looks at.</summary>
    MessageParts Needs { get; }
}
