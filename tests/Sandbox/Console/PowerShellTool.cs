using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>The real PowerShell: the .NET tool of the repository's manifest, restored when this machine does not have it yet.</summary>
public static class PowerShellTool
{
    private static readonly SemaphoreSlim _gate = new(1, 1);
    private static string? _library;

    /// <summary>The program that starts the tool.</summary>
    public static string Host { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>
    /// The path of pwsh.dll, to be started with <see cref="Host"/>: `dotnet pwsh` costs a start of the SDK each time, and wants the
    /// repository for its directory.
    /// </summary>
    public static async Task<string> FindOrRestoreAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return _library ??= await RestoreAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Runs pwsh at this console until it exits, and tells its exit code.</summary>
    public static async Task<int> RunAsync(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment,
        CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Host, [await FindOrRestoreAsync(cancellationToken), .. arguments]) { UseShellExecute = false };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode;
    }

    private static async Task<string> RestoreAsync(CancellationToken cancellationToken)
    {
        await Tool.RunAsync(Host, ["tool", "restore"], cancellationToken, Repository.Root);
        var home = await Tool.RunAsync(Host, ["tool", "run", "pwsh", "-NoProfile", "-NoLogo", "-Command", "$PSHOME"],
            cancellationToken, Repository.Root);
        return Path.Combine(home, "pwsh.dll");
    }
}
