using System.Runtime.InteropServices;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Module;

/// <summary>
/// Which library is loaded, where the module has some that are compiled ahead. Here they are copies: tests/Installation has the real ones.
/// </summary>
public sealed class ImageTests : IDisposable
{
    private static readonly string[] _compiled = ["ImapPS.Loader", "ImapPS", "dependencies/ImapPS.Core", "dependencies/MailKit",
        "dependencies/MimeKit"];

    private static readonly string[] _files = ["ImapPS.psd1", "ImapPS.psm1", "bin/*.ps1xml", "bin/net8.0/*.dll",
        "bin/net8.0/dependencies/*.dll"];

    private readonly string _module = Directory.CreateTempSubdirectory("imapps-images-").FullName;

    public ImageTests()
    {
        foreach (string pattern in _files) Copy(pattern, Path.GetDirectoryName(pattern)!);
    }

    private static string Own => $"net{Environment.Version.Major}.0-{RuntimeInformation.RuntimeIdentifier}";

    [Fact]
    public async Task The_image_for_this_runtime_and_platform_is_taken_and_the_rest_from_beside_it()
    {
        AddImage(Own);
        Assert.Equal(
            [
                "BouncyCastle.Cryptography net8.0/dependencies", $"ImapPS {Own}", $"ImapPS.Core {Own}/dependencies",
                $"ImapPS.Loader {Own}", $"MailKit {Own}/dependencies", $"MimeKit {Own}/dependencies",
            ],
            await LoadedAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("net10.0-other-x64")]
    [InlineData("net8.0-linux-x64")]
    public async Task Where_there_is_none_the_plain_code_is_taken(string? image)
    {
        if (image is not null) AddImage(image);

        Assert.Equal(
            [
                "BouncyCastle.Cryptography net8.0/dependencies", "ImapPS net8.0", "ImapPS.Core net8.0/dependencies", "ImapPS.Loader net8.0",
                "MailKit net8.0/dependencies", "MimeKit net8.0/dependencies",
            ],
            await LoadedAsync());
    }

    [Fact]
    public void A_build_leaves_no_image_that_could_become_older_than_its_code() =>
        Assert.Equal(
            ["net472", "net8.0"],
            new DirectoryInfo(Path.Combine(Repository.Root, "bin")).GetDirectories().Select(folder => folder.Name)
                .Order(StringComparer.Ordinal));

    /// <summary>A type that moved or was renamed is compiled when it runs. ProfileRecorder writes the list anew.</summary>
    [Fact]
    public void Most_of_what_is_compiled_ahead_is_still_there()
    {
        string[] types = [.. File.ReadLines(ProfileRecorder.Path).Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)])];
        string[] gone = [.. types.Where(type => Type.GetType(string.Join(", ", type.Split('!').Reverse())) is null)];
        Assert.True(gone.Length * 10 <= types.Length, $"Not there: {string.Join(", ", gone)}");
    }

    public void Dispose() => Directory.Delete(_module, recursive: true);

    private void AddImage(string name)
    {
        foreach (string file in _compiled)
        {
            Copy($"bin/net8.0/{file}.dll", Path.Combine("bin", name, Path.GetDirectoryName(file)!));
        }
    }

    private void Copy(string pattern, string folder)
    {
        string destination = Directory.CreateDirectory(Path.Combine(_module, folder)).FullName;
        string source = Path.Combine(Repository.Root, Path.GetDirectoryName(pattern)!);
        foreach (string file in Directory.GetFiles(source, Path.GetFileName(pattern)))
        {
            File.Copy(file, Path.Combine(destination, Path.GetFileName(file)));
        }
    }

    /// <summary>Where the module's assemblies came from, with one that no image has.</summary>
    private Task<string[]> LoadedAsync() => FreshProcess.RunAsync(
        $$"""
        Import-Module '{{_module}}/ImapPS.psd1'
        $context = [System.Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -eq ImapPS
        'MailKit', 'MimeKit', 'BouncyCastle.Cryptography' | ForEach-Object { $null = $context.LoadFromAssemblyName($_) }
        [System.Runtime.Loader.AssemblyLoadContext]::All.Assemblies | Where-Object Location -like '{{_module}}*' | ForEach-Object {
            $folder = [IO.Path]::GetRelativePath('{{_module}}/bin', [IO.Path]::GetDirectoryName($_.Location)).Replace('\', '/')
            "$($_.GetName().Name) $folder"
        } | Sort-Object
        """,
        TestContext.Current.CancellationToken);
}
