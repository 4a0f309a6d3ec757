using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using ImapPS.Sessions;

namespace ImapPS.Pipeline.Base;

/// <summary>
/// The time from the beginning of a runspace to its end, or until it is reset: ForEach-Object -Parallel gives a runspace to one item after
/// the other. What one item opened or chose is not the next one's.
/// </summary>
internal sealed class RunspaceLife : ISessionOwner
{
    private static readonly ConditionalWeakTable<Runspace, RunspaceLife> _lives = new();

    private readonly WeakReference<Runspace> _runspace;

    // A reset makes the list of errors anew; a script cannot.
    private readonly WeakReference<object> _errors;
    private volatile bool _isOver;
    private WeakReference<object>? _lastError;

    private RunspaceLife(Runspace runspace, object errors)
    {
        _runspace = new WeakReference<Runspace>(runspace);
        _errors = new WeakReference<object>(errors);
    }

    /// <summary>The life of this thread's runspace, as far as is known; null where it has none.</summary>
    public static RunspaceLife? Here =>
        Runspace.DefaultRunspace is { } runspace && _lives.TryGetValue(runspace, out RunspaceLife? life) ? life : null;

    /// <summary>The ids of the sessions that were chosen in it, the last one at the end.</summary>
    public List<int> Chosen { get; } = [];

    /// <inheritdoc/>
    public bool IsGone => _isOver
        || !_runspace.TryGetTarget(out Runspace? runspace) || runspace.RunspaceStateInfo.State != RunspaceState.Opened;

    /// <summary>True for the life of this thread's runspace.</summary>
    public bool IsHere => ReferenceEquals(this, Here);

    /// <summary>
    /// True when a command that was to choose a session was called since this was asked last, and PowerShell did not understand its
    /// arguments, such as an empty cell of a table: of that the command itself knows nothing.
    /// </summary>
    public bool HasMisunderstoodChoice()
    {
        if (!_errors.TryGetTarget(out object? list) || list is not IList { Count: > 0 } errors) return false;

        bool found = false;
        for (int i = 0; i < errors.Count && !found; i++)
        {
            if (_lastError?.TryGetTarget(out object? last) == true && ReferenceEquals(errors[i], last)) break;

            found = (errors[i] as ErrorRecord ?? (errors[i] as RuntimeException)?.ErrorRecord)
                is { Exception: ParameterBindingException, InvocationInfo.MyCommand.Name: { } name } && CurrentSession.IsChosenBy(name);
        }

        _lastError = new WeakReference<object>(errors[0]!);
        return found;
    }

    /// <summary>The life that the runspace of a cmdlet is in.</summary>
    public static RunspaceLife Of(PSCmdlet cmdlet)
    {
        Runspace runspace = Runspace.DefaultRunspace;
        object errors = cmdlet.SessionState.PSVariable.GetValue("global:Error");
        if (_lives.TryGetValue(runspace, out RunspaceLife? life))
        {
            if (life._errors.TryGetTarget(out object? before) && ReferenceEquals(before, errors)) return life;

            life._isOver = true;
            _lives.Remove(runspace);
        }

        life = new RunspaceLife(runspace, errors);
        _lives.Add(runspace, life);
        return life;
    }
}
