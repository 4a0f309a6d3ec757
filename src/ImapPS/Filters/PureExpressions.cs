using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using ImapPS.Binding;

namespace ImapPS.Filters;

/// <summary>Tells expressions that only compute from those that do something, or depend on when they are looked at.</summary>
/// <param name="valueOf">Evaluates an expression that is pure; null where that fails.</param>
/// <param name="isCmdlet">True when a name stands for this cmdlet of PowerShell's, and not for a function of somebody's.</param>
internal sealed class PureExpressions(Func<ExpressionAst, (bool Succeeded, object? Value)> valueOf, Func<string, bool> isCmdlet)
{
    private const int LongestRange = 1_000;

    private static readonly string[] _cmdlets = ["Get-Date", "New-TimeSpan", "Get-Variable"];

    /// <summary>Variables that are PowerShell's, and different for the block than for an expression out of it.</summary>
    private static readonly HashSet<string> _automatic = new(StringComparer.OrdinalIgnoreCase)
    {
        "_", "PSItem", "args", "input", "this", "Matches", "MyInvocation", "PSCmdlet", "PSBoundParameters", "PSScriptRoot", "PSCommandPath",
        "?", "^", "$", "Error", "StackTrace", "foreach", "switch", "LASTEXITCODE", "ExecutionContext", "Event", "EventArgs", "Sender",
    };

    private static readonly HashSet<TokenKind> _operators =
    [
        TokenKind.And, TokenKind.Or, TokenKind.Xor, TokenKind.Band, TokenKind.Bor, TokenKind.Bxor, TokenKind.Plus, TokenKind.Minus,
        TokenKind.Divide, TokenKind.Rem, TokenKind.Multiply, TokenKind.Format, TokenKind.Join, TokenKind.As, TokenKind.Is, TokenKind.IsNot,
        TokenKind.DotDot, TokenKind.Shl, TokenKind.Shr, TokenKind.Isplit, TokenKind.Csplit, TokenKind.Ireplace, TokenKind.Creplace,
        TokenKind.Ieq, TokenKind.Ine, TokenKind.Ige, TokenKind.Igt, TokenKind.Ilt, TokenKind.Ile, TokenKind.Ilike, TokenKind.Inotlike,
        TokenKind.Icontains, TokenKind.Inotcontains, TokenKind.Iin, TokenKind.Inotin, TokenKind.Ceq, TokenKind.Cne, TokenKind.Cge,
        TokenKind.Cgt, TokenKind.Clt, TokenKind.Cle, TokenKind.Clike, TokenKind.Cnotlike, TokenKind.Ccontains, TokenKind.Cnotcontains,
        TokenKind.Cin, TokenKind.Cnotin,
    ];

    /// <summary>True for a variable that is PowerShell's.</summary>
    public static bool IsAutomatic(string name) => _automatic.Contains(name);

    /// <summary>True for a block that may give its own $_ another value while it runs.</summary>
    public static bool Assigns(Ast block) => block.Find(
        ast => ast is AssignmentStatementAst or UnaryExpressionAst
        {
            TokenKind: TokenKind.PlusPlus or TokenKind.MinusMinus or TokenKind.PostfixPlusPlus or TokenKind.PostfixMinusMinus,
        },
        searchNestedScriptBlocks: true) is not null;

    /// <summary>
    /// True when nothing in the block has an effect, so that the caller's variables are the same for the last message as for the first.
    /// </summary>
    public bool IsSteady(ExpressionAst? expression)
    {
        if (expression is null) return false;

        expression = Syntax.Unwrap(expression);
        return !MessageValueReader.IsAboutMessage(expression) ? IsPure(expression) : expression switch
        {
            VariableExpressionAst => true,
            BinaryExpressionAst binary => IsSteady(binary.Left) && IsSteady(binary.Right),
            UnaryExpressionAst unary => IsSteady(unary.Child),
            InvokeMemberExpressionAst { Static: true } call => IsTool(call.Expression)
                && (call.Arguments ?? Enumerable.Empty<ExpressionAst>()).All(IsSteady),
            InvokeMemberExpressionAst call => IsSteady(call.Expression) && MessageValueReader.IsAboutMessage(call.Expression)
                && (call.Arguments ?? Enumerable.Empty<ExpressionAst>()).All(IsSteady),
            MemberExpressionAst { Member: StringConstantExpressionAst } member => IsSteady(member.Expression),
            IndexExpressionAst index => IsSteady(index.Target) && IsSteady(index.Index),
            ConvertExpressionAst convert => IsTool(convert.Type.TypeName) && IsSteady(convert.Child),
            ArrayLiteralAst array => array.Elements.All(IsSteady),
            ArrayExpressionAst array => IsSteady(Only(array.SubExpression)),
            SubExpressionAst sub => IsSteady(Only(sub.SubExpression)),
            ExpandableStringExpressionAst text => text.NestedExpressions.All(IsSteady),
            _ => false,
        };
    }

    /// <summary>True for an expression that may be evaluated once, beforehand.</summary>
    public bool IsPure(ExpressionAst? expression) => expression switch
    {
        ConstantExpressionAst => true,
        VariableExpressionAst variable => IsPure(variable),
        ParenExpressionAst parentheses => Syntax.Only(parentheses.Pipeline as StatementAst) is { } inner
            ? IsPure(inner) : IsPureCommand(parentheses.Pipeline),
        ArrayExpressionAst { SubExpression: { Statements.Count: 0, Traps: null or { Count: 0 } } } => true,
        ArrayExpressionAst array => IsPure(Only(array.SubExpression)) || IsPureCommand(array.SubExpression),
        SubExpressionAst sub => IsPure(Only(sub.SubExpression)) || IsPureCommand(sub.SubExpression),
        ArrayLiteralAst array => array.Elements.All(IsPure),
        ExpandableStringExpressionAst text => text.NestedExpressions.All(IsPlain),
        UnaryExpressionAst
        {
            TokenKind: TokenKind.Not or TokenKind.Exclaim or TokenKind.Minus or TokenKind.Plus or TokenKind.Bnot
                or TokenKind.Comma or TokenKind.Join,
        } unary => IsPlain(unary.Child),
        BinaryExpressionAst binary => IsPure(binary),
        TypeExpressionAst type => IsTool(type.TypeName),
        ConvertExpressionAst convert => IsTool(convert.Type.TypeName) && IsPlain(convert.Child),
        InvokeMemberExpressionAst call => IsPure(call),
        MemberExpressionAst { Member: StringConstantExpressionAst name } member => member.Static
            ? IsTool(member.Expression)
            : IsPure(member.Expression) && valueOf(member.Expression) is (true, var value)
                && PlainValues.HasPlainProperty(value, name.Value),
        IndexExpressionAst index => IsPure(index.Target) && IsPlain(index.Index) && valueOf(index.Target) is (true, var value)
            && PlainValues.IsIndexable(value),
        _ => false,
    };

    private static bool IsPure(VariableExpressionAst variable) =>
        !variable.Splatted
        && (variable.VariablePath.IsVariable
            ? !_automatic.Contains(variable.VariablePath.UserPath.Substring(variable.VariablePath.UserPath.LastIndexOf(':') + 1))
            : string.Equals(variable.VariablePath.DriveName, "env", StringComparison.OrdinalIgnoreCase));

    private bool IsPure(BinaryExpressionAst binary)
    {
        if (!_operators.Contains(binary.Operator) || !IsPlainOrType(binary.Left) || !IsPlainOrType(binary.Right)) return false;

        return binary.Operator switch
        {
            // Neither may make more of little than the block would.
            TokenKind.Multiply => IsNumber(binary.Left),
            TokenKind.DotDot => IsNumber(binary.Left) && IsNumber(binary.Right)
                && Math.Abs(Number(binary.Left) - Number(binary.Right)) <= LongestRange,
            _ => true,
        };
    }

    private bool IsPure(InvokeMemberExpressionAst call)
    {
        if (call.Member is not StringConstantExpressionAst { Value: var name }
            || !(call.Arguments ?? Enumerable.Empty<ExpressionAst>()).All(IsPlain))
        {
            return false;
        }

        return call.Static
            ? IsTool(call.Expression) && !name.Equals(nameof(Guid.NewGuid), StringComparison.OrdinalIgnoreCase)
            : IsPure(call.Expression) && valueOf(call.Expression) is (true, var value) && PlainValues.HasPlainMethod(value, name);
    }

    private bool IsPureCommand(Ast pipeline)
    {
        if (pipeline is StatementBlockAst { Traps: null or { Count: 0 }, Statements: [var only] }) pipeline = only;
        if (pipeline is not PipelineAst { PipelineElements: [CommandAst { Redirections.Count: 0 } command] }
            || command.GetCommandName() is not { } name)
        {
            return false;
        }

        return command.InvocationOperator == TokenKind.Unknown
            && _cmdlets.Contains(name, StringComparer.OrdinalIgnoreCase)
            && isCmdlet(name)
            && command.CommandElements.Skip(1).All(element => element is CommandParameterAst parameter ? parameter.Argument is null
                || IsPlain(parameter.Argument) : IsPlain(element as ExpressionAst));
    }

    private bool IsPlainOrType(ExpressionAst expression) => expression is TypeExpressionAst ? IsPure(expression) : IsPlain(expression);

    private bool IsPlain(ExpressionAst? expression) => IsPure(expression) && valueOf(expression!) is (true, var value)
        && PlainValues.IsPlain(value);

    private bool IsNumber(ExpressionAst expression) => valueOf(expression) is (true, { } value)
        && NumberComparison.IsNumber(Wrapped.Unwrap(value));

    private double Number(ExpressionAst expression) => LanguagePrimitives.ConvertTo<double>(valueOf(expression).Value);

    private static ExpressionAst? Only(StatementBlockAst block) => block is { Traps: null or { Count: 0 }, Statements: [var statement] }
        ? Syntax.Only(statement) : null;

    private static bool IsTool(ExpressionAst expression) => expression is TypeExpressionAst type && IsTool(type.TypeName);

    private static bool IsTool(ITypeName type) => PlainValues.IsTool(type.GetReflectionType());
}
