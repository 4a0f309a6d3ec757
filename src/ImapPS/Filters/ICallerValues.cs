using System.Management.Automation.Language;

namespace ImapPS.Filters;

/// <summary>What the caller's variables and expressions are worth.</summary>
internal interface ICallerValues
{
    /// <summary>The value of an expression; false when it may differ from message to message, have an effect, or fail.</summary>
    bool TryEvaluate(ExpressionAst expression, out object? value);
}
