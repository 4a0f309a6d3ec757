using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>A root directory with what Courier needs to run, and nothing else.</summary>
internal sealed class CourierJail
{
    private static readonly string[] _programs =
    [
        "usr/sbin/couriertcpd",
        "usr/lib/courier/courier/imaplogin",
        "usr/bin/imapd",
        "usr/libexec/gam_server",
    ];

    private CourierJail(string directory) => Directory = directory;

    public string Directory { get; }

    public static async Task<CourierJail> BuildAsync(
        string directory,
        UnpackedPackage package,
        MailAccount account,
        CancellationToken cancellationToken)
    {
        var jail = new CourierJail(directory);
        foreach (var program in _programs) Copy(package.PathOf(program), jail.PathOf(program));
        foreach (var library in await LibrariesAsync(package, cancellationToken))
        {
            var isUnpacked = library.StartsWith(package.Root + "/", StringComparison.Ordinal);
            Copy(library, jail.PathOf(isUnpacked ? library[package.Root.Length..] : library));
        }

        foreach (var folder in (string[])["etc", "tmp", "users", "run/courier/authdaemon"])
            System.IO.Directory.CreateDirectory(jail.PathOf(folder));

        // gam_server, which tells Courier of new files, names its socket after the user; without it each command takes a second.
        var line = FormattableString.Invariant($"{account.Name}:x:{account.Uid}:{account.Gid}::/:/bin/sh\n");
        await File.WriteAllTextAsync(jail.PathOf("etc/passwd"), line, cancellationToken);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(jail.PathOf("tmp"), (UnixFileMode)0b1_111_111_111);
        return jail;
    }

    public string PathOf(string path) => Path.Combine(Directory, path.TrimStart('/'));

    // "libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x…)", and the loader without an arrow.
    private static async Task<IEnumerable<string>> LibrariesAsync(UnpackedPackage package, CancellationToken cancellationToken)
    {
        var told = await Tool.RunAsync(
            "env",
            [$"LD_LIBRARY_PATH={package.LibraryPath}", "ldd", .. _programs.Select(package.PathOf)],
            cancellationToken);
        return told.Split((char[])[' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.StartsWith('/') && !word.EndsWith(':'))
            .Distinct(StringComparer.Ordinal);
    }

    private static void Copy(string from, string to)
    {
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to, overwrite: true);
    }
}
