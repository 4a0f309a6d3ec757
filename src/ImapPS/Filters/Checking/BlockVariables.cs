using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ImapPS.Filters.Checking;

/// <summary>The variables that a block sets itself.</summary>
internal sealed class BlockVariables
{
    /// <summary>Variables of PowerShell's that are not always there.</summary>
    private static readonly HashSet<string> _sometimes = new(StringComparer.OrdinalIgnoreCase)
    {
        "OFS", "IsWindows", "IsLinux", "IsMacOS", "IsCoreCLR", "PSStyle", "PSItem", "PSSenderInfo", "PSDebugContext", "NestedPromptLevel",
        "EventSubscriber", "SourceEventArgs", "SourceArgs", "PSModuleAutoLoadingPreference", "PSNativeCommandArgumentPassing",
        "PSNativeCommandUseErrorActionPreference", "Transcript", "ConsoleFileName", "PROFILE",
    };

    /// <summary>Commands that run text or a file in the block's own scope, and may set anything there.</summary>
    private static readonly string[] _runners = ["Invoke-Expression", "iex"];

    private readonly ILookup<string, Ast> _writes;
    private readonly HashSet<string> _named;

    public BlockVariables(ScriptBlockAst root)
    {
        _writes = root.FindAll(_ => true, searchNestedScriptBlocks: true)
            .SelectMany(ast => Written(ast).Select(name => (Name: name, Ast: ast)))
            .ToLookup(write => write.Name, write => write.Ast, StringComparer.OrdinalIgnoreCase);
        IEnumerable<string> arguments = root.FindAll(IsArgument, searchNestedScriptBlocks: true).Cast<StringConstantExpressionAst>()
            .Select(argument => Name(argument.Value.TrimStart('+')));
        _named = new HashSet<string>(arguments, StringComparer.OrdinalIgnoreCase);
        AddsMembers = root.Find(ast => IsCall(ast, "Add-Member"), searchNestedScriptBlocks: true) is not null;
        IsOpen = root.Find(IsRunner, searchNestedScriptBlocks: true) is not null;
    }

    /// <summary>True when the block may set variables that are not written in it.</summary>
    public bool IsOpen { get; }

    /// <summary>True when the block may give objects members that their types do not have.</summary>
    public bool AddsMembers { get; }

    /// <summary>True when an assignment in the block gives $_ another value.</summary>
    public bool ChangesItem => _writes.Contains("_") || _writes.Contains("PSItem");

    /// <summary>A name without its scope.</summary>
    public static string Name(string path) => path.Substring(path.LastIndexOf(':') + 1);

    /// <summary>The path by which a variable is found from where the block runs: what says that it is there is left out.</summary>
    public static string Seen(VariablePath path) =>
        path.UserPath.Split(':')[0].ToUpperInvariant() is "LOCAL" or "PRIVATE" or "VARIABLE" ? Name(path.UserPath) : path.UserPath;

    /// <summary>True for a variable that is PowerShell's.</summary>
    public static bool IsAutomatic(string name) => PureExpressions.IsAutomatic(name) || _sometimes.Contains(name);

    /// <summary>True when the block sets the variable, or hands its name to a command that may.</summary>
    public bool IsSet(string name) => _writes.Contains(name) || _named.Contains(name);

    /// <summary>What sets the variable, where that is one assignment or loop, before this use on every way to it. Else null.</summary>
    public Ast? Source(VariableExpressionAst use)
    {
        string name = Name(use.VariablePath.UserPath), path = Seen(use.VariablePath);
        if (!use.VariablePath.IsVariable || _named.Contains(name) || _writes[name].ToArray() is not [var only]) return null;

        return only switch
        {
            AssignmentStatementAst { Operator: TokenKind.Equals } assignment when Target(assignment.Left) is { } target && IsSame(target) =>
                IsBehind(assignment, use) && IsWithin(Reach(assignment), use) ? assignment : null,
            ForEachStatementAst loop when IsSame(loop.Variable) => IsWithin(loop.Body, use) ? loop : null,
            _ => null,
        };

        bool IsSame(VariableExpressionAst target) => Seen(target.VariablePath).Equals(path, StringComparison.OrdinalIgnoreCase);
    }

    private static VariableExpressionAst? Target(ExpressionAst left) =>
        left is AttributedExpressionAst typed ? Target(typed.Child) : left as VariableExpressionAst;

    /// <summary>The names of the variables that this part of the block sets.</summary>
    private static IEnumerable<string> Written(Ast ast) => ast switch
    {
        AssignmentStatementAst assignment => Targets(assignment.Left),
        ForEachStatementAst loop => Targets(loop.Variable),
        ParameterAst parameter => Targets(parameter.Name),
        DataStatementAst { Variable: { } name } => [name],
        UnaryExpressionAst { TokenKind: TokenKind.PlusPlus or TokenKind.MinusMinus } step => Targets(step.Child),
        UnaryExpressionAst { TokenKind: TokenKind.PostfixPlusPlus or TokenKind.PostfixMinusMinus } step => Targets(step.Child),
        ConvertExpressionAst reference when reference.Type.TypeName.FullName.Equals("ref", StringComparison.OrdinalIgnoreCase) =>
            Targets(reference.Child),
        _ => [],
    };

    private static IEnumerable<string> Targets(ExpressionAst left) => left switch
    {
        VariableExpressionAst { VariablePath: { IsVariable: true, UserPath: var path } } => [Name(path)],
        AttributedExpressionAst typed => Targets(typed.Child),
        ArrayLiteralAst several => several.Elements.SelectMany(Targets),
        ParenExpressionAst => Syntax.Unwrap(left) is var inner and not ParenExpressionAst ? Targets(inner) : [],
        _ => [],
    };

    /// <summary>True for a text that is handed to what may set the variable of that name, as with -OutVariable found.</summary>
    private static bool IsArgument(Ast ast) => ast is StringConstantExpressionAst && Owner(ast) switch
    {
        CommandAst command => !ReferenceEquals(command.CommandElements[0], ast),
        CommandParameterAst => true,
        InvokeMemberExpressionAst call => call.Member is StringConstantExpressionAst { Value: "Set" } name && !ReferenceEquals(name, ast),
        _ => false,
    };

    private static Ast? Owner(Ast argument) => argument.Parent is ArrayLiteralAst list ? list.Parent : argument.Parent;

    private static bool IsRunner(Ast ast) => IsCall(ast, _runners)
        || ast is CommandAst { InvocationOperator: TokenKind.Dot, CommandElements: [not ScriptBlockExpressionAst, ..] };

    private static bool IsCall(Ast ast, params string[] commands) =>
        ast is CommandAst command && commands.Contains(command.GetCommandName(), StringComparer.OrdinalIgnoreCase);

    private static bool IsBehind(Ast first, Ast second) => second.Extent.StartOffset >= first.Extent.EndOffset;

    private static bool IsWithin(Ast outer, Ast inner)
    {
        for (Ast? ast = inner; ast is not null; ast = ast.Parent)
        {
            if (ReferenceEquals(ast, outer)) return true;
        }

        return false;
    }

    /// <summary>The part of the block of which everything that is behind the assignment runs behind it.</summary>
    private static Ast Reach(Ast assignment)
    {
        Ast ast = assignment;
        while (ast.Parent is ParenExpressionAst or CommandExpressionAst or PipelineAst or UnaryExpressionAst
            || (ast.Parent is BinaryExpressionAst binary && ReferenceEquals(binary.Left, ast)))
        {
            ast = ast.Parent;
        }

        return ast.Parent is StatementBlockAst or NamedBlockAst or IfStatementAst ? ast.Parent : ast;
    }
}
