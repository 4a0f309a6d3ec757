using System.Diagnostics;
using System.Globalization;

namespace ImapPS.Tests.Content;

/// <summary>Runs <see cref="BombTests"/> where memory ends early: no other test shakes that, and no clock is needed.</summary>
public sealed class BombProcessTests
{
    /// <summary>What a process of tests takes itself is in it.</summary>
    private const int HeapMegabytes = 100;

    [Fact]
    public async Task No_message_takes_a_hundred_megabytes()
    {
        string directory = Directory.CreateTempSubdirectory("ImapPS-bombs-").FullName;
        foreach (TheoryDataRow<string, bool> row in BombTests.Bombs) Bomb.Write(row.Data.Item1, directory);

        var start = new ProcessStartInfo("dotnet",
            ["exec", typeof(BombTests).Assembly.Location, "-class", typeof(BombTests).FullName!, "-explicit",
            "only", "-parallelMode", "none", "-noLogo"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_GCHeapHardLimit"] = (HeapMegabytes * 1024 * 1024).ToString("x", CultureInfo.InvariantCulture);
        start.Environment[BombTests.DirectoryVariable] = directory;
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";

        // The heap is to be full of what is in use, not of holes.
        start.Environment["DOTNET_GCConserveMemory"] = "9";

        using Process process = Process.Start(start)!;
        try
        {
            Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, $"{output}\n{await errors}");
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"Total: {BombTests.Bombs.Count}"), output,
                StringComparison.Ordinal);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            Directory.Delete(directory, recursive: true);
        }
    }
}
