using ImapPS.Sandbox;

namespace ImapPS.Tests.Pester;

/// <summary>Every tests/*.Tests.ps1 in the real PowerShell; each It is a test of its own.</summary>
public sealed class PesterTests
{
    private const int AtOnce = 2;

    /// <summary>This one is for users of any Pester from 5 on; the others only need one.</summary>
    private const string OperatorFile = "ImapPS.Pester.Tests.ps1";

    public static async Task<IEnumerable<TheoryDataRow<PesterResult>>> Results()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await using DovecotServer server = await DovecotServer.StartAsync(cancellationToken: cancellation);
        PesterRun[] runs = [.. Runs()];
        var results = new IReadOnlyList<PesterResult>[runs.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        await Parallel.ForAsync(0, runs.Length, options, async (i, stop) =>
        {
            results[i] = await runs[i].ResultsAsync(server, stop);
        });
        return
            from result in results.SelectMany(each => each)
            select new TheoryDataRow<PesterResult>(result) { TestDisplayName = result.Name, Label = string.Empty };
    }

    [Theory]
    [MemberData(nameof(Results), DisableDiscoveryEnumeration = true)]
    public void It(PesterResult result)
    {
        if (result.Result == "Skipped") Assert.Skip(result.Name);
        Assert.True(result.Result == "Passed", $"{result.Result}: {result.Error}");
    }

    private static IEnumerable<PesterRun> Runs() =>
        from file in Directory.GetFiles(Path.Combine(Repository.Root, "tests"), "*.Tests.ps1").Order(StringComparer.Ordinal)
        from version in Path.GetFileName(file) == OperatorFile ? PesterRun.Versions : PesterRun.Versions.TakeLast(1)
        select new PesterRun(file, version);
}
