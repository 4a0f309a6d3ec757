using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ImapPS.Filters;

/// <summary>What the caller's variables, expressions and commands are.</summary>
internal interface ICallerValues
{
    /// <summary>The names of the variables that there are.</summary>
    IEnumerable<string> VariableNames { get; }

    /// <summary>The value of an expression; false when it may differ from message to message, have an effect, or fail.</summary>
    bool TryEvaluate(ExpressionAst expression, out object? value);

    /// <summary>The value of an expression as it is before the first message; false as above.</summary>
    bool TryEvaluateNow(ExpressionAst expression, out object? value);

    /// <summary>The variable of this name; null when there is none. False when the scope in which the block runs is out of reach.</summary>
    bool TryVariable(string name, out PSVariable? variable);

    /// <summary>The command of this name, behind its alias; null when there is none. False when that is out of reach.</summary>
    bool TryCommand(string name, out CommandInfo? command);
}
