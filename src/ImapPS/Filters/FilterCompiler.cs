using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using ImapPS.Search;

namespace ImapPS.Filters;

/// <summary>
/// Makes of a filter's syntax tree a term that holds for every message for which the block does. What is not understood makes
/// the term wider, never wrong: the block itself decides about what the server finds.
/// </summary>
internal sealed class FilterCompiler
{
    private readonly ICallerValues _caller;
    private readonly List<string> _comparedLocally = [];

    private FilterCompiler(ICallerValues caller) => _caller = caller;

    public static CompiledFilter Compile(ScriptBlock block, ICallerValues caller)
    {
        var compiler = new FilterCompiler(caller);
        SearchTerm term = Syntax.Only(block.Ast) is { } expression && !PureExpressions.Assigns(block.Ast)
            ? compiler.Truth(expression) : compiler.CompareLocally(block.Ast);
        return new CompiledFilter(term, compiler._comparedLocally);
    }

    /// <summary>That an expression is true.</summary>
    private SearchTerm Truth(ExpressionAst expression)
    {
        expression = Syntax.Unwrap(expression);
        if (!MessageValueReader.IsAboutMessage(expression))
        {
            return _caller.TryEvaluate(expression, out object? value)
                ? new ConstantTerm(LanguagePrimitives.IsTrue(value))
                : CompareLocally(expression);
        }

        return expression switch
        {
            BinaryExpressionAst { Operator: TokenKind.And } both => new CombinedTerm([Truth(both.Left), Truth(both.Right)], All: true),
            BinaryExpressionAst { Operator: TokenKind.Or } either =>
                new CombinedTerm([Truth(either.Left), Truth(either.Right)], All: false),
            UnaryExpressionAst { TokenKind: TokenKind.Not or TokenKind.Exclaim } not => Not(not),
            BinaryExpressionAst comparison => Comparison(comparison) ?? CompareLocally(expression),
            InvokeMemberExpressionAst { Static: false } call => Call(call) ?? CompareLocally(expression),
            _ => ValueComparison.Truth(Value(expression)) ?? CompareLocally(expression),
        };
    }

    private SearchTerm Not(UnaryExpressionAst not)
    {
        int left = _comparedLocally.Count;
        SearchTerm negated = Truth(not.Child).Negate();
        bool saysNothing = negated is not ConstantTerm && !negated.Narrows;
        return saysNothing && _comparedLocally.Count == left ? CompareLocally(not) : negated;
    }

    private SearchTerm? Comparison(BinaryExpressionAst comparison)
    {
        if (Operations.Of(comparison.Operator) is not var (operation, isExact))
        {
            return comparison.Operator == TokenKind.Band ? ValueComparison.Truth(Value(comparison)) : null;
        }

        if (Value(comparison.Left) is { } left)
        {
            return !MessageValueReader.IsAboutMessage(comparison.Right) && _caller.TryEvaluate(comparison.Right, out object? right)
                ? ValueComparison.Compare(left, operation, right, isExact)
                : null;
        }

        return Operations.Reversed(operation) is { } reversed
            && Value(comparison.Right) is { } value
            && !MessageValueReader.IsAboutMessage(comparison.Left)
            && _caller.TryEvaluate(comparison.Left, out object? with)
                ? ValueComparison.Compare(with, value, reversed, isExact)
                : null;
    }

    private MessageValue? Value(ExpressionAst expression)
    {
        if (Syntax.Unwrap(expression) is not BinaryExpressionAst { Operator: TokenKind.Band } masked)
        {
            return MessageValueReader.Read(expression);
        }

        ExpressionAst mask = MessageValueReader.Read(masked.Left) is MessageValue.AllFlags ? masked.Right : masked.Left;
        ExpressionAst flags = ReferenceEquals(mask, masked.Right) ? masked.Left : masked.Right;
        return MessageValueReader.Read(flags) is MessageValue.AllFlags
            && !MessageValueReader.IsAboutMessage(mask)
            && _caller.TryEvaluate(mask, out object? value)
            && FlagComparison.Flags(value) is { } wanted
                ? new MessageValue.SomeFlags(wanted)
                : null;
    }

    /// <summary>Methods of strings and flags with one argument.</summary>
    private SearchTerm? Call(InvokeMemberExpressionAst call) =>
        call is { Member: StringConstantExpressionAst { Value: var method }, Arguments: [var argument] }
        && MessageValueReader.Read(call.Expression) is { } value
        && !MessageValueReader.IsAboutMessage(argument)
        && _caller.TryEvaluate(argument, out object? with)
            ? ValueComparison.Call(value, method, with)
            : null;

    private SearchTerm CompareLocally(Ast part)
    {
        _comparedLocally.Add(Regex.Replace(part.Extent.Text, @"\s+", " ", RegexOptions.None, TimeSpan.FromSeconds(1)).Trim());
        return SearchTerm.Unknown;
    }
}
