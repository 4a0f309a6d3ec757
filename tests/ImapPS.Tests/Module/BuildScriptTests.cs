using System.Diagnostics;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Module;

/// <summary>build.ps1 as a shell calls it, which hands a list over word by word.</summary>
public sealed class BuildScriptTests
{
    [Theory]
    [InlineData("-Task", "Build,", "Package,", "Nonsense")]
    [InlineData("-Task", "Build,Package,Nonsense")]
    [InlineData("Build", "Package", "Nonsense")]
    public async Task A_list_of_tasks_is_read_word_by_word_before_any_is_run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["pwsh", "-NoProfile", "-File", "./build.ps1", .. arguments])
        {
            WorkingDirectory = Repository.Root,
        };
        start.Environment["NO_COLOR"] = "1";

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Tool.RunAsync(start, TestContext.Current.CancellationToken));
        Assert.Contains("'Nonsense' is no task", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Building", failure.Message, StringComparison.Ordinal);
    }
}
