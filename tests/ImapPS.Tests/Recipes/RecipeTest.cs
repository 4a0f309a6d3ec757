using System.Diagnostics;
using System.Text.Json;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Recipes;

/// <summary>A script of examples/ in the real PowerShell, started as a scheduler starts it.</summary>
public abstract class RecipeTest : IAsyncDisposable
{
    private const string Mark = "OBJECT ";

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A directory of the test's own.</summary>
    protected string Files { get; } = Directory.CreateTempSubdirectory("imapps-recipe-").FullName;

    public virtual ValueTask DisposeAsync()
    {
        Directory.Delete(Files, recursive: true);
        GC.SuppressFinalize(this);
        return default;
    }

    /// <summary>PowerShell text: the parameters by which the recipes connect.</summary>
    protected static string Login(MailUser user, string? password = null, string to = "") =>
        Login(user.Server, user.Name, password ?? user.Password, to);

    /// <inheritdoc cref="Login(MailUser, string?, string)"/>
    protected static string Login(DovecotServer server, string user, string password, string to = "") =>
        $$"""
        @{
            {{to}}Server = '{{server.Host}}'
            {{to}}Credential = [pscredential]::new('{{user}}', (ConvertTo-SecureString '{{password}}' -AsPlainText -Force))
            {{to}}Connection = @{ Port = {{server.Port}}; CertificateThumbprint = '{{server.CertificateThumbprint}}' }
        }
        """;

    /// <summary>Runs a script with $at, what Login tells, and $files, the directory.</summary>
    /// <param name="statement">How it is called, from examples/.</param>
    /// <param name="login">What $at is.</param>
    /// <param name="before">Statements before it.</param>
    protected async Task<RecipeRun> RunAsync(string statement, string login, string before = "")
    {
        string script =
            $$"""
            Import-Module '{{Repository.Manifest}}'
            Set-Location '{{Repository.Root}}/examples'
            $files = '{{Files}}'
            $at = {{login}}
            {{before}}
            $results = @({{statement}})
            if (Get-ImapSession) { throw 'A session was left.' }
            $results | ForEach-Object { '{{Mark}}' + (ConvertTo-Json $_ -Compress -Depth 2 -WarningAction Ignore) }
            exit $LASTEXITCODE
            """;
        ProcessStartInfo start = await ToolPowerShell.StartInfoAsync(["-NoProfile", "-NonInteractive", "-Command", script], Cancellation);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.UseShellExecute = false;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(Cancellation);
        string[] output = (await process.StandardOutput.ReadToEndAsync(Cancellation)).Split('\n', StringSplitOptions.TrimEntries);
        await process.WaitForExitAsync(Cancellation);
        return new RecipeRun(
            process.ExitCode,
            [.. output.Where(line => line.StartsWith(Mark, StringComparison.Ordinal))
                .Select(line => JsonDocument.Parse(line[Mark.Length..]).RootElement)],
            [.. output.Where(line => line.StartsWith("What if:", StringComparison.Ordinal))],
            string.Join('\n', output) + await errors);
    }

    /// <summary>Runs a script that is to do its work.</summary>
    protected async Task<RecipeRun> SucceedAsync(string statement, string login, string before = "")
    {
        RecipeRun run = await RunAsync(statement, login, before);
        Assert.True(run.ExitCode == 0, run.Said);
        return run;
    }

    protected static async Task<int> CountAsync(MailUser user, string folder)
    {
        await using RawImapClient client = await user.ConnectAsync(Cancellation);
        return (await client.UidsAsync(folder, cancellationToken: Cancellation)).Count;
    }

    /// <summary>Delivers a message that was received some days ago.</summary>
    protected static void Deliver(MailUser user, MailText mail, double daysAgo = 0, SystemFlags flags = SystemFlags.None) =>
        user.Deliver("INBOX", mail.ToString(), new MessageState(DateTimeOffset.Now.AddDays(-daysAgo), flags));
}

/// <summary>What came of a script.</summary>
/// <param name="ExitCode">The exit code of pwsh.</param>
/// <param name="Objects">What it returned, as JSON.</param>
/// <param name="WhatIf">The lines of -WhatIf.</param>
/// <param name="Said">All that was shown.</param>
public sealed record RecipeRun(int ExitCode, IReadOnlyList<JsonElement> Objects, IReadOnlyList<string> WhatIf, string Said)
{
    /// <summary>The one object.</summary>
    public JsonElement Single => Assert.Single(Objects);

    /// <summary>The text of a property of each object.</summary>
    public IEnumerable<string?> Texts(string property) => Objects.Select(one => one.GetProperty(property).GetString());
}
