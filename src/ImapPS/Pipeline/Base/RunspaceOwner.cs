using System;
using System.Management.Automation.Runspaces;
using ImapPS.Sessions;

namespace ImapPS.Pipeline.Base;

/// <summary>The runspace that opened a session; one of ForEach-Object -Parallel or of a job ends before the process does.</summary>
internal sealed class RunspaceOwner : ISessionOwner
{
    private readonly WeakReference<Runspace>? _runspace = Runspace.DefaultRunspace is { } runspace
        ? new WeakReference<Runspace>(runspace) : null;

    /// <inheritdoc/>
    public bool IsGone => _runspace is not null
        && (!_runspace.TryGetTarget(out Runspace? runspace) || runspace.RunspaceStateInfo.State != RunspaceState.Opened);

    /// <summary>True in the runspace that opened the session.</summary>
    public bool IsHere => _runspace is not null && _runspace.TryGetTarget(out Runspace? runspace)
        && ReferenceEquals(runspace, Runspace.DefaultRunspace);
}
