using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>Finds Dovecot on this machine, or puts it there where that is possible without asking.</summary>
internal static class DovecotInstallation
{
    private static readonly string[] _serviceFolders = ["/usr/lib/dovecot", "/usr/libexec/dovecot", "/usr/local/libexec/dovecot"];

    /// <summary>The path of the dovecot program, with its IMAP service beside it.</summary>
    public static async Task<string> FindOrInstallAsync(CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("The sandbox runs Dovecot, which needs Linux: use WSL or a container.");
        }

        var program = await DebianPackage.FindOrInstallAsync(Find, ["dovecot-imapd"], cancellationToken);
        await RequireKnownDialectAsync(program, cancellationToken);
        return program;
    }

    private static string? Find() =>
        _serviceFolders.Any(folder => File.Exists(Path.Combine(folder, "imap-login"))) ? DebianPackage.Which("dovecot") : null;

    // 2.4 renamed most settings.
    private static async Task RequireKnownDialectAsync(string program, CancellationToken cancellationToken)
    {
        var version = await Tool.RunAsync(program, ["--version"], cancellationToken);
        if (version.StartsWith("2.3.", StringComparison.Ordinal)) return;
        throw new InvalidOperationException(
            $"{program} is Dovecot {version}; the sandbox writes the configuration of Dovecot 2.3. Install that "
            + "(Debian 12, Ubuntu 24.04).");
    }
}
