using System.Diagnostics;
using System.Globalization;
using ImapPS.Sandbox;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;

namespace ImapPS.Tests.Sessions;

/// <summary>
/// Ten thousand mailboxes swept by examples/Fleet.ps1, beside a bare loop of MailKit that does the same with as many connections: a search
/// that finds nothing, and one whose messages are read. It takes minutes, and tells times: for whoever asks, on a quiet machine.
/// IMAPPS_TEST_MODULE names the manifest of a packaged module, which is what users have.
/// </summary>
public sealed class FleetRun(MailServer mail, ITestOutputHelper output) : ModuleTest(mail)
{
    private const int Connections = 8;

    private static readonly FetchRequest _items = new(
        MessageSummaryItems.UniqueId | MessageSummaryItems.Flags | MessageSummaryItems.InternalDate | MessageSummaryItems.Size);

    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("imapps-fleet-");

    [Fact(Explicit = true)]
    public Task A_thousand_mailboxes() => SweepAsync(1_000);

    [Fact(Explicit = true)]
    public Task Ten_thousand_mailboxes() => SweepAsync(10_000);

    private async Task SweepAsync(int accounts)
    {
        var users = new List<MailUser>(accounts);
        for (int i = 0; i < accounts; i++)
        {
            users.Add(Dovecot.CreateUser());
            users[i].Deliver("INBOX", Message("one"));
            users[i].Deliver("INBOX", Message("two"));
        }

        string csv = Path.Combine(_files.FullName, "accounts.csv");
        await File.WriteAllLinesAsync(csv, ["User", .. users.Select(user => user.Name)], Cancellation);

        // The first login makes a mailbox's index.
        await BareAsync(users, readsThem: true);
        await CompareAsync("searched", users, csv, "Get-ImapMessage INBOX -Read", readsThem: false);
        await CompareAsync("measured", users, csv, "Measure-ImapFolder INBOX -Unread", readsThem: true);
    }

    private async Task CompareAsync(string name, List<MailUser> users, string csv, string work, bool readsThem)
    {
        TimeSpan bare = await BareAsync(users, readsThem);
        string state = Path.Combine(_files.FullName, name + ".jsonl");
        var watch = Stopwatch.StartNew();
        string said = await ToolPowerShell.RunAsync(
            $$"""
            Import-Module '{{Environment.GetEnvironmentVariable("IMAPPS_TEST_MODULE") ?? Repository.Manifest}}'
            $credentials = ConvertTo-SecureString '{{users[0].Password}}' -AsPlainText -Force
            $parameter = {
                @{
                    Server = 'localhost'; Port = {{Dovecot.Port}}; Security = 'None'; AllowPlaintext = $true
                    Credential = [pscredential]::new($_.User, $credentials)
                }
            }
            $process = [Diagnostics.Process]::GetCurrentProcess()
            $count = 0
            & '{{Repository.Root}}/examples/Fleet.ps1' '{{csv}}' -State '{{state}}' -ThrottleLimit {{Connections}} `
                -Parameter $parameter -Work { {{work}} } | ForEach-Object {
                if (-not $_.Succeeded) { throw $_.Error }
                if (++$count % {{users.Count / 10}} -eq 0) { $process.Refresh(); "$count $([int]($process.WorkingSet64 / 1MB))" }
            }
            """,
            Cancellation);
        TimeSpan fleet = watch.Elapsed;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{users.Count} mailboxes {name}: bare {bare.TotalSeconds:0.0} s, Fleet.ps1 {fleet.TotalSeconds:0.0} s, "
            + $"{fleet / bare:0.00} times"));
        output.WriteLine($"memory in MB by mailboxes done: {said.ReplaceLineEndings(", ")}");
        Assert.Equal(users.Count, File.ReadLines(state).Count(line => line.Length > 0));
    }

    public override async ValueTask DisposeAsync()
    {
        _files.Delete(recursive: true);
        await base.DisposeAsync();
    }

    private async Task<TimeSpan> BareAsync(List<MailUser> users, bool readsThem)
    {
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(users, new ParallelOptions { MaxDegreeOfParallelism = Connections, CancellationToken = Cancellation },
            async (user, stop) =>
            {
                using var client = new ImapClient();
                await client.ConnectAsync("localhost", Dovecot.Port, SecureSocketOptions.None, stop);
                await client.AuthenticateAsync(user.Name, user.Password, stop);
                await client.Inbox.OpenAsync(FolderAccess.ReadOnly, stop);
                IList<UniqueId> found = await client.Inbox.SearchAsync(readsThem ? SearchQuery.NotSeen : SearchQuery.Seen, stop);
                Assert.Equal(readsThem ? 2 : 0, found.Count);
                if (readsThem) await client.Inbox.FetchAsync(found, _items, stop);
                await client.DisconnectAsync(quit: true, stop);
            });
        return watch.Elapsed;
    }
}
