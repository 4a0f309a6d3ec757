using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Web;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Pages;

/// <summary>The files of tests in docs/testing-mail.md pass, with an application that does what they expect.</summary>
public sealed class TestFileTests(MailServer mail) : IAsyncLifetime
{
    private const string Page = "docs/testing-mail.md";

    private readonly DirectoryInfo _project = Directory.CreateTempSubdirectory("imapps-project-");
    private readonly MailUser _user = mail.Dovecot.CreateUser($"app-{Guid.NewGuid():N}@example.test");
    private readonly HttpListener _application = new();
    private Task _serving = Task.CompletedTask;
    private string _url = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(_project.FullName, "tests"));
        Directory.CreateDirectory(Path.Combine(_project.FullName, "tools"));
        Directory.CreateSymbolicLink(Path.Combine(_project.FullName, "tools", "ImapPS"), Repository.Root);
        _url = $"http://localhost:{Listen()}";
        _serving = ServeAsync();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _application.Stop();
        await _serving;
        _project.Delete(recursive: true);
        _user.Discard();
    }

    [Fact]
    public async Task The_tests_of_an_application()
    {
        await File.WriteAllTextAsync(Path.Combine(_project.FullName, "tests", "Mail.Tests.ps1"), Block("BeforeAll {"), Cancellation);

        Assert.Equal("3 passed of 3", await PassedAsync("Mail.Tests.ps1"));
    }

    [Fact]
    public async Task The_tests_of_a_script()
    {
        string file = Block("BeforeAll {");
        file = file[..file.IndexOf("Describe", StringComparison.Ordinal)] + Block("Describe 'Clean-Up.ps1'");
        await File.WriteAllTextAsync(Path.Combine(_project.FullName, "tests", "CleanUp.Tests.ps1"), file, Cancellation);
        string script = Block("Get-ImapMessage Lists -OlderThan 90");
        await File.WriteAllTextAsync(Path.Combine(_project.FullName, "Clean-Up.ps1"), script, Cancellation);

        Assert.Equal("2 passed of 2", await PassedAsync("CleanUp.Tests.ps1"));
    }

    private static string Block(string start) =>
        PageFiles.Blocks(Page).Single(block => block.StartsWith(start, StringComparison.Ordinal));

    private async Task<string> PassedAsync(string file)
    {
        ProcessStartInfo start = await ToolPowerShell.StartInfoAsync(
            [
                "-NoProfile", "-NonInteractive", "-Command",
                $"$run = Invoke-Pester tests/{file} -PassThru -Output None; "
                    + "$run.Failed + $run.FailedBlocks + $run.FailedContainers | Where-Object ErrorRecord | ForEach-Object ErrorRecord; "
                    + "\"$($run.PassedCount) passed of $($run.TotalCount)\"",
            ],
            Cancellation);
        start.WorkingDirectory = _project.FullName;
        start.Environment["PSModulePath"] = Directory.GetDirectories(Path.Combine(AppContext.BaseDirectory, "pester"))
            .MaxBy(folder => Version.Parse(Path.GetFileName(folder)));
        start.Environment["APP_URL"] = _url;
        start.Environment["IMAP_SERVER"] = mail.Dovecot.Host;
        start.Environment["IMAP_PORT"] = mail.Dovecot.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["IMAP_SECURITY"] = "SelfSigned";
        start.Environment["IMAP_USER"] = _user.Name;
        start.Environment["IMAP_PASSWORD"] = _user.Password;
        return await Tool.RunAsync(start, Cancellation);
    }

    /// <summary>Takes a port that nobody has: HttpListener cannot choose one.</summary>
    private int Listen()
    {
        while (true)
        {
            int port = Random.Shared.Next(20_000, 60_000);
            _application.Prefixes.Clear();
            _application.Prefixes.Add($"http://localhost:{port}/");
            try
            {
                _application.Start();
                return port;
            }
            catch (HttpListenerException)
            {
                // Somebody has it.
            }
        }
    }

    /// <summary>Mails whoever signs up, and takes every confirmation.</summary>
    private async Task ServeAsync()
    {
        while (_application.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _application.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            if (context.Request.HttpMethod == "POST")
            {
                using var reader = new StreamReader(context.Request.InputStream);
                string? address = HttpUtility.ParseQueryString(await reader.ReadToEndAsync())["mail"];
                _user.Deliver("INBOX", new MailText
                {
                    From = "no-reply@app.example",
                    To = address!,
                    Subject = "Please confirm",
                    Date = DateTimeOffset.UtcNow,
                    Text = $"Open {_url}/confirm?token=93f2c7",
                }.ToString());
            }

            context.Response.Close();
        }
    }
}
