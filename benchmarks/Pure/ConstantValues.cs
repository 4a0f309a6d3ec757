using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;
using ImapPS.Filters;

namespace ImapPS.Benchmarks.Pure;

/// <summary>A caller without variables and commands: constants alone have values.</summary>
internal sealed class ConstantValues : ICallerValues
{
    public IEnumerable<string> VariableNames => [];

    public bool TryEvaluate(ExpressionAst expression, out object? value) => TryEvaluateNow(expression, out value);

    public bool TryEvaluateNow(ExpressionAst expression, out object? value)
    {
        try
        {
            value = expression.SafeGetValue();
            return true;
        }
        catch (InvalidOperationException)
        {
            value = null;
            return false;
        }
    }

    public bool TryVariable(string name, out PSVariable? variable)
    {
        variable = null;
        return true;
    }

    public bool TryCommand(string name, out CommandInfo? command)
    {
        command = null;
        return false;
    }
}
