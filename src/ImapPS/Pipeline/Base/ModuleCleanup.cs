using System.Management.Automation;
using ImapPS.Sessions;

namespace ImapPS.Pipeline.Base;

/// <summary>Remove-Module closes the sessions: those that its runspace opened, and those whose runspace is gone.</summary>
public sealed class ModuleCleanup : IModuleAssemblyCleanup
{
    /// <summary>Called by PowerShell when the module is removed.</summary>
    /// <param name="psModuleInfo">The module.</param>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        SessionStore.CloseAll(session => session.Owner.IsGone || session.Owner is RunspaceLife { IsHere: true });
        CurrentSession.Clear();
    }
}
