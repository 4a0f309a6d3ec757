using System.Management.Automation;
using System.Management.Automation.Runspaces;
using ImapPS.Sessions;

namespace ImapPS.Pipeline.Base;

/// <summary>Remove-Module closes the sessions: those that its runspace opened, and those whose runspace is gone.</summary>
public sealed class ModuleCleanup : IModuleAssemblyCleanup
{
    /// <summary>Called by PowerShell when the module is removed.</summary>
    /// <param name="psModuleInfo">The module.</param>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        Runspace? here = Runspace.DefaultRunspace;
        SessionStore.CloseAll(session =>
            !session.Owner.TryGetTarget(out object? owner)
            || ReferenceEquals(owner, here)
            || owner is not Runspace { RunspaceStateInfo.State: RunspaceState.Opened });
        CurrentSession.Clear();
    }
}
