using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>What has been fetched once and is kept for the next test run: a folder for each thing.</summary>
internal static class SandboxCache
{
    /// <summary>Outlives a restart of the machine, and belongs to no user's home.</summary>
    public static string Root { get; } =
        OperatingSystem.IsWindows() ? Path.Combine(Path.GetTempPath(), "imapps-sandbox") : "/var/tmp/imapps-sandbox";

    /// <summary>
    /// The folder of that name, made by <paramref name="fill"/> where it is missing: all of it or nothing, by one process at a time.
    /// </summary>
    public static async Task<string> FindOrFillAsync(string name, Func<string, Task> fill, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(Root, name);
        if (Directory.Exists(folder)) return folder;

        await using var turn = await DebianPackage.TakeTurnAsync(cancellationToken);
        if (Directory.Exists(folder)) return folder;

        // Whoever was stopped in the midst of it left this.
        var half = folder + ".half";
        if (Directory.Exists(half)) Directory.Delete(half, recursive: true);
        Directory.CreateDirectory(half);
        await fill(half);
        Directory.Move(half, folder);
        return folder;
    }
}
