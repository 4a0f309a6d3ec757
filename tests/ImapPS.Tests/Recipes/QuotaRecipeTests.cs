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
        RecipeRun run = await SucceedAsync($"{Report}; Import-Csv $files/quotas.csv", Boss());
        Assert.Equal([("alice", "25"), ("bob", "100")], run.Objects.Select(row => (Text(row, "User"), Text(row, "Percent"))));
        Assert.All(run.Objects, row => Assert.Equal(
            ("1048576", "4", ""), (Text(row, "MaxBytes"), Text(row, "MaxMessages"), Text(row, "Error"))));

        RecipeRun full = await SucceedAsync("./Get-QuotaReport.ps1 @at -User alice, bob -AbovePercent 90", Boss());
        Assert.Equal(["bob"], full.Texts("User"));
    }

    [Fact]
    public async Task One_that_cannot_be_asked_has_an_error_and_the_others_are_asked()
    {
        RecipeRun run = await RunAsync("./Get-QuotaReport.ps1 @at -User no!body, alice", Boss());
        Assert.True(run.ExitCode == 2, run.Said);
        Assert.Equal(["no!body", "alice"], run.Texts("User"));
        Assert.NotNull(run.Objects[0].GetProperty("Error").GetString());
        Assert.Null(run.Objects[1].GetProperty("Error").GetString());
    }

    [Fact]
    public async Task A_wrong_password_is_an_exit_code()
    {
        RecipeRun run = await RunAsync("./Get-QuotaReport.ps1 @at -User alice", Boss("wrong"));
        Assert.True(run.ExitCode == 2, run.Said);
        Assert.NotNull(run.Single.GetProperty("Error").GetString());
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
        RecipeRun run = await SucceedAsync("./Move-Invoice.ps1 @at -From billing@", Login(carol));
        Assert.Equal(["Invoices.2026-01"], run.Texts("Folder"));
        Assert.Equal(1, await CountAsync(carol, "Invoices.2026-01"));
    }

    private string Boss(string password = Secret) => Login(Server, "boss", password);

    private static string Text(JsonElement row, string property) => row.GetProperty(property).GetString() ?? "";
}
