using System.Diagnostics;
using System.Text.Json;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Pages;

/// <summary>
/// Everything that a page tells its reader to type, page by page in a PowerShell of its own, from top to bottom, with the demo mailbox.
/// tests/Pages/Invoke-Page.ps1 tells what a page can say of its blocks.
/// </summary>
public sealed class SnippetTests(MailServer mail)
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(3);

    /// <summary>Pages whose blocks other tests run.</summary>
    private static readonly string[] _elsewhere =
    [
        "docs/servers.md", // ServerTests, which writes it
        "docs/tour-of-the-console.md", // TourPageTests, which compares what comes back as well
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Pages =>
    [
        .. PageFiles.ForUsers.Except(_elsewhere)
            .Where(page => PageFiles.Text(page).Contains("\n```powershell\n", StringComparison.Ordinal)
                || PageFiles.Text(page).Contains("\nPS> ", StringComparison.Ordinal)),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task What_is_to_be_typed_does_what_the_page_says(string page)
    {
        IReadOnlyList<Result> results = await RunAsync(page);

        Assert.NotEmpty(results);
        Assert.DoesNotContain(results, result => !result.Succeeded);
    }

    private async Task<IReadOnlyList<Result>> RunAsync(string page)
    {
        MailUser user = mail.Dovecot.CreateUser();
        DemoMailbox.Fill(user, DateTimeOffset.UtcNow);
        foreach (string folder in new[] { "Projects/Apollo", "Reports" }) user.CreateFolder(folder);
        MailUser other = mail.Dovecot.CreateUser();
        DirectoryInfo home = Directory.CreateTempSubdirectory("imapps-pages-");
        string path = Path.Combine(home.FullName, "results.json");
        ProcessStartInfo start = await ToolPowerShell.StartInfoAsync(
            ["-NoProfile", "-NonInteractive", "-File", "tests/Pages/Invoke-Page.ps1", page, "-ResultPath", path], Cancellation);
        foreach (string name in new[] { "HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME" })
        {
            start.Environment[name] = home.FullName;
        }

        start.Environment["PSModulePath"] = Directory.GetDirectories(Path.Combine(AppContext.BaseDirectory, "pester"))
            .MaxBy(folder => Version.Parse(Path.GetFileName(folder)));
        start.Environment[SandboxAccess.EnvironmentVariable] = SandboxAccess.For(user).ToJson();
        start.Environment[SandboxAccess.EnvironmentVariable + "_OTHER"] = SandboxAccess.For(other).ToJson();
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            patience.CancelAfter(_patience);
            await Tool.RunAsync(start, patience.Token);
            return JsonSerializer.Deserialize<Result[]>(await File.ReadAllTextAsync(path, Cancellation))!;
        }
        finally
        {
            home.Delete(recursive: true);
            user.Discard();
            other.Discard();
        }
    }

    /// <summary>What came of a block.</summary>
    private sealed record Result(int Line, string Code, bool Succeeded, string[] Expected, string[] Errors, string Shown)
    {
        public override string ToString() =>
            $"line {Line}: {Code}\nexpected: {string.Join(", ", Expected)}\nerrors: {string.Join("\n", Errors)}\nshown: {Shown}\n";
    }
}
