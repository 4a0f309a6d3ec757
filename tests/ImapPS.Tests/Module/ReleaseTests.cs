using System.Diagnostics;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Module;

/// <summary>What build.ps1 and the workflows say of a version.</summary>
public sealed class ReleaseTests : IDisposable
{
    private const string Changelog = "# Changelog\n\n## [Unreleased]\n\n- A line.\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("imapps-release-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_assemblies_and_the_package_have_the_manifests_version()
    {
        string[] said = await RunAsync(Repository.Root, "Release",
            "Get-PackageVersion; (Import-PowerShellDataFile ImapPS.psd1).ModuleVersion");
        Assert.StartsWith(said[1], said[0], StringComparison.Ordinal);
        var file = FileVersionInfo.GetVersionInfo(Path.Combine(Repository.Root, "bin", "net8.0", "ImapPS.dll"));
        Assert.Equal(said[0], file.ProductVersion!.Split('+')[0]);
        Assert.Equal($"{said[1]}.0", file.FileVersion);
    }

    [Fact]
    public async Task The_notes_of_a_release_are_its_section_of_the_changelog()
    {
        Manifest();
        File.WriteAllText(Path.Combine(_folder, "CHANGELOG.md"),
            "# Changelog\n\n## [Unreleased]\n\n- Later.\n\n## [1.2.3-rc4] - 2026-12-01\n\n- It's here.\n\n## [1.2.2]\n\n- Before.\n");
        string[] said = await RunAsync(_folder, "Release",
            "Add-ReleaseNote .; Get-PackageVersion; (Test-ModuleManifest ./ImapPS.psd1).ReleaseNotes");
        Assert.Equal(["1.2.3-rc4", "- It's here.", "All changes: https://example.org/p/blob/main/CHANGELOG.md"], said);
    }

    [Fact]
    public async Task Before_its_section_is_closed_they_are_what_is_unreleased()
    {
        Manifest();
        File.WriteAllText(Path.Combine(_folder, "CHANGELOG.md"), Changelog);
        string[] said = await RunAsync(_folder, "Release", "Add-ReleaseNote .; (Test-ModuleManifest ./ImapPS.psd1).ReleaseNotes");
        Assert.Equal("- A line.", said[0]);
    }

    [Theory]
    [InlineData(false, false, "passes")]
    [InlineData(true, true, "passes")]
    [InlineData(true, false, "is refused")]
    public async Task A_change_of_the_public_surface_needs_a_line_in_the_changelog(bool surface, bool changelog, string verdict)
    {
        string list = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "docs", "public-surface")).FullName, "cmdlets.txt");
        string log = Path.Combine(_folder, "CHANGELOG.md");
        await File.WriteAllTextAsync(list, "Get-One\n", Cancellation);
        await File.WriteAllTextAsync(log, Changelog, Cancellation);
        await GitAsync("init", "--quiet");
        await CommitAsync("one");
        await GitAsync("tag", "v1.0.0");

        if (surface) await File.AppendAllTextAsync(list, "Get-Two\n", Cancellation);
        await File.WriteAllTextAsync(log,
            Changelog.Replace("## [Unreleased]\n", "## [Unreleased]\n\n## [1.0.0]\n", StringComparison.Ordinal)
            + (changelog ? "- `Get-Two` is new.\n" : ""), Cancellation);
        await CommitAsync("two");

        string[] said = await RunAsync(_folder, "Quality", "try { Test-Surface; 'passes' } catch { 'is refused' }");
        Assert.Equal([verdict], said);
    }

    private void Manifest() => File.WriteAllText(Path.Combine(_folder, "ImapPS.psd1"),
        """
        @{
            ModuleVersion = '1.2.3'
            PrivateData   = @{ PSData = @{
                Prerelease   = 'rc4'
                ProjectUri   = 'https://example.org/p'
                ReleaseNotes = 'https://example.org/p/blob/main/CHANGELOG.md'
            } }
        }
        """);

    private async Task CommitAsync(string message)
    {
        await GitAsync("add", "--all");
        await GitAsync("-c", "user.name=test", "-c", "user.email=test@example.org", "commit", "--quiet", "--message", message);
    }

    private Task<string> GitAsync(params string[] arguments) => Tool.RunAsync("git", ["-C", _folder, .. arguments], Cancellation);

    private static async Task<string[]> RunAsync(string folder, string script, string statements)
    {
        string said = await ToolPowerShell.RunAsync(
            $"$ErrorActionPreference = 'Stop'; Set-StrictMode -Version 3.0; Set-Location '{folder}'; "
            + $". '{Repository.Root}/build/{script}.ps1'; {statements}",
            Cancellation);
        return said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
