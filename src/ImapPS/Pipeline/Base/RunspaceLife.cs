using System;
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
