using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>The PowerShell of the tool manifest, as users have it, in a process of its own.</summary>
public static class ToolPowerShell
{
    private static readonly Lazy<Task<string>> _library = new(FindAsync);

    /// <summary>How to start it, after restoring the tool where that is needed. The working directory is the repository.</summary>
    public static async Task<ProcessStartInfo> StartInfoAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var library = await _library.Value.WaitAsync(cancellationToken);
        var start = new ProcessStartInfo("dotnet", [library, .. arguments]) { WorkingDirectory = Repository.Root };
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

    // Started by its path it needs no look at the manifest, and runs in any directory.
    private static async Task<string> FindAsync()
    {
        await RunDotnetAsync("tool", "restore");
        return await RunDotnetAsync("pwsh", "-NoProfile", "-NonInteractive", "-Command", "Join-Path $PSHOME pwsh.dll");
    }

    private static Task<string> RunDotnetAsync(params string[] arguments) =>
        Tool.RunAsync(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = Repository.Root }, CancellationToken.None);
}
