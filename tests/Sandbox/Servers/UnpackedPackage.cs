using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>
/// A Debian package beside the system: unpacked into a folder of its own together with what it needs and the system lacks, since Debian
/// allows one IMAP server and the system has Dovecot. Nothing is configured or started.
/// </summary>
/// <param name="Root">What would be / if it were installed.</param>
/// <param name="Version">The version as its makers count: 3.6.1 of 3.6.1-4+deb12u5.</param>
internal sealed record UnpackedPackage(string Root, string Version)
{
    private const string RootName = "root";
    private const string ArchivesName = "archives";

    /// <summary>The folders of its libraries, as LD_LIBRARY_PATH has them; what the system has already is found there.</summary>
    public string LibraryPath => string.Join(':', LibraryFolders);

    public IReadOnlyList<string> LibraryFolders =>
        [.. Directory.GetDirectories(Path.Combine(Root, "usr/lib"), "*-linux-gnu*"), Path.Combine(Root, "usr/lib")];

    /// <summary>The first package, with the others, from the cache or from Debian, which needs root and apt-get.</summary>
    public static async Task<UnpackedPackage> FindOrUnpackAsync(IReadOnlyList<string> packages, CancellationToken cancellationToken)
    {
        var folder = await SandboxCache.FindOrFillAsync(
            packages[0],
            half => UnpackAsync(packages, half, cancellationToken),
            cancellationToken);
        var archive = Path.GetFileName(Directory.GetFiles(Path.Combine(folder, ArchivesName), $"{packages[0]}_*.deb").Single());
        return new UnpackedPackage(Path.Combine(folder, RootName), MakersVersion(archive.Split('_')[1]));
    }

    public string PathOf(string path) => Path.Combine(Root, path.TrimStart('/'));

    private static async Task UnpackAsync(IReadOnlyList<string> packages, string folder, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess || DebianPackage.Which("apt-get") is not { } apt)
        {
            throw new InvalidOperationException(
                $"{packages[0]} is not in {SandboxCache.Root}. Run this as root where apt-get is, and it unpacks it there.");
        }

        var archives = Path.Combine(folder, ArchivesName);
        Directory.CreateDirectory(Path.Combine(archives, "partial"));

        // It finds out that Dovecot would have to go, which does not matter: it only downloads.
        string[] download =
        [
            "install", "-q", "-y", "--download-only", "--no-install-recommends",
            "-o", "DPkg::Lock::Timeout=300", "-o", $"Dir::Cache::archives={archives}",
            .. packages,
        ];
        try
        {
            await Tool.RunAsync(apt, download, cancellationToken);
        }
        catch (InvalidOperationException)
        {
            // A new machine has no lists, and an old one has lists of what is no longer there.
            await Tool.RunAsync(apt, ["update", "-q"], cancellationToken);
            await Tool.RunAsync(apt, download, cancellationToken);
        }

        foreach (var archive in Directory.GetFiles(archives, "*.deb"))
            await Tool.RunAsync("dpkg-deb", ["-x", archive, Path.Combine(folder, RootName)], cancellationToken);
    }

    // Epoch:makers' version[+more]-Debian's revision.
    private static string MakersVersion(string version)
    {
        var withoutEpoch = Uri.UnescapeDataString(version).Split(':')[^1];
        return withoutEpoch.Split('-', '+')[0];
    }
}
