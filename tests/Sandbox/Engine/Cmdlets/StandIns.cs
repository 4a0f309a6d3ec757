using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace ImapPS.Sandbox;

/// <summary>
/// Stand-ins for the few cmdlets of Microsoft.PowerShell.Utility that scripts can hardly do without: the engine's package does not have them.
/// </summary>
internal static class StandIns
{
    public static IEnumerable<SessionStateCommandEntry> All { get; } =
    [
        .. from type in typeof(StandIns).Assembly.GetTypes()
           let cmdlet = type.GetCustomAttribute<CmdletAttribute>()
           where cmdlet is not null
           select new SessionStateCmdletEntry($"{cmdlet.VerbName}-{cmdlet.NounName}", type, helpFileName: null),
    ];
}
