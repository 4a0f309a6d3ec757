using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ImapPS.Filters;

/// <summary>Evaluates what a filter takes from where it was written: once, in the very scope that the block will run in.</summary>
internal sealed class CallerScope : ICallerValues
{
    private readonly PSCmdlet _cmdlet;
    private readonly PSModuleInfo? _owner;
    private readonly bool _isConstantsOnly;
    private readonly PureExpressions _purity;
    private readonly Dictionary<Ast, (bool Succeeded, object? Value)> _values = [];

    private CallerScope(ScriptBlock block, PSCmdlet cmdlet)
    {
        _cmdlet = cmdlet;
        _owner = block.Module;
        _purity = new PureExpressions(ValueOf, IsCmdlet);

        // A block of the session's own that a module hands on runs in the session's scope, which cannot be had from here.
        _isConstantsOnly = State is null || !_purity.IsSteady(Syntax.Only(block.Ast));
    }

    /// <summary>The variables and commands that the block sees; null where they are out of reach.</summary>
    private SessionState? State => _owner?.SessionState ?? (_cmdlet.SessionState.Module is null ? _cmdlet.SessionState : null);

    public IEnumerable<string> VariableNames
    {
        get
        {
            try
            {
                IEnumerable<PSObject> items = State?.InvokeProvider.Item.Get("Variable:*") ?? Enumerable.Empty<PSObject>();
                return [.. items.Select(item => item.BaseObject).OfType<PSVariable>().Select(variable => variable.Name)];
            }
            catch (SessionStateException)
            {
                // A restricted session may hide its drives.
                return [];
            }
        }
    }

    public static ICallerValues Of(ScriptBlock block, PSCmdlet cmdlet) => new CallerScope(block, cmdlet);

    public bool TryEvaluate(ExpressionAst expression, out object? value)
    {
        bool succeeded = TryEvaluate(expression, !_isConstantsOnly, out value);
        return succeeded && PlainValues.IsPlain(value);
    }

    public bool TryEvaluateNow(ExpressionAst expression, out object? value) => TryEvaluate(expression, State is not null, out value);

    public bool TryVariable(string name, out PSVariable? variable)
    {
        variable = State?.PSVariable.Get(name);
        return State is not null;
    }

    public bool TryCommand(string name, out CommandInfo? command)
    {
        command = (State ?? _cmdlet.SessionState).InvokeCommand.GetCommand(name, CommandTypes.All);
        if (command is AliasInfo alias) command = alias.ResolvedCommand;
        return command is not null || State is not null;
    }

    private bool TryEvaluate(ExpressionAst expression, bool isInReach, out object? value)
    {
        bool succeeded;
        (succeeded, value) = Constant(expression) ?? (isInReach && _purity.IsPure(expression) ? ValueOf(expression) : (false, null));
        return succeeded;
    }

    private static (bool Succeeded, object? Value)? Constant(ExpressionAst expression) => Syntax.Unwrap(expression) switch
    {
        ConstantExpressionAst constant => (true, constant.Value),
        VariableExpressionAst { VariablePath.UserPath: var name } => name.ToUpperInvariant() switch
        {
            "TRUE" => (true, true),
            "FALSE" => (true, false),
            "NULL" => (true, null),
            _ => null,
        },
        ArrayLiteralAst array => Constants(array),
        _ => null,
    };

    private static (bool Succeeded, object? Value)? Constants(ArrayLiteralAst array)
    {
        var values = new List<object?>();
        foreach (ExpressionAst element in array.Elements)
        {
            if (Constant(element) is not (true, var value)) return null;

            values.Add(value);
        }

        return (true, values.ToArray());
    }

    private (bool Succeeded, object? Value) ValueOf(ExpressionAst expression)
    {
        if (!_values.TryGetValue(expression, out (bool Succeeded, object? Value) value)) _values[expression] = value = Evaluate(expression);
        return value;
    }

    private (bool Succeeded, object? Value) Evaluate(ExpressionAst expression)
    {
        // One comma for the pipeline and one for InvokeScript keep a list in one piece. What fails here fails in the block too, and is
        // reported there.
        ScriptBlock script = ScriptBlock.Create($"try {{ ,,({expression.Extent.Text}) }} catch {{ }}");
        if (_owner is not null) script = _owner.NewBoundScriptBlock(script);

        var errors = _cmdlet.SessionState.PSVariable.GetValue("Error") as ArrayList;
        int before = errors?.Count ?? 0;
        Collection<PSObject> results = _cmdlet.InvokeCommand.InvokeScript(useLocalScope: false, script, input: null);
        while (errors?.Count > before) errors.RemoveAt(0);

        return results.Count == 1 ? (true, results[0]) : (false, null);
    }

    /// <summary>A function or a mock of that name is called as often as the block is run, and not once more.</summary>
    private bool IsCmdlet(string name) => _cmdlet.InvokeCommand.GetCommand(name, CommandTypes.All)
        is CmdletInfo { ImplementingType.Namespace: "Microsoft.PowerShell.Commands" };
}
