using System.Management.Automation.Language;

namespace ImapPS.Filters.Checking;

/// <summary>Knows what $_ is where.</summary>
/// <param name="root">The filter, which stands in the caller's script.</param>
/// <param name="variables">The variables that the block sets.</param>
/// <param name="reader">Reads expressions.</param>
/// <param name="pipelines">Reads pipelines.</param>
internal sealed class Places(ScriptBlockAst root, BlockVariables variables, ShapeReader reader, PipelineReader pipelines)
{
    /// <summary>True for $_ and $PSItem, in whatever scope of the block.</summary>
    public static bool IsItem(VariableExpressionAst variable) =>
        BlockVariables.Seen(variable.VariablePath).ToUpperInvariant() is "_" or "PSITEM" && variable.VariablePath.IsVariable;

    /// <summary>What $_ is in this place; null where that is not known.</summary>
    public Shape? Item(Ast place)
    {
        if (variables.ChangesItem) return null;

        for (Ast ast = place; !ReferenceEquals(ast, root) && ast.Parent is { } parent; ast = parent)
        {
            switch (parent)
            {
                case CatchClauseAst or TrapStatementAst or FunctionDefinitionAst:
                    return null;
                case SwitchStatementAst @switch when !ReferenceEquals(@switch.Condition, ast):
                    return @switch.Flags.HasFlag(SwitchFlags.File) ? null : pipelines.Value(@switch.Condition)?.Item;
                case ScriptBlockExpressionAst block when !RunsAround(block):
                    return InBlock(block);
            }
        }

        return Shape.Message;
    }

    /// <summary>True where it is known that what is written here runs in the scope of the filter.</summary>
    public bool RunsHere(Ast place)
    {
        for (Ast ast = place; !ReferenceEquals(ast, root) && ast.Parent is { } parent; ast = parent)
        {
            if (parent is ScriptBlockExpressionAst block && !RunsAround(block) && !RunsInside(block)) return false;
        }

        return true;
    }

    /// <summary>True for a block that is called on the spot, so that $_ is in it what it is around it.</summary>
    private static bool RunsAround(ScriptBlockExpressionAst block) =>
        block.ScriptBlock is { BeginBlock: null, ProcessBlock: null }
        && block.Parent is CommandAst { InvocationOperator: TokenKind.Ampersand or TokenKind.Dot, Parent: PipelineAst pipeline } command
        && ReferenceEquals(command.CommandElements[0], block)
        && ReferenceEquals(pipeline.PipelineElements[0], command);

    private bool RunsInside(ScriptBlockExpressionAst block) => Owner(block) switch
    {
        CommandAst command => pipelines.RunsHere(command),
        InvokeMemberExpressionAst call => ShapeReader.IsIntrinsicCall(call),
        _ => false,
    };

    /// <summary>What a block is the argument of.</summary>
    private static Ast Owner(ScriptBlockExpressionAst block) =>
        block.Parent is CommandParameterAst parameter ? parameter.Parent : block.Parent;

    private Shape? InBlock(ScriptBlockExpressionAst block) => Owner(block) switch
    {
        CommandAst command => pipelines.ItemIn(command, block),
        InvokeMemberExpressionAst call when ShapeReader.IsIntrinsicCall(call) => reader.Of(call.Expression)?.Item,
        _ => null,
    };
}
