using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;

namespace ImapPS.Filters.Checking;

/// <summary>Knows what comes out of an operator.</summary>
internal static class Operators
{
    /// <summary>The operators that compare and join conditions, as one writes them.</summary>
    public static HashSet<string> Names { get; } = new(
        "eq ne gt ge lt le like notlike match notmatch contains notcontains in notin".Split(' ')
            .SelectMany(name => new[] { name, $"i{name}", $"c{name}" })
            .Concat(["is", "isnot", "band", "and", "or", "xor"]),
        StringComparer.OrdinalIgnoreCase);

    public static Shape? Of(UnaryExpressionAst unary, Shape? child) => unary.TokenKind switch
    {
        TokenKind.Not or TokenKind.Exclaim => Shape.Boolean,
        TokenKind.Join => Shape.Text,
        TokenKind.Isplit or TokenKind.Csplit => Shape.Text.Array,
        TokenKind.Comma => child is { IsSeveral: false } ? Shape.Of(child.Type.MakeArrayType()) : null,
        _ => null,
    };

    /// <summary>A comparison tells whether one value meets it, and which of several do.</summary>
    public static Shape? Of(BinaryExpressionAst binary, Shape? left)
    {
        switch (binary.Operator)
        {
            case TokenKind.And or TokenKind.Or or TokenKind.Xor or TokenKind.Is or TokenKind.IsNot:
            case TokenKind.Icontains or TokenKind.Inotcontains or TokenKind.Ccontains or TokenKind.Cnotcontains:
            case TokenKind.Iin or TokenKind.Inotin or TokenKind.Cin or TokenKind.Cnotin:
                return Shape.Boolean;
            case TokenKind.Format or TokenKind.Join:
                return Shape.Text;
            case TokenKind.As:
                return binary.Right is TypeExpressionAst type ? Shape.Of(type.TypeName.GetReflectionType()) : null;
            case TokenKind.Isplit or TokenKind.Csplit when left?.Type == typeof(string):
                return Shape.Text.Array;
            case TokenKind.Ireplace or TokenKind.Creplace or TokenKind.Plus when left == Shape.Text:
                return left;
            case TokenKind.Band or TokenKind.Bor or TokenKind.Bxor when left is { IsSeveral: false, Type.IsEnum: true }:
                return left;
        }

        return left is null || !IsComparison(binary.Operator) ? null
            : left is { IsSeveral: false, Element: null } ? Shape.Boolean
            : left.Enumerated with { IsSeveral = true };
    }

    /// <summary>True for -eq, -like, -match and their kin.</summary>
    private static bool IsComparison(TokenKind kind) =>
        kind is >= TokenKind.Ieq and <= TokenKind.Inotmatch or >= TokenKind.Ceq and <= TokenKind.Cnotmatch;

    /// <summary>True for an operator that converts its right side to the type of its left.</summary>
    public static bool Converts(TokenKind kind) =>
        kind is TokenKind.Ieq or TokenKind.Ine or TokenKind.Ceq or TokenKind.Cne or TokenKind.Band
            or TokenKind.Iin or TokenKind.Inotin or TokenKind.Cin or TokenKind.Cnotin
            or TokenKind.Icontains or TokenKind.Inotcontains or TokenKind.Ccontains or TokenKind.Cnotcontains;
}
