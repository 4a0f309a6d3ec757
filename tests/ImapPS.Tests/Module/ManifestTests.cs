using System.Management.Automation.Language;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Module;

/// <summary>The manifest is plain data, for tools as for PowerShell, and serves both editions.</summary>
public sealed class ManifestTests
{
    private const string Update =
        """
        Update-PSModuleManifest $path -Description 'Changed.' -ModuleVersion 9.8.7
        $new = Test-ModuleManifest $path
        "$($new.Version)", $new.RootModule
        $new.CompatiblePSEditions
        """;

    private const string WhatLoaded =
        """
        $nobody = [pscredential]::new('a', [securestring]::new())
        $module = Import-Module $path -PassThru
        try { Connect-Imap 127.0.0.1 -Port 1 -Credential $nobody } catch { $_.FullyQualifiedErrorId }
        $module.ExportedCmdlets.Count
        $module.NestedModules | ForEach-Object { [IO.Path]::GetRelativePath((Split-Path $path), $_.Path) }
        """;

    private const string WhateverThePreferences =
        """
        Set-StrictMode -Version Latest
        function Import-Module { throw 'not this one' }
        $global:ErrorActionPreference = 'SilentlyContinue'
        try { Microsoft.PowerShell.Core\Import-Module $path -ErrorAction Stop; 'imported' } catch { 'failed' }
        (Microsoft.PowerShell.Core\Import-Module ./ImapPS.psd1 -PassThru).Name
        """;

    private static readonly string _folder = Path.Combine("bin", "net8.0");
    private static readonly string[] _libraries = [Path.Combine(_folder, "ImapPS.Loader.dll"), Path.Combine(_folder, "ImapPS.dll")];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Import_PowerShellDataFile_reads_it()
    {
        string[] lines = await LinesAsync(
            "$data = Import-PowerShellDataFile $path; $data.RootModule; $data.CompatiblePSEditions; $data.CmdletsToExport.Count",
            Repository.Manifest);
        Assert.Equal(["ImapPS.psm1", "Core", "Desktop", Text(ModuleCmdlets.Types.Count())], lines);
    }

    [Fact]
    public async Task Update_PSModuleManifest_keeps_both_editions()
    {
        string folder = Path.Combine(Directory.CreateTempSubdirectory("imapps-manifest-").FullName, "ImapPS");
        try
        {
            Copy(folder);
            string manifest = Path.Combine(folder, "ImapPS.psd1");
            string[] updated = await LinesAsync(Update, manifest);
            Assert.Equal(["9.8.7", "ImapPS.psm1", "Core", "Desktop"], updated);
            string[] loaded = await LinesAsync(WhatLoaded, manifest);
            string failed = "ConnectionFailed,ImapPS.Commands.ConnectImapCommand";
            Assert.Equal([failed, Text(ModuleCmdlets.Types.Count()), .. _libraries], loaded);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
        }
    }

    [Theory]
    [InlineData("Core", "net8.0")]
    [InlineData("Desktop", "net472")]
    public void The_root_chooses_the_library_of_the_edition(string edition, string framework)
    {
        // The choice alone, by another edition than that which runs; what follows would load it.
        string root = Path.ChangeExtension(Repository.Manifest, ".psm1");
        ScriptBlockAst script = Parser.ParseFile(root, out _, out ParseError[] errors);
        Assert.Empty(errors);
        string choice = script.EndBlock.Statements[0].Extent.Text
            .Replace("$PSEdition", $"'{edition}'", StringComparison.Ordinal)
            .Replace("$PSScriptRoot", Repository.Root, StringComparison.Ordinal);
        using var engine = new PowerShellEngine(new EngineOptions { ImportModule = false });
        string folder = Assert.Single(engine.Invoke($"{choice}; $folder").Output).ToString();
        Assert.Equal(Path.Combine(Repository.Root, "bin", framework), Path.GetFullPath(folder));
        Assert.True(File.Exists(Path.Combine(folder, "ImapPS.dll")) && File.Exists(Path.Combine(folder, "ImapPS.Loader.dll")));
        Assert.InRange(script.EndBlock.Statements.Count, 1, 3);
    }

    [Fact]
    public async Task Whatever_the_preferences_are_it_is_imported_or_fails()
    {
        string folder = Path.Combine(Directory.CreateTempSubdirectory("imapps-manifest-").FullName, "ImapPS");
        try
        {
            Copy(folder);
            File.Delete(Path.Combine(folder, _libraries[1]));
            string[] lines = await LinesAsync(WhateverThePreferences, Path.Combine(folder, "ImapPS.psd1"));
            Assert.Equal(["failed", "ImapPS"], lines);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
        }
    }

    private static void Copy(string folder)
    {
        Directory.CreateDirectory(folder);
        string[] files =
        [
            .. Directory.GetFiles(Repository.Root, "ImapPS.ps?1"),
            .. Directory.GetFiles(Path.Combine(Repository.Root, "bin"), "*", SearchOption.AllDirectories),
        ];
        foreach (string file in files)
        {
            string copy = Path.Combine(folder, Path.GetRelativePath(Repository.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static async Task<string[]> LinesAsync(string script, string manifest)
    {
        string output = await ToolPowerShell.RunAsync($"$path = '{manifest}'\n{script}", Cancellation);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
