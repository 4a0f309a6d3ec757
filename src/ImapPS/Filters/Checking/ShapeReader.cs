using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using ImapPS.Binding;

namespace ImapPS.Filters.Checking;

/// <summary>
/// Knows the type of an expression as far as it can be known before the filter runs, and refuses to read what a value of that type does not
/// have. What is not known is allowed.
/// </summary>
internal sealed class ShapeReader
{
    private readonly IReadOnlyDictionary<string, string> _absent;
    private readonly ICallerValues _caller;
    private readonly Dictionary<Ast, Shape?> _known = [];

    public ShapeReader(ScriptBlockAst root, ICallerValues caller, IReadOnlyDictionary<string, string> absent)
    {
        _absent = absent;
        _caller = caller;
        Variables = new BlockVariables(root);
        Pipelines = new PipelineReader(this, caller);
        Places = new Places(root, Variables, this, Pipelines);
    }

    public BlockVariables Variables { get; }

    public PipelineReader Pipelines { get; }

    public Places Places { get; }

    /// <summary>True for .Where({ }) and .ForEach({ }), which everything has.</summary>
    public static bool IsIntrinsicCall(InvokeMemberExpressionAst call) =>
        call is { Static: false, Arguments: not null, Member: StringConstantExpressionAst { Value: var name } }
        && name.ToUpperInvariant() is "WHERE" or "FOREACH";

    /// <summary>What is known of an expression's value; null for nothing.</summary>
    /// <exception cref="Errors.ImapException">The expression reads what is not there.</exception>
    public Shape? Of(ExpressionAst expression)
    {
        if (!_known.TryGetValue(expression, out Shape? shape)) _known[expression] = shape = Read(expression);
        return shape;
    }

    /// <summary>What a value has under this name.</summary>
    /// <param name="owner">The value.</param>
    /// <param name="name">The name.</param>
    /// <param name="place">Where it is read.</param>
    /// <param name="mayBeMethod">True where a method stands without its parentheses.</param>
    public Shape? Member(Shape owner, string name, Ast place, bool mayBeMethod)
    {
        if (name.Length == 0) throw FilterProblems.NoName(place);

        if (owner.IsMessage && _absent.TryGetValue(name, out string? action)) throw FilterProblems.NotRead(place, action);

        if (!Members.TryRead(owner, name, out Shape? value) && !Variables.AddsMembers) throw FilterProblems.NoProperty(place, owner, name);

        return value is { IsMethod: true } && !mayBeMethod ? throw FilterProblems.NotCalled(place) : value;
    }

    /// <summary>True for an expression whose value is known beforehand to be a text, or nothing.</summary>
    public bool IsText(ExpressionAst expression) => Name(expression) is not null;

    /// <summary>The name that an expression gives; empty where it gives none, null where that is not known.</summary>
    public string? Name(ExpressionAst expression)
    {
        expression = Syntax.Unwrap(expression);
        if (expression is StringConstantExpressionAst constant) return constant.Value;

        if (expression is VariableExpressionAst variable
            && Variables.Source(variable) is AssignmentStatementAst { Right: CommandExpressionAst right }) return Name(right.Expression);

        bool isOthers = !Variables.IsOpen && expression.Find(IsSetHere, searchNestedScriptBlocks: true) is null;
        if (!isOthers || !_caller.TryEvaluateNow(expression, out object? value)) return null;

        return value is null ? string.Empty : Wrapped.Unwrap(value) as string;
    }

    private bool IsSetHere(Ast ast) =>
        ast is VariableExpressionAst { VariablePath.UserPath: var path } && Variables.IsSet(BlockVariables.Name(path));

    private static bool IsTarget(Ast member)
    {
        Ast ast = member;
        while (ast.Parent is CommandExpressionAst or PipelineAst or ParenExpressionAst) ast = ast.Parent;
        return ast.Parent is MemberExpressionAst of && ReferenceEquals(of.Expression, ast);
    }

    private Shape? Read(ExpressionAst expression) => expression switch
    {
        ParenExpressionAst parentheses => Pipelines.Value(parentheses.Pipeline as StatementAst),
        VariableExpressionAst variable => OfVariable(variable),
        ExpandableStringExpressionAst => Shape.Text,
        ConstantExpressionAst constant => Shape.Of(constant.Value?.GetType()),
        ArrayExpressionAst array => Pipelines.Output(array.SubExpression)?.Array,
        SubExpressionAst sub => Pipelines.Output(sub.SubExpression),
        ArrayLiteralAst list => list.Elements.Select(Of).Distinct().ToArray() is [{ IsSeveral: false, Type: var type }]
            ? Shape.Of(type.MakeArrayType())
            : null,
        ConvertExpressionAst convert => Converted(convert),
        IndexExpressionAst index => Of(index.Target) is { } target ? Indexed(target, index) : null,
        InvokeMemberExpressionAst { Static: true } call => OfStatic(call, isCall: true),
        InvokeMemberExpressionAst call => Of(call.Expression) is { } owner ? Called(owner, call) : null,
        MemberExpressionAst { Static: true } member => OfStatic(member, isCall: false),
        MemberExpressionAst member => Of(member.Expression) is { } owner ? Read(owner, member) : null,
        UnaryExpressionAst unary => Operators.Of(unary, Of(unary.Child)),
        BinaryExpressionAst binary => Operators.Of(binary, Of(binary.Left)),
        _ => null,
    };

    private Shape? Read(Shape owner, MemberExpressionAst member) =>
        member.Member is ExpressionAst written && Name(written) is { } name ? Member(owner, name, member, IsTarget(member)) : null;

    private Shape? OfVariable(VariableExpressionAst variable)
    {
        if (Places.IsItem(variable)) return Places.Item(variable);

        return Variables.Source(variable) switch
        {
            AssignmentStatementAst { Left: VariableExpressionAst } assignment => Pipelines.Value(assignment.Right),
            AssignmentStatementAst { Left: ConvertExpressionAst typed } => Shape.Of(typed.Type.TypeName.GetReflectionType()),
            ForEachStatementAst loop => Pipelines.Value(loop.Condition)?.Item,
            _ => null,
        };
    }

    private Shape? Converted(ConvertExpressionAst convert)
    {
        Type? type = convert.Type.TypeName.GetReflectionType();
        return type == typeof(object) || type == typeof(PSObject) ? Of(convert.Child)
            : type == typeof(Array) || type == typeof(object[]) ? Of(convert.Child)?.Array
            : Shape.Of(type);
    }

    private Shape? Indexed(Shape target, IndexExpressionAst index)
    {
        bool isNumber = index.Index is ConstantExpressionAst { Value: int };
        if (!isNumber && Name(index.Index) is { } name && !int.TryParse(name, NumberStyles.Integer, CultureInfo.InvariantCulture, out _))
        {
            throw FilterProblems.NoIndex(index, index.Index.Extent.Text);
        }

        if (target.Type == typeof(string)) return null;

        return target.IsSeveral ? target : new Shape(target.Item.Type, IsSeveral: !isNumber);
    }

    private Shape? Called(Shape owner, InvokeMemberExpressionAst call)
    {
        if (IsIntrinsicCall(call)) return Through(owner, call);

        if (call.Member is not ExpressionAst written || Name(written) is not { } name) return null;

        bool isThere = Members.TryCall(owner, name, out Shape? result) || Variables.AddsMembers;
        return isThere ? result : throw FilterProblems.NoMethod(call, name, Members.Methods(owner));
    }

    /// <summary>What .Where({ }) and .ForEach({ }) let through.</summary>
    private Shape? Through(Shape owner, InvokeMemberExpressionAst call)
    {
        bool isWhere = ((StringConstantExpressionAst)call.Member).Value.Equals("Where", StringComparison.OrdinalIgnoreCase);
        if (isWhere) return owner.Enumerated with { IsSeveral = true };

        return call.Arguments is [StringConstantExpressionAst { Value: var name }]
            && Member(owner.Item, name, call, mayBeMethod: true) is { IsMethod: false } value
                ? value with { IsSeveral = true }
                : null;
    }

    private Shape? OfStatic(MemberExpressionAst member, bool isCall)
    {
        Shape? value = member.Expression is TypeExpressionAst ? null : Of(member.Expression);
        Type? type = member.Expression is TypeExpressionAst literal ? literal.TypeName.GetReflectionType() : value?.Type;
        if (type is null || member.Member is not ExpressionAst written || Name(written) is not { } name) return null;

        if (!Members.TryStatic(type, name, isCall, out Shape? result))
        {
            bool isOfValue = value is not null && Members.TryRead(value, name, out _);
            throw isOfValue ? FilterProblems.StaticOfValue(member, name) : FilterProblems.NoStatic(member, type, value, name);
        }

        return result is { IsMethod: true } && !IsTarget(member) ? throw FilterProblems.NotCalled(member) : result;
    }
}
