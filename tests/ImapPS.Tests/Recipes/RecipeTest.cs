using System.Diagnostics;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Recipes;

/// <summary>A script of examples/ in the real PowerShell, started as a scheduler starts it.</summary>
public abstract class RecipeTest : IAsyncDisposable
{
    internal const string ObjectMark = "OBJECT ";
    internal const string ExitMark = "EXIT ";
    private const string StartMark = "STATEMENT";

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

    /// <summary>
    /// Runs statements one after the other from examples/, with $at, what Login tells, and $files, the directory. Show-Count returns the
    /// numbers of messages of folders. An error ends the process, and all that it was to run.
    /// </summary>
    /// <param name="login">What $at is.</param>
    /// <param name="before">Statements before them.</param>
    /// <param name="statements">The statements.</param>
    /// <returns>What came of each; of the last one that began, the exit code is that of the process.</returns>
    protected async Task<IReadOnlyList<RecipeRun>> RunAsync(string login, string before, params string[] statements)
    {
        string script =
            $$"""
            Import-Module '{{Repository.Manifest}}'
            Set-Location '{{Repository.Root}}/examples'
            $files = '{{Files}}'
            $at = {{login}}
            function Show-Count([string[]] $Path, $Login = $at, $Prefix = '') {
                $connection = $Login["${Prefix}Connection"]
                Use-ImapSession $Login["${Prefix}Server"] -Credential $Login["${Prefix}Credential"] @connection {
                    ($Path | ForEach-Object { (Get-ImapFolder $_).MessageCount }) -join ' '
                }
            }
            function Show-Result($results) {
                if (Get-ImapSession) { throw 'A session was left.' }
                $results | ForEach-Object { '{{ObjectMark}}' + (ConvertTo-Json $_ -Compress -Depth 2 -WarningAction Ignore) }
                "{{ExitMark}}$LASTEXITCODE"
            }
            {{before}}
            {{string.Join('\n', statements.Select(statement =>
                $"'{StartMark}'\n$global:LASTEXITCODE = 0\nShow-Result @({statement})"))}}
            exit $LASTEXITCODE
            """;
        ProcessStartInfo start = await ToolPowerShell.StartInfoAsync(["-NoProfile", "-NonInteractive", "-Command", script], Cancellation);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.UseShellExecute = false;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(Cancellation);
        string output = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        string[] parts = output.Split($"{StartMark}{Environment.NewLine}");
        string said = parts[0] + await errors;
        Assert.True(parts.Length > 1, said);
        RecipeRun[] runs = [.. parts.Skip(1).Select(part => RecipeRun.Read(part, process.ExitCode, said))];
        Assert.Equal(process.ExitCode, runs[^1].ExitCode);
        return runs;
    }

    /// <summary>Runs statements that are all to do their work.</summary>
    protected async Task<IReadOnlyList<RecipeRun>> SucceedAsync(string login, string before, params string[] statements)
    {
        IReadOnlyList<RecipeRun> runs = await RunAsync(login, before, statements);
        Assert.All(runs, run => Assert.True(run.ExitCode == 0, run.Said));
        Assert.Equal(statements.Length, runs.Count);
        return runs;
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
