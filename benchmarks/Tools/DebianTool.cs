using System.Threading;
using System.Threading.Tasks;
using ImapPS.Sandbox;

namespace ImapPS.Benchmarks.Tools;

/// <summary>A program from Debian.</summary>
internal static class DebianTool
{
    /// <summary>The path of a program, after installing its packages where it is missing.</summary>
    public static Task<string> FindAsync(string program, string[] packages, CancellationToken cancellationToken) =>
        DebianPackage.FindOrInstallAsync(() => DebianPackage.Which(program), packages, cancellationToken);

    /// <summary>The version of a package.</summary>
    public static Task<string> VersionAsync(string package, CancellationToken cancellationToken) =>
        Tool.RunAsync("dpkg-query", ["-W", "-f", "${Version}", package], cancellationToken);
}
