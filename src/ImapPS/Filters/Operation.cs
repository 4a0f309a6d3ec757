using System.Management.Automation.Language;

namespace ImapPS.Filters;

/// <summary>A comparison operator, apart from whether it minds the case.</summary>
internal enum Operation
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Like,
    Match,
    Contains,
    NotContains,
    In,
    NotIn,
}

/// <summary>The comparison operators as the parser names them.</summary>
internal static class Operations
{
    /// <summary>
    /// The operation and whether it minds the case; null for other operators. -notlike and -notmatch are none: the server can be asked
    /// neither.
    /// </summary>
    public static (Operation Operation, bool IsExact)? Of(TokenKind token) => token switch
    {
        TokenKind.Ieq => (Operation.Equal, false),
        TokenKind.Ceq => (Operation.Equal, true),
        TokenKind.Ine => (Operation.NotEqual, false),
        TokenKind.Cne => (Operation.NotEqual, true),
        TokenKind.Ilt => (Operation.Less, false),
        TokenKind.Clt => (Operation.Less, true),
        TokenKind.Ile => (Operation.LessOrEqual, false),
        TokenKind.Cle => (Operation.LessOrEqual, true),
        TokenKind.Igt => (Operation.Greater, false),
        TokenKind.Cgt => (Operation.Greater, true),
        TokenKind.Ige => (Operation.GreaterOrEqual, false),
        TokenKind.Cge => (Operation.GreaterOrEqual, true),
        TokenKind.Ilike => (Operation.Like, false),
        TokenKind.Clike => (Operation.Like, true),
        TokenKind.Imatch => (Operation.Match, false),
        TokenKind.Cmatch => (Operation.Match, true),
        TokenKind.Icontains => (Operation.Contains, false),
        TokenKind.Ccontains => (Operation.Contains, true),
        TokenKind.Inotcontains => (Operation.NotContains, false),
        TokenKind.Cnotcontains => (Operation.NotContains, true),
        TokenKind.Iin => (Operation.In, false),
        TokenKind.Cin => (Operation.In, true),
        TokenKind.Inotin => (Operation.NotIn, false),
        TokenKind.Cnotin => (Operation.NotIn, true),
        _ => null,
    };

    /// <summary>The operation that says the same with its operands turned round, where there is one.</summary>
    public static Operation? Reversed(Operation operation) => operation switch
    {
        Operation.Equal or Operation.NotEqual => operation,
        Operation.Less => Operation.Greater,
        Operation.LessOrEqual => Operation.GreaterOrEqual,
        Operation.Greater => Operation.Less,
        Operation.GreaterOrEqual => Operation.LessOrEqual,
        Operation.Contains => Operation.In,
        Operation.NotContains => Operation.NotIn,
        Operation.In => Operation.Contains,
        Operation.NotIn => Operation.NotContains,
        _ => null,
    };
}
