using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using ImapPS.Errors;
using ImapPS.Models;

namespace ImapPS.Filters;

/// <summary>
/// Refuses a filter that reads of $_ what no message has, or what was not asked for: PowerShell would read it as $null, and such a filter
/// lets everything or nothing through without a word.
/// </summary>
/// <param name="absent">Properties that messages have but that are not fetched this time, each with what to do about it.</param>
internal sealed class FilterProperties(IReadOnlyDictionary<string, string> absent) : AstVisitor
{
    /// <summary>What PowerShell itself gives every object.</summary>
    private static readonly HashSet<string> _intrinsic = new(StringComparer.OrdinalIgnoreCase)
    {
        "PSObject", "PSTypeNames", "PSBase", "PSAdapted", "PSExtended", "Count", "Length",
    };

    /// <summary>Something to ask for members that Update-TypeData has added.</summary>
    private static readonly Dictionary<Type, object> _samples = new()
    {
        [typeof(ImapMessage)] = new ImapMessage(),
        [typeof(ImapAddress)] = new ImapAddress(string.Empty, string.Empty),
        [typeof(string)] = string.Empty,
    };

    public static void Check(ScriptBlock block, IReadOnlyDictionary<string, string> absent)
    {
        if (block.Ast is ScriptBlockAst root && root.Find(IsAssignedMessage, searchNestedScriptBlocks: false) is null) root.Visit(new FilterProperties(absent));
    }

    /// <inheritdoc/>
    public override AstVisitAction VisitMemberExpression(MemberExpressionAst memberExpressionAst)
    {
        TypeOf(memberExpressionAst);
        return AstVisitAction.Continue;
    }

    // Within these $_ is something else.

    /// <inheritdoc/>
    public override AstVisitAction VisitScriptBlockExpression(ScriptBlockExpressionAst scriptBlockExpressionAst) => AstVisitAction.SkipChildren;

    /// <inheritdoc/>
    public override AstVisitAction VisitFunctionDefinition(FunctionDefinitionAst functionDefinitionAst) => AstVisitAction.SkipChildren;

    /// <inheritdoc/>
    public override AstVisitAction VisitCatchClause(CatchClauseAst catchClauseAst) => AstVisitAction.SkipChildren;

    /// <inheritdoc/>
    public override AstVisitAction VisitTrap(TrapStatementAst trapStatementAst) => AstVisitAction.SkipChildren;

    /// <inheritdoc/>
    public override AstVisitAction VisitSwitchStatement(SwitchStatementAst switchStatementAst)
    {
        switchStatementAst.Condition.Visit(this);
        return AstVisitAction.SkipChildren;
    }

    private static bool IsAssignedMessage(Ast ast) => ast is AssignmentStatementAst { Left: var left } && MessageValueReader.IsMessage(left);

    /// <summary>The type of what an expression reads of $_; null where that is not known.</summary>
    private Type? TypeOf(ExpressionAst expression) => Syntax.Unwrap(expression) switch
    {
        VariableExpressionAst variable => MessageValueReader.IsMessage(variable) ? typeof(ImapMessage) : null,
        IndexExpressionAst index => TypeOf(index.Target) is { } list ? Element(list) : null,
        InvokeMemberExpressionAst => null,
        MemberExpressionAst { Static: false, Member: StringConstantExpressionAst { Value: var name } } member => TypeOf(member.Expression) is { } owner
            ? Property(owner, name, member)
            : null,
        _ => null,
    };

    private Type? Property(Type owner, string name, MemberExpressionAst expression)
    {
        if (owner == typeof(ImapMessage) && absent.TryGetValue(name, out string? action))
        {
            throw Failures.FilterInvalid($"-Filter reads {expression.Extent.Text}, and that is not read with the messages here.", action, expression.Extent.Text);
        }

        if (_intrinsic.Contains(name)) return null;

        // As PowerShell does: what a list has not, its elements are asked for.
        Type?[] owners = [owner, Element(owner)];
        foreach (Type type in owners.OfType<Type>())
        {
            if (Reflected(type).FirstOrDefault(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } known)
            {
                return Nullable.GetUnderlyingType(known.PropertyType) ?? known.PropertyType;
            }

            if (IsAdded(type, name)) return null;
        }

        throw Unknown(name, [.. owners.OfType<Type>().SelectMany(Reflected).Select(property => property.Name)], expression);
    }

    private static ImapException Unknown(string name, IReadOnlyList<string> names, MemberExpressionAst expression)
    {
        bool isContent = Reflected(typeof(ImapMessageContent)).Any(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        string? nearest = isContent ? null : NearestName.Of(name, names);
        string action = isContent ? "Get-ImapMessageContent reads it: pipe the messages there, and filter behind it with Where-Object. Or use -Include Body and $_.Body."
            : nearest is not null ? $"Write {nearest} if it is meant."
            : "Get-ImapMessage -Newest 1 | Get-Member lists the properties of a message.";
        return Failures.FilterInvalid(
            $"-Filter reads {expression.Extent.Text}, but there is no property {name}.{(nearest is null ? string.Empty : $" There is {nearest}.")}",
            action,
            expression.Extent.Text);
    }

    private static IEnumerable<PropertyInfo> Reflected(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0);

    private static Type? Element(Type list) => list == typeof(string) ? null : list.GetInterfaces().Append(list)
        .FirstOrDefault(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];

    private static bool IsAdded(Type type, string name)
    {
        object? sample = _samples.TryGetValue(type, out object? known) ? known : type.IsValueType ? Activator.CreateInstance(type) : null;
        return sample is not null && PSObject.AsPSObject(sample).Members[name] is not null;
    }
}
