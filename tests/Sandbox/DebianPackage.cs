using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>Puts a Debian package on this machine, where that is possible without asking.</summary>
public static class DebianPackage
{
    private static readonly string[] _systemFolders = ["/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin"];
    private static readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>The path of a program, or null when this machine does not have it.</summary>
    public static string? Which(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(_systemFolders)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    /// <summary>
    /// What <paramref name="find"/> finds, after installing the packages if it finds nothing. Needs root and apt-get, or says what to
    /// install.
    /// </summary>
    public static async Task<string> FindOrInstallAsync(Func<string?> find, IReadOnlyList<string> packages,
        CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return find() ?? await InstallAsync(find, packages, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    private static async Task<string> InstallAsync(Func<string?> find, IReadOnlyList<string> packages, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess || Which("apt-get") is not { } apt)
        {
            throw new InvalidOperationException(
                $"{packages[0]} is not installed. Install it (Debian, Ubuntu: apt-get install {string.Join(' ', packages)}), "
                + "or run this as root where apt-get is, and it installs it itself.");
        }

        // Several test processes may begin at once; apt-get's own locks do not wait.
        await using var turn = await TakeTurnAsync(cancellationToken);
        if (find() is { } found) return found;

        await Tool.RunAsync(apt, ["update", "-q"], cancellationToken);
        await Tool.RunAsync(apt, ["install", "-q", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300", .. packages],
            cancellationToken);
        return find() ?? throw new InvalidOperationException($"apt-get installed {packages[0]}, but it is not where it belongs.");
    }

    /// <summary>Waits for its turn at the machine; the turn ends with the stream.</summary>
    internal static async Task<FileStream> TakeTurnAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(Path.GetTempPath(), "imapps-sandbox-apt.lock");
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
            }
        }
    }
}
