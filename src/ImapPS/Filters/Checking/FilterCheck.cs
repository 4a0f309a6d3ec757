using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using ImapPS.Errors;
using ImapPS.Models;

namespace ImapPS.Filters.Checking;

/// <summary>
/// Refuses a filter with a slip that PowerShell takes without a word: it reads what is not there as $null, and such a filter, as input of
/// deletions, lets everything or nothing through.
/// </summary>
internal sealed class FilterCheck : AstVisitor
{
    private readonly ScriptBlockAst _root;
    private readonly ICallerValues _caller;
    private readonly ShapeReader _reader;

    private FilterCheck(ScriptBlockAst root, ICallerValues caller, IReadOnlyDictionary<string, string> absent)
    {
        _root = root;
        _caller = caller;
        _reader = new ShapeReader(root, caller, absent);
    }

    /// <param name="block">The filter.</param>
    /// <param name="caller">What there is around it.</param>
    /// <param name="absent">Properties that messages have but that are not fetched this time, each with what to do about it.</param>
    /// <exception cref="ImapException">The filter has a slip.</exception>
    public static void Check(ScriptBlock block, ICallerValues caller, IReadOnlyDictionary<string, string> absent)
    {
        if (block.Ast is not ScriptBlockAst root) return;

        var check = new FilterCheck(root, caller, absent);
        check.CheckResult();
        root.Visit(check);
    }

    /// <inheritdoc/>
    public override AstVisitAction VisitMemberExpression(MemberExpressionAst memberExpressionAst) => Read(memberExpressionAst);

    /// <inheritdoc/>
    public override AstVisitAction VisitInvokeMemberExpression(InvokeMemberExpressionAst methodCallAst) => Read(methodCallAst);

    /// <inheritdoc/>
    public override AstVisitAction VisitIndexExpression(IndexExpressionAst indexExpressionAst) => Read(indexExpressionAst);

    /// <summary>$using: is PowerShell's to look up.</summary>
    /// <inheritdoc/>
    public override AstVisitAction VisitUsingExpression(UsingExpressionAst usingExpressionAst) => AstVisitAction.SkipChildren;

    /// <inheritdoc/>
    public override AstVisitAction VisitVariableExpression(VariableExpressionAst variableExpressionAst)
    {
        VariablePath path = variableExpressionAst.VariablePath;
        string name = BlockVariables.Name(path.UserPath);
        bool isOthers = !path.IsVariable || BlockVariables.IsAutomatic(name) || _reader.Variables.IsOpen || _reader.Variables.IsSet(name);
        if (isOthers || !_reader.Places.RunsHere(variableExpressionAst)) return AstVisitAction.Continue;

        if (_caller.TryVariable(BlockVariables.Seen(path), out PSVariable? variable) && variable is null)
        {
            throw FilterProblems.NoVariable(variableExpressionAst, NearestName.Of(name, _caller.VariableNames));
        }

        return AstVisitAction.Continue;
    }

    /// <inheritdoc/>
    public override AstVisitAction VisitCommand(CommandAst commandAst)
    {
        if (Property(commandAst) is { } property) throw FilterProblems.IsCommand(commandAst, property);

        _reader.Pipelines.Check(commandAst);
        return AstVisitAction.Continue;
    }

    /// <inheritdoc/>
    public override AstVisitAction VisitUnaryExpression(UnaryExpressionAst unaryExpressionAst)
    {
        if (unaryExpressionAst.TokenKind is TokenKind.Not or TokenKind.Exclaim) CheckCondition(unaryExpressionAst.Child);
        return AstVisitAction.Continue;
    }

    /// <inheritdoc/>
    public override AstVisitAction VisitBinaryExpression(BinaryExpressionAst binaryExpressionAst)
    {
        if (binaryExpressionAst.Operator is TokenKind.And or TokenKind.Or or TokenKind.Xor)
        {
            CheckCondition(binaryExpressionAst.Left);
            CheckCondition(binaryExpressionAst.Right);
        }
        else if (Operators.Converts(binaryExpressionAst.Operator))
        {
            Shape? left = _reader.Of(binaryExpressionAst.Left);
            if (left is { IsSeveral: false, Type.IsEnum: true }) CheckValues(left.Type, binaryExpressionAst.Right);
        }

        return AstVisitAction.Continue;
    }

    /// <inheritdoc/>
    public override AstVisitAction VisitAssignmentStatement(AssignmentStatementAst assignmentStatementAst)
    {
        bool isProperty = assignmentStatementAst.Left is MemberExpressionAst { Static: false } member
            && _reader.Of(member.Expression)?.Type.Namespace == typeof(ImapMessage).Namespace;
        return isProperty ? throw FilterProblems.Assigns(assignmentStatementAst) : AstVisitAction.Continue;
    }

    /// <summary>A text may be a value, but not a condition.</summary>
    private static void CheckCondition(ExpressionAst condition)
    {
        if (IsAlwaysSame(Syntax.Unwrap(condition))) throw FilterProblems.IsText(condition);
    }

    private static void CheckValues(Type enumeration, ExpressionAst right)
    {
        IEnumerable<ExpressionAst> values = Syntax.Unwrap(right) is ArrayLiteralAst list ? list.Elements : [right];
        foreach (ExpressionAst each in values)
        {
            bool isValue = each is not StringConstantExpressionAst text
                || LanguagePrimitives.TryConvertTo(text.Value, enumeration, CultureInfo.InvariantCulture, out object _);
            if (!isValue) throw FilterProblems.NoValue(each, enumeration, ((StringConstantExpressionAst)each).Value);
        }
    }

    private static bool IsAlwaysSame(ExpressionAst expression) => expression switch
    {
        StringConstantExpressionAst => true,
        ExpandableStringExpressionAst text => text.Value.Length > text.NestedExpressions.Sum(nested => nested.Extent.Text.Length),
        _ => false,
    };

    /// <summary>A statement that is alone makes the result.</summary>
    private void CheckResult()
    {
        if ((_root.ProcessBlock ?? _root.EndBlock) is not { Statements: [var only] }) return;

        if (only is ReturnStatementAst @return) only = @return.Pipeline as StatementAst;
        if (Syntax.Only(only) is { } result) CheckCondition(result);

        if (only is PipelineAst { PipelineElements: [CommandExpressionAst { Redirections: [FileRedirectionAst redirection] } written] }
            && redirection.FromStream == RedirectionStream.Output
            && _reader.Of(written.Expression) is not null)
        {
            throw FilterProblems.Redirects(only);
        }
    }

    /// <summary>The property that is meant by a command of its name, which is none, or a program that knows no comparison.</summary>
    private string? Property(CommandAst call)
    {
        if (call.InvocationOperator != TokenKind.Unknown || call.GetCommandName() is not { } name) return null;

        string? property = Members.Properties(Shape.Message).FirstOrDefault(IsSame);
        if (property is null || !_caller.TryCommand(name, out CommandInfo? command)) return null;

        bool compares = call.CommandElements is [_, CommandParameterAst parameter, ..] && Operators.Names.Contains(parameter.ParameterName);
        bool isMeant = command is null || (compares && command is ApplicationInfo or CmdletInfo);
        return isMeant && _root.Find(IsFunction, searchNestedScriptBlocks: true) is null ? property : null;

        bool IsSame(string other) => other.Equals(name, StringComparison.OrdinalIgnoreCase);
        bool IsFunction(Ast ast) => ast is FunctionDefinitionAst function && IsSame(function.Name);
    }

    private AstVisitAction Read(ExpressionAst expression)
    {
        _reader.Of(expression);
        return AstVisitAction.Continue;
    }
}
