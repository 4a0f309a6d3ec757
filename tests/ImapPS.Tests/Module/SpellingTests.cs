using ImapPS.Sandbox;

namespace ImapPS.Tests.Module;

/// <summary>What readers read, by codespell: it knows what people misspell, and leaves alone what it does not know.</summary>
public sealed class SpellingTests
{
    /// <summary>Names of Pester and of parameters, in lower case.</summary>
    private const string Names = "afterall,atleast,upto,ist";

    [Fact]
    public async Task The_pages_and_the_help_are_spelt_as_in_the_dictionary()
    {
        string program = await DebianPackage.FindOrInstallAsync(
            () => DebianPackage.Which("codespell"), ["codespell"], TestContext.Current.CancellationToken);
        string[] pages =
        [
            .. Directory.GetFiles(Repository.Root, "*.md"),
            .. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories),
            .. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.txt"),
            .. Directory.GetFiles(Path.Combine(Repository.Root, "examples")),
        ];
        Assert.Equal("", await Tool.RunAsync(program, ["-L", Names, .. pages], TestContext.Current.CancellationToken));
    }
}
