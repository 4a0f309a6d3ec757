using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>Runs a small program of the system to its end.</summary>
public static class Tool
{
    /// <summary>What the program printed; throws with what it complained of when it failed.</summary>
    public static Task<string> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken,
        string? workingDirectory = null) =>
        RunAsync(new ProcessStartInfo(program, arguments) { WorkingDirectory = workingDirectory ?? "" }, cancellationToken);

    /// <inheritdoc cref="RunAsync(string, IEnumerable{string}, CancellationToken, string?)"/>
    public static async Task<string> RunAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        start.UseShellExecute = false;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode == 0) return (await output).Trim();
            throw new InvalidOperationException(
                $"`{start.FileName} {string.Join(' ', start.ArgumentList)}` failed: {await errors}{await output}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
