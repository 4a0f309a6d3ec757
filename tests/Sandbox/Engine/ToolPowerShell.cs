using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>The PowerShell of the tool manifest, as users have it, in a process of its own.</summary>
public static class ToolPowerShell
{
    /// <summary>How to start it, after restoring the tool where that is needed. The working directory is the repository.</summary>
    public static async Task<ProcessStartInfo> StartInfoAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var library = await PowerShellTool.FindOrRestoreAsync(cancellationToken);
        var start = new ProcessStartInfo(PowerShellTool.Host, [library, .. arguments]) { WorkingDirectory = Repository.Root };
        start.Environment["NO_COLOR"] = "1";
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
        return start;
    }

    /// <summary>What statements print, as with <c>pwsh -Command</c>; throws when they end in an error.</summary>
    public static async Task<string> RunAsync(string script, CancellationToken cancellationToken)
    {
        var prepared = "$ErrorActionPreference = 'Stop'\n" + script;
        var start = await StartInfoAsync(["-NoProfile", "-NonInteractive", "-Command", prepared], cancellationToken);
        return await Tool.RunAsync(start, cancellationToken);
    }
}
