using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Pester;

/// <summary>One file of tests, run by one Pester in a PowerShell of its own.</summary>
public sealed record PesterRun(string File, string Version)
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(8);

    private string Name => $"{Path.GetFileName(File)} ({Version})";

    /// <summary>The versions that the build put beside this library.</summary>
    public static IReadOnlyList<string> Versions { get; } =
        [.. Directory.GetDirectories(PesterFolder(string.Empty)).Select(folder => Path.GetFileName(folder)!).OrderBy(System.Version.Parse)];

    /// <summary>The results, at least one; each name begins with the file and the version.</summary>
    public async Task<IReadOnlyList<PesterResult>> ResultsAsync(DovecotServer server, CancellationToken cancellationToken)
    {
        string path = Path.GetTempFileName();
        try
        {
            string said = await RunAsync(server, path, cancellationToken);
            string json = await System.IO.File.ReadAllTextAsync(path, cancellationToken);
            PesterResult[] results = json.Length == 0 ? [] : JsonSerializer.Deserialize<PesterResult[]>(json)!;
            if (results.Length == 0) return [PesterResult.Failure(Name, said)];

            return [.. results.Select(result => result with { Name = $"{Name}: {result.Name}" })];
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    private static string PesterFolder(string version) => Path.Combine(AppContext.BaseDirectory, "pester", version);

    private async Task<string> RunAsync(DovecotServer server, string resultPath, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_patience);
        MailUser user = server.CreateUser();
        DemoMailbox.Fill(user, DateTimeOffset.Now);

        string script = Path.Combine(Repository.Root, "tests", "Invoke-TestFile.ps1");
        string[] arguments =
        [
            "-NoProfile", "-NonInteractive", "-File", script, File, "-Configuration", Module.Mono.Configuration,
            "-PesterPath", PesterFolder(Version), "-ResultPath", resultPath,
        ];
        ProcessStartInfo start = await ToolPowerShell.StartInfoAsync(arguments, patience.Token);
        start.Environment["IMAPPS_TEST_SERVER"] = server.Host;
        start.Environment["IMAPPS_TEST_PORT"] = server.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["IMAPPS_TEST_USER"] = user.Name;
        start.Environment["IMAPPS_TEST_PASSWORD"] = user.Password;
        start.Environment["IMAPPS_TEST_THUMBPRINT"] = server.CertificateThumbprint;
        try
        {
            return await Tool.RunAsync(start, patience.Token);
        }
        catch (InvalidOperationException failure)
        {
            return failure.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"It had not ended after {_patience}.";
        }
    }
}
