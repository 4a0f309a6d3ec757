using System.Diagnostics;
using System.Management.Automation;
using System.Text.Json;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Sessions;

/// <summary>examples/Fleet.ps1, over many mailboxes.</summary>
public sealed class FleetTests(MailServer mail) : ModuleTest(mail)
{
    private const int Accounts = 24;

    private const string Sweep =
        """
        $parameter = {
            @{
                Server = 'localhost'; Port = [int]$_.Port; Security = 'None'; AllowPlaintext = $true
                Credential = [pscredential]::new($_.User, (ConvertTo-SecureString $_.Password -AsPlainText -Force))
            }
        }
        $work = { Get-ImapMessage -Subject old | Remove-ImapMessage -Permanent -Force; (Get-ImapMessage).Subject }
        """;

    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("imapps-fleet-");

    private string Csv => Path.Combine(_files.FullName, "accounts.csv");

    private string State => Path.Combine(_files.FullName, "state.jsonl");

    private static string Script => Path.Combine(Repository.Root, "examples", "Fleet.ps1");

    [Fact]
    public async Task Each_mailbox_is_swept_once_and_no_session_is_left()
    {
        List<MailUser> users = Fill(Accounts);
        IReadOnlyList<PSObject> swept = Sweeping("-ThrottleLimit 4");

        Assert.Equal(users.Select(user => user.Name).Order(), swept.Select(one => Property<string>(one, "User")).Order());
        Assert.All(swept, one => Assert.Equal(["kept"], Property<object[]>(one, "Output").Select(output => output.ToString())));
        foreach (MailUser user in users) Assert.Equal(1, await CountAsync("INBOX", user));
        Assert.Equal(users.Select(user => user.Name).Order(), Done().Order());
        Assert.Equal(Accounts, Proxy.Connections);
        await Proxy.WaitForAsync(proxy => proxy.OpenConnections == 0, Cancellation);

        // A line that was cut off is none, and what is done is not done again.
        await File.AppendAllTextAsync(State, "{\"User\":\"nobo", Cancellation);
        Assert.Empty(Sweeping());
        Assert.Equal(Accounts, Proxy.Connections);
    }

    [Fact]
    public void One_that_fails_is_told_and_tried_again()
    {
        List<MailUser> users = Fill(3);
        string good = File.ReadAllText(Csv);
        File.WriteAllText(Csv, good.Replace($"{users[1].Name},{users[1].Password}", $"{users[1].Name},wrong", StringComparison.Ordinal));
        IReadOnlyList<PSObject> swept = Sweeping();

        PSObject failed = Assert.Single(swept, one => !Property<bool>(one, "Succeeded"));
        Assert.Equal(users[1].Name, Property<string>(failed, "User"));
        Assert.StartsWith("AuthenticationFailed,", Property<ErrorRecord>(failed, "Error").FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(2, Done().Count);

        File.WriteAllText(Csv, good);
        Assert.Equal([users[1].Name], Sweeping().Select(one => Property<string>(one, "User")));
    }

    [Theory]
    [InlineData("if ((Get-ImapMessage).Count -eq 2) { break }; 1")]
    [InlineData("if ((Get-ImapMessage).Count -eq 2) { continue }; 1")]
    [InlineData("if ((Get-ImapMessage).Count -eq 2) { exit }; 1")]
    [InlineData("throw 'no'")]
    public void Each_mailbox_gives_an_object_whatever_the_work_does(string work)
    {
        List<MailUser> users = Fill(3);
        IReadOnlyList<PSObject> swept = Sweeping($"-ThrottleLimit 2", $"$work = {{ {work} }}");

        Assert.Equal(users.Select(user => user.Name).Order(), swept.Select(one => Property<string>(one, "User")).Order());
        Assert.All(swept, one => Assert.False(Property<bool>(one, "Succeeded")));
        Assert.All(swept, one => Assert.NotNull(Property<object>(one, "Error")));
        Assert.Empty(Done());
    }

    [Fact]
    public void What_is_wrong_with_one_account_leaves_out_no_other()
    {
        List<MailUser> users = Fill(3);
        IReadOnlyList<PSObject> swept = Sweeping(string.Empty,
            $"$known = $parameter; $parameter = {{ if ($_.User -eq '{users[0].Name}') {{ throw 'no secret' }}; & $known }}");

        Assert.Equal(users.Select(user => user.Name).Order(), swept.Select(one => Property<string>(one, "User")).Order());
        PSObject failed = Assert.Single(swept, one => !Property<bool>(one, "Succeeded"));
        Assert.Equal(users[0].Name, Property<string>(failed, "User"));

        File.WriteAllText(Csv, "Name;Password\na;b\n");
        EngineResult result = Run($"{Sweep}; & $script $csv -State $state -Parameter $parameter -Work $work",
            ("script", Script), ("csv", Csv), ("state", State));
        Assert.Contains("User", Assert.Single(result.AllErrors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_runs_with_one_state_file_are_an_error()
    {
        Fill(2);
        EngineResult result = Run(
            $"{Sweep}; & $script $csv -State $state -Parameter $parameter -Work $work | Select-Object -First 1 | ForEach-Object {{ "
            + "$_.User; & $script $csv -State $state -Parameter $parameter -Work $work }",
            ("script", Script), ("csv", Csv), ("state", State));

        Assert.Contains(State, Assert.Single(result.AllErrors).ToString(), StringComparison.Ordinal);
        Assert.Single(result.Output);
        Assert.NotEmpty(Sweeping());
    }

    [Fact]
    public void Shards_have_each_account_once()
    {
        List<MailUser> users = Fill(Accounts);
        List<string> swept = [.. Enumerable.Range(1, 3).SelectMany(shard => Sweeping($"-Shard {shard}/3"))
            .Select(one => Property<string>(one, "User"))];

        Assert.Equal(users.Select(user => user.Name).Order(), swept.Order());
    }

    [Fact]
    public async Task One_that_was_killed_goes_on_where_it_was()
    {
        List<MailUser> users = Fill(Accounts);
        string sweep = $"Import-Module '{Repository.Manifest}'\n{Sweep}\n"
            + $"& '{Script}' '{Csv}' -State '{State}' -Parameter $parameter -Work $work -ThrottleLimit 2";
        using Process killed = Process.Start(
            await ToolPowerShell.StartInfoAsync(["-NoProfile", "-NonInteractive", "-Command", sweep], Cancellation))!;
        while (Done().Count < 5) await Task.Delay(TimeSpan.FromMilliseconds(20), Cancellation);
        killed.Kill(entireProcessTree: true);
        await killed.WaitForExitAsync(Cancellation);

        IReadOnlyList<PSObject> rest = Sweeping();
        Assert.InRange(rest.Count, 1, Accounts - 5);
        foreach (MailUser user in users) Assert.Equal(1, await CountAsync("INBOX", user));
        Assert.Equal(users.Select(user => user.Name).Order(), Done().Order());
    }

    private List<MailUser> Fill(int accounts)
    {
        List<MailUser> users = [.. Enumerable.Range(0, accounts).Select(_ => Dovecot.CreateUser())];
        foreach (MailUser user in users)
        {
            user.Deliver("INBOX", Message("old"));
            user.Deliver("INBOX", Message("kept"));
        }

        File.WriteAllLines(Csv, ["User,Password,Port", .. users.Select(user => Text($"{user.Name},{user.Password},{Proxy.Port}"))]);
        return users;
    }

    private IReadOnlyList<PSObject> Sweeping(string parameters = "", string before = "") => Succeed(
        $"{Sweep}; {before}; & $script $csv -State $state -Parameter $parameter -Work $work {parameters}",
        ("script", Script), ("csv", Csv), ("state", State));

    private List<string> Done()
    {
        if (!File.Exists(State)) return [];

        using var reader = new StreamReader(new FileStream(State, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.TrimEnd().EndsWith('}'))
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("User").GetString()!)];
    }
}
