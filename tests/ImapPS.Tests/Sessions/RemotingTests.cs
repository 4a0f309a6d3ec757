using System.Text.Json;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Sessions;

/// <summary>PowerShell remoting over SSH, as docs/fleet.md has it: two machines share a sweep, and what comes back binds again.</summary>
public sealed class RemotingTests(MailServer mail) : ModuleTest(mail), IAsyncLifetime
{
    private readonly List<SshServer> _machines = [];
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("imapps-remoting-");

    public async ValueTask InitializeAsync()
    {
        for (int i = 0; i < 2; i++) _machines.Add(await SshServer.StartAsync(Cancellation));
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (SshServer machine in _machines) await machine.DisposeAsync();
        _files.Delete(recursive: true);
        await base.DisposeAsync();
    }

    [Fact]
    public Task Two_machines_share_a_sweep() => SweepAsync(30);

    /// <summary>As many as the issue has, for whoever asks.</summary>
    [Fact(Explicit = true)]
    public Task Two_machines_share_a_sweep_of_many() => SweepAsync(500);

    private async Task SweepAsync(int accounts)
    {
        List<MailUser> users = [.. Enumerable.Range(0, accounts).Select(_ => Dovecot.CreateUser())];
        foreach (MailUser user in users) user.Deliver("INBOX", Message("old"));
        string csv = Path.Combine(_files.FullName, "accounts.csv");
        IEnumerable<string> rows = users.Select(user => Text($"{user.Name},{user.Password},{Proxy.Port}"));
        await File.WriteAllLinesAsync(csv, ["User,Password,Port", .. rows], Cancellation);
        string said = await ToolPowerShell.RunAsync(
            $$"""
            {{Machines}}
            $jobs = foreach ($i in 1..$machines.Count) {
                $machine = $machines[$i - 1]
                Invoke-Command @machine -AsJob -ArgumentList "$i/$($machines.Count)" -ScriptBlock {
                    param($shard)
                    Import-Module '{{Repository.Manifest}}'
                    $parameter = {
                        @{
                            Server = 'localhost'; Port = [int]$_.Port; Security = 'None'; AllowPlaintext = $true
                            Credential = [pscredential]::new($_.User, (ConvertTo-SecureString $_.Password -AsPlainText -Force))
                        }
                    }
                    $work = { Get-ImapMessage -Subject old | Move-ImapMessage Trash -PassThru }
                    & '{{Repository.Root}}/examples/Fleet.ps1' '{{csv}}' -State "{{_files.FullName}}/state-$($shard[0]).jsonl" `
                        -Shard $shard -Parameter $parameter -Work $work -ThrottleLimit 4
                }
            }

            $jobs | Receive-Job -Wait | ForEach-Object {
                @{ User = $_.User; Succeeded = $_.Succeeded; Subject = [string]$_.Output.Subject } | ConvertTo-Json -Compress
            }
            """,
            Cancellation);

        List<JsonElement> swept = [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(users.Select(user => user.Name).Order(), swept.Select(one => one.GetProperty("User").GetString()).Order());
        Assert.All(swept, one =>
        {
            Assert.True(one.GetProperty("Succeeded").GetBoolean());
            Assert.Equal("old", one.GetProperty("Subject").GetString());
        });
        foreach (MailUser user in users) Assert.Equal(1, await CountAsync("Trash", user));
        Assert.Equal(accounts, Proxy.Connections);
        Assert.All(Enumerable.Range(1, 2), shard =>
            Assert.NotEmpty(File.ReadAllLines(Path.Combine(_files.FullName, Text($"state-{shard}.jsonl")))));
    }

    [Fact]
    public async Task Messages_that_come_back_bind_again_and_move()
    {
        User.DeliverMany("INBOX", 5, i => new SeedMessage(Message(Text($"message {i}"))));
        string connect = $"Connect-Imap localhost -Port {Proxy.Port} -Security None -AllowPlaintext -Credential ([pscredential]::new("
            + $"'{User.Name}', (ConvertTo-SecureString '{User.Password}' -AsPlainText -Force)))";
        string said = await ToolPowerShell.RunAsync(
            $$"""
            {{Machines}}
            $machine = $machines[0]
            $messages = Invoke-Command @machine -ScriptBlock { Import-Module '{{Repository.Manifest}}'; $null = {{connect}}; Get-ImapMessage }
            $session = {{connect}}
            $messages | Where-Object Subject -ne 'message 3' | Move-ImapMessage Trash -Session $session
            (Get-ImapMessage).Subject
            """,
            Cancellation);

        Assert.Equal("message 3", said.Trim());
        Assert.Equal(4, await CountAsync("Trash"));
    }

    private string Machines =>
        $$"""
        Import-Module '{{Repository.Manifest}}'
        $machines = foreach ($at in '{{string.Join("', '", _machines.Select(machine => Text($"{machine.Port} {machine.KeyFile}")))}}') {
            $port, $key = $at.Split(' ')
            @{
                HostName = '127.0.0.1'; Port = [int]$port; UserName = '{{_machines[0].UserName}}'; KeyFilePath = $key
                Options = @{ StrictHostKeyChecking = 'no'; UserKnownHostsFile = '/dev/null'; LogLevel = 'ERROR' }
            }
        }
        """;
}
