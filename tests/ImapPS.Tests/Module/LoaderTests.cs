using System.Reflection;
using System.Reflection.Emit;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Module;

/// <summary>Loading, each in a process of its own: what one import has loaded, the next cannot load again.</summary>
public sealed class LoaderTests
{
    private const string Import = "Import-Module $manifest";

    private const string Names = "[AppDomain]::CurrentDomain.GetAssemblies().GetName().Name";

    /// <summary>Makes the module use all that it needs: it says whether that worked.</summary>
    private const string Use =
        "try { Connect-Imap 127.0.0.1 -Port 1 -Credential ([pscredential]::new('a', [securestring]::new())) } "
            + "catch { $_.FullyQualifiedErrorId }";

    private const string Works = "ConnectionFailed,ImapPS.Commands.ConnectImapCommand";

    /// <summary>What another module does that ships the decoy.</summary>
    private const string LoadDecoy = "$null = [Reflection.Assembly]::LoadFrom($decoy)";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_core_and_its_dependencies_load_in_a_context_of_their_own() =>
        Assert.Equal(
            [Works, "Default ImapPS 1", "ImapPS ImapPS.Core 1", "ImapPS MailKit 4"],
            await RunAsync($"{Import}; {Use}; {Loaded("ImapPS", "ImapPS.Core", "MailKit")}"));

    [Fact]
    public async Task An_import_loads_only_what_it_needs()
    {
        // Asking for the names loads something too, the first time.
        string[] lines = await RunAsync($"$null = {Names}; {Names}; '-'; {Import}; {Names}");
        IEnumerable<string> before = lines.TakeWhile(line => line != "-");
        Assert.Equal(
            ["ImapPS", "ImapPS.Core", "ImapPS.Loader"],
            lines.SkipWhile(line => line != "-").Skip(1).Except(before, StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_script_names_the_modules_types() =>
        Assert.Equal(
            ["ImapPS.Models.ImapMessage", "Answered", "ImapPS.Models.ImapFolder"],
            await RunAsync($"{Import}; [ImapPS.Models.ImapMessage].FullName; [imapps.models.imapmessageflags]::Answered; "
                + "('ImapPS.Models.ImapFolder' -as [type]).FullName"));

    [Theory]
    [InlineData("MailKit", 1)]
    [InlineData("MailKit", 99)]
    [InlineData("BouncyCastle.Cryptography", 1)]
    [InlineData("BouncyCastle.Cryptography", 99)]
    public async Task Another_version_that_was_there_first_does_no_harm(string name, int version)
    {
        using var decoy = new Decoy(name, version);
        Assert.Equal(
            Lines([Works, $"Default {name} {version}"], Own(name)),
            await RunAsync($"{LoadDecoy}; {Import}; {Use}; {Loaded(name)}", decoy.Path));
    }

    [Theory]
    [InlineData("MailKit", 1)]
    [InlineData("MailKit", 99)]
    [InlineData("BouncyCastle.Cryptography", 1)]
    [InlineData("BouncyCastle.Cryptography", 99)]
    public async Task Another_version_that_comes_later_is_not_harmed(string name, int version)
    {
        using var decoy = new Decoy(name, version);
        Assert.Equal(
            Lines([Works, $"{name}.Decoy", $"Default {name} {version}"], Own(name)),
            await RunAsync($"{Import}; {Use}; {LoadDecoy}; ([type] '{name}.Decoy, {name}').FullName; {Loaded(name)}", decoy.Path));
    }

    [Theory]
    [InlineData("MimeKit")]
    [InlineData("MailKit")]
    [InlineData("BouncyCastle.Cryptography")]
    public async Task Who_else_asks_does_not_get_what_is_the_modules_own(string name) =>
        Assert.Equal(
            [Works, "FileNotFoundException"],
            await RunAsync($"{Import}; {Use}; try {{ [Reflection.Assembly]::Load('{name}').Location }} catch {{ "
                + $"$_.Exception.InnerException.GetType().Name }}"));

    [Fact]
    public async Task The_manifest_is_valid_and_exports_what_there_is()
    {
        string[] lines = await RunAsync(
            $"$manifest = Test-ModuleManifest '{Repository.Manifest}'; Import-Module '{Repository.Manifest}' -Force; "
                + "($manifest.ExportedCmdlets.Keys -join ' '); ((Get-Module ImapPS).ExportedCmdlets.Keys -join ' "
                + "'); ((Get-Module ImapPS).ExportedCommands.Count - $manifest.ExportedCmdlets.Count)");
        Assert.Equal(lines[0].Split(' ').Order(StringComparer.Ordinal), lines[1].Split(' ').Order(StringComparer.Ordinal));
        Assert.Equal("0", lines[2]);
        Assert.Equal(
            typeof(Commands.ConnectImapCommand).Assembly.GetExportedTypes().Count(type => type.Namespace == "ImapPS.Commands"),
            lines[0].Split(' ').Length);
    }

    /// <summary>The module's own, where it has loaded it: BouncyCastle waits for the first signed message.</summary>
    private static string[] Own(string name) => name == "MailKit" ? ["ImapPS MailKit 4"] : [];

    private static string[] Lines(string[] some, string[] others) => [.. some, .. others];

    private static string Loaded(params string[] names) =>
        "[System.Runtime.Loader.AssemblyLoadContext]::All | ForEach-Object { $context = $_; $context.Assemblies "
            + "| ForEach-Object { $_.GetName() } "
        + $"| Where-Object Name -in '{string.Join("', '", names)}' | ForEach-Object {{ \"$($context.Name) $($_.Name) "
            + $"$($_.Version.Major)\" }} }} | Sort-Object";

    private static Task<string[]> RunAsync(string script, string? decoy = null) =>
        FreshProcess.RunAsync($"$manifest = '{Repository.Manifest}'; $decoy = '{decoy}'; {script}", Cancellation);

    /// <summary>An assembly with the name of one of ours, as another module may ship it.</summary>
    private sealed class Decoy : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("imapps-decoy-").FullName;

        public Decoy(string name, int version)
        {
            Path = System.IO.Path.Combine(_folder, name + ".dll");
            var assembly = new PersistedAssemblyBuilder(new AssemblyName(name) { Version = new Version(version, 0, 0, 0) },
                typeof(object).Assembly);
            assembly.DefineDynamicModule(name).DefineType($"{name}.Decoy", TypeAttributes.Public).CreateType();
            assembly.Save(Path);
        }

        public string Path { get; }

        public void Dispose() => Directory.Delete(_folder, recursive: true);
    }
}
