using System.Text.Json;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Recipes;

/// <summary>The recipe for an administrator, on a server with a master user, quotas, and dots between the names of folders.</summary>
public sealed class QuotaRecipeTests : RecipeTest, IAsyncLifetime
{
    private const string Secret = "master-secret-1704";

    private readonly string _masters = Path.GetTempFileName();
    private DovecotServer? _server;

    private DovecotServer Server => _server ?? throw new InvalidOperationException("Dovecot has not been started.");

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_masters, $"boss:{{PLAIN}}{Secret}\n", Cancellation);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_masters, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        _server = await DovecotServer.StartAsync(new DovecotOptions
        {
            HierarchyDelimiter = '.',
            HasAdministration = false,
            ExtraConfiguration =
            [
                $$"""
                auth_master_user_separator = *
                passdb {
                  driver = passwd-file
                  args = {{_masters}}
                  master = yes
                }
                mail_plugins = quota
                protocol imap {
                  mail_plugins = quota imap_quota
                }
                plugin {
                  quota = count:User quota:noenforcing
                  quota_rule = *:storage=1M:messages=4
                  quota_vsizes = yes
                }
                """,
            ],
        }, Cancellation);
        Deliver(Server.CreateUser("alice"), new MailText { Subject = "one" });
        MailUser bob = Server.CreateUser("bob");
        for (int i = 0; i < 4; i++) Deliver(bob, new MailText { Subject = "many" });
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
        File.Delete(_masters);
    }

    [Fact]
    public async Task Each_mailbox_gives_a_row()
    {
        await File.WriteAllLinesAsync(Path.Combine(Files, "accounts.csv"), ["User,Name", "alice,Alice", "bob,Bob"], Cancellation);
        const string Report = "Import-Csv $files/accounts.csv | ./Get-QuotaReport.ps1 @at | Export-Csv $files/quotas.csv";
        IReadOnlyList<RecipeRun> runs = await RunAsync(Boss(), "",
            Report,
            "Import-Csv $files/quotas.csv",
            "./Get-QuotaReport.ps1 @at -User alice, bob -AbovePercent 90",
            "./Get-QuotaReport.ps1 @at -User no!body, alice");
        Assert.Equal([0, 0, 0, 2], runs.Select(run => run.ExitCode));
        Assert.Equal([("alice", "25"), ("bob", "100")], runs[1].Objects.Select(row => (Text(row, "User"), Text(row, "Percent"))));
        Assert.All(runs[1].Objects, row => Assert.Equal(
            ("1048576", "4", ""), (Text(row, "MaxBytes"), Text(row, "MaxMessages"), Text(row, "Error"))));

        Assert.Equal(["bob"], runs[2].Texts("User"));

        // One that cannot be asked has an error, and the others are asked.
        Assert.Equal(["no!body", "alice"], runs[3].Texts("User"));
        Assert.Equal([false, true], runs[3].Texts("Error").Select(error => error is null));
    }

    [Fact]
    public async Task A_wrong_password_is_an_exit_code()
    {
        RecipeRun run = Assert.Single(await RunAsync(Boss("wrong"), "", "./Get-QuotaReport.ps1 @at -User alice"));
        Assert.True(run.ExitCode == 2, run.Said);
        Assert.NotNull(run.Only.GetProperty("Error").GetString());
    }

    /// <summary>A folder for each month, whatever stands between its name and that of the folder above.</summary>
    [Fact]
    public async Task Invoices_follow_the_delimiter_of_the_server()
    {
        MailUser carol = Server.CreateUser("carol");
        carol.Deliver("INBOX", new MailText
        {
            From = "billing@northwind.example",
            Text = "Thank you.",
            Attachments = [new MailAttachment("r1.pdf", "application/pdf", "%PDF-1.1"u8.ToArray())],
        }.ToString(), new MessageState(new DateTimeOffset(new DateTime(2026, 1, 15, 12, 0, 0))));
        RecipeRun run = Assert.Single(await SucceedAsync(Login(carol), "", "./Move-Invoice.ps1 @at -From billing@"));
        Assert.Equal(["Invoices.2026-01"], run.Texts("Folder"));
        Assert.Equal(1, await CountAsync(carol, "Invoices.2026-01"));
    }

    private string Boss(string password = Secret) => Login(Server, "boss", password);

    private static string Text(JsonElement row, string property) => row.GetProperty(property).GetString() ?? "";
}
