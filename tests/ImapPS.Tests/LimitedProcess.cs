using System.Diagnostics;
using System.Globalization;
using ImapPS.Tests.Fuzzing;

namespace ImapPS.Tests;

/// <summary>
/// Runs the explicit tests of a class in a process whose heap ends early: there too much is an OutOfMemoryException, whatever else the
/// machine is at, and a stack that overflows ends no other test.
/// </summary>
internal static class LimitedProcess
{
    /// <summary>Runs the one test of a fuzzer, and shows its report.</summary>
    /// <param name="tests">The class.</param>
    /// <param name="megabytes">How large the heap may grow.</param>
    public static async Task FuzzAsync(Type tests, int megabytes)
    {
        string report = Path.GetTempFileName();
        await RunAsync(tests, 1, megabytes, Findings.ReportVariable, report);
        TestContext.Current.TestOutputHelper!.WriteLine(await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken));
        File.Delete(report);
    }

    /// <summary>Runs them, and fails unless they pass.</summary>
    /// <param name="tests">The class.</param>
    /// <param name="count">How many tests it has.</param>
    /// <param name="megabytes">How large the heap may grow. What a process of tests takes itself is in it.</param>
    /// <param name="variable">An environment variable for them.</param>
    /// <param name="value">Its value.</param>
    public static async Task RunAsync(Type tests, int count, int megabytes, string variable, string value)
    {
        var start = new ProcessStartInfo("dotnet",
            ["exec", tests.Assembly.Location, "-class", tests.FullName!, "-explicit", "only", "-parallelMode", "none", "-noLogo"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_GCHeapHardLimit"] = (megabytes * 1024L * 1024).ToString("x", CultureInfo.InvariantCulture);
        start.Environment[variable] = value;
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
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"Total: {count}"), output, StringComparison.Ordinal);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
