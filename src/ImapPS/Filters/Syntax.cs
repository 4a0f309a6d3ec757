using System.Management.Automation.Language;

namespace ImapPS.Filters;

/// <summary>What an expression comes down to.</summary>
internal static class Syntax
{
    /// <summary>The expression within parentheses.</summary>
    public static ExpressionAst Unwrap(ExpressionAst expression)
    {
        while (expression is ParenExpressionAst parentheses && Only(parentheses.Pipeline) is { } inner) expression = inner;
        return expression;
    }

    /// <summary>The expression that is all that a pipeline has; null where there is more.</summary>
    public static ExpressionAst? Only(StatementAst? statement) =>
        statement is PipelineAst { PipelineElements: [CommandExpressionAst { Redirections.Count: 0 } only] } ? only.Expression : null;

    /// <summary>The expression that is all that a script block has; null where there is more.</summary>
    public static ExpressionAst? Only(Ast? block)
    {
        if (block is not ScriptBlockAst
            {
                ParamBlock: null,
                BeginBlock: null,
                ProcessBlock: null,
                DynamicParamBlock: null,
                EndBlock: { Unnamed: true, Traps: null or { Count: 0 }, Statements: [var statement] },
            })
        {
            return null;
        }

        return Only(statement is ReturnStatementAst @return ? @return.Pipeline as StatementAst : statement);
    }
}
