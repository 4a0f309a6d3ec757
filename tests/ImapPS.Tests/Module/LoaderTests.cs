using System.Diagnostics;
using System.Reflection;
using System.Reflection.Emit;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Module;

/// <summary>Loading, each in a process of its own: what one import has loaded, the next cannot load again.</summary>
public sealed class LoaderTests
{
    private const string WhatIsLoaded =
        "[System.Runtime.Loader.AssemblyLoadContext]::All | ForEach-Object { $context = $_; $context.Assemblies | Where-Object { $_.GetName().Name -eq 'MailKit' } | ForEach-Object { $context.Name + ' ' + $_.GetName().Version.Major } }";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dependencies_load_in_a_context_of_their_own()
    {
        string[] lines = await RunAsync($"Import-Module '{Repository.Manifest}'; try {{ Connect-Imap 127.0.0.1 -Port 1 -Credential ([pscredential]::new('a', [securestring]::new())) }} catch {{ $_.FullyQualifiedErrorId }}; {WhatIsLoaded}");
        Assert.Equal(["ConnectionFailed,ImapPS.Commands.ConnectImapCommand", "ImapPS 4"], lines);
    }

    [Fact]
    public async Task An_older_MailKit_that_was_there_first_does_no_harm()
    {
        string decoy = Path.Combine(Directory.CreateTempSubdirectory("imapps-decoy-").FullName, "MailKit.dll");
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("MailKit") { Version = new Version(1, 0, 0, 0) }, typeof(object).Assembly);
        assembly.DefineDynamicModule("MailKit").DefineType("MailKit.Decoy", TypeAttributes.Public).CreateType();
        assembly.Save(decoy);
        try
        {
            string[] lines = await RunAsync($"$null = [Reflection.Assembly]::LoadFrom('{decoy}'); Import-Module '{Repository.Manifest}'; try {{ Connect-Imap 127.0.0.1 -Port 1 -Credential ([pscredential]::new('a', [securestring]::new())) }} catch {{ $_.FullyQualifiedErrorId }}; {WhatIsLoaded}");
            Assert.Equal(["ConnectionFailed,ImapPS.Commands.ConnectImapCommand", "Default 1", "ImapPS 4"], lines);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(decoy)!, recursive: true);
        }
    }

    [Fact]
    public async Task The_manifest_is_valid_and_exports_what_there_is()
    {
        string[] lines = await RunAsync(
            $"$manifest = Test-ModuleManifest '{Repository.Manifest}'; Import-Module '{Repository.Manifest}' -Force; ($manifest.ExportedCmdlets.Keys -join ' '); ((Get-Module ImapPS).ExportedCmdlets.Keys -join ' '); ((Get-Module ImapPS).ExportedCommands.Count - $manifest.ExportedCmdlets.Count)");
        Assert.Equal(lines[0].Split(' ').Order(StringComparer.Ordinal), lines[1].Split(' ').Order(StringComparer.Ordinal));
        Assert.Equal("0", lines[2]);
        Assert.Equal(
            typeof(Commands.ConnectImapCommand).Assembly.GetExportedTypes().Count(type => type.Namespace == "ImapPS.Commands"),
            lines[0].Split(' ').Length);
    }

    private static async Task<string[]> RunAsync(string script)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string argument in new[] { typeof(Repository).Assembly.Location, "--no-module", "-c", script }) start.ArgumentList.Add(argument);

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(Cancellation);
        string output = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        Assert.Equal(string.Empty, await errors);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
