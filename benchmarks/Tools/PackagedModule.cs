using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Sandbox;

namespace ImapPS.Benchmarks.Tools;

/// <summary>The module as a user installs it: a release, compiled ahead where a package is.</summary>
internal static class PackagedModule
{
    private static readonly string _stages = Path.Combine(Repository.Root, "out", "ImapPS");

    /// <summary>The folder with its manifest.</summary>
    public static string Root => Directory.EnumerateDirectories(_stages).Order(System.StringComparer.Ordinal).Last();

    /// <summary>Makes the package of the code as it is.</summary>
    public static Task MakeAsync(CancellationToken cancellationToken) =>
        ToolPowerShell.RunAsync("$null = ./build.ps1 -Task Package -InformationAction Ignore", cancellationToken);
}
