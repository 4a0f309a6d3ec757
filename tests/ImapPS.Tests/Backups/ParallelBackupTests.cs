using System.Globalization;
using System.Text.RegularExpressions;
using ImapPS.Backups;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Backups;

/// <summary>Several connections bring what one brings, each message once, and leave nothing behind.</summary>
public sealed class ParallelBackupTests(MailServer mail) : BackupTest(mail)
{
    private const int Many = 1_300;
    private const int More = 700;

    private string Single => Root + "-single";

    private IEnumerable<ProxyCommand> Downloads =>
        Proxy.Commands.Where(command => command.Line.Contains("BODY.PEEK[]", StringComparison.Ordinal));

    [Fact]
    public async Task They_write_what_one_writes_and_are_opened_once_for_all_folders()
    {
        Prepare();
        Connect();
        BackUpSingly();
        Proxy.Clear();
        Assert.Equal((Many, More), (BackUp("-Parallel 3")["INBOX"].New, Contents().Find("Lists/one")!.Entries.Count));
        Assert.Equal(Many + More, Fetched);
        Assert.Equal(3, Downloads.Select(command => command.ConnectionNumber).Distinct().Count());
        await AssertLoggedOutAsync(2);
        AssertWhole(Root);
        Assert.Equal(Lines(Single), Lines(Root));

        // What is unchanged, and what is little, needs no more than the one.
        Fill("INBOX", 400, first: 10_000);
        foreach (int fetched in (int[])[400, 0])
        {
            Proxy.Clear();
            BackUp("-Parallel 8");
            Assert.Equal((fetched, 0, 0), (Fetched, Proxy.Connections, Proxy.Count("LOGOUT")));
        }
    }

    [Fact]
    public async Task A_server_that_takes_only_two_has_two()
    {
        await using DovecotServer limited = await DovecotServer.StartAsync(new DovecotOptions
        {
            ExtraConfiguration = ["mail_max_userip_connections = 2"],
        }, Cancellation);
        await using FaultProxy proxy = FaultProxy.Start(limited);
        MailUser user = limited.CreateUser();
        Fill("INBOX", Many, user: user);
        Succeed("$null = Connect-Imap localhost -Port $p -Security None -AllowPlaintext -Credential $c -RetryDelaySeconds 0",
            ("p", proxy.Port), ("c", CredentialOf(user.Name, user.Password)));
        EngineResult result =
            Run("$VerbosePreference = 'Continue'; $null = Backup-ImapFolder INBOX -Path $root -Parallel 4", ("root", Root));
        Assert.Empty(result.AllErrors);
        Assert.Single(result.Verbose, line => line.StartsWith("No more than 2 connections are used:", StringComparison.Ordinal));
        Assert.Equal(Many, Held().Count);
        Assert.Equal(2, proxy.Commands.Where(command => command.Line.Contains("BODY.PEEK[]", StringComparison.Ordinal))
            .Select(command => command.ConnectionNumber).Distinct().Count());
        await proxy.WaitForAsync(one => one.OpenConnections == 1, Cancellation);
    }

    /// <summary>The others fetch what it has not brought, and nothing that it has.</summary>
    [Fact]
    public async Task One_that_is_lost_leaves_its_work_to_the_others()
    {
        Prepare();
        Connect("-RetryCount 0");
        BackUpSingly();
        Proxy.Clear();
        Proxy.On(command => command.ConnectionNumber == 2 && command.Line.Contains("BODY.PEEK[]", StringComparison.Ordinal),
            ProxyAction.CutMidResponse(60_000));
        BackUp("-Parallel 3");
        Assert.InRange(Fetched, Many + More + 1, Many + More + 450);

        // It is opened again for the next folder.
        await AssertLoggedOutAsync(2);
        AssertWhole(Root);
        Assert.Equal(Lines(Single), Lines(Root));
    }

    /// <summary>Then the backup ends with its error. What the others had begun is kept.</summary>
    [Fact]
    public async Task The_session_s_own_that_is_lost_ends_the_backup_and_keeps_what_the_others_have_brought()
    {
        Fill("INBOX", 2_600);
        Connect("-RetryCount 0");
        BackUpSingly();
        Proxy.Clear();
        int seen = 0;
        Proxy.On(command => command.ConnectionNumber == 1 && command.Line.Contains("BODY.PEEK[]", StringComparison.Ordinal) && seen++ == 1,
            ProxyAction.CutBefore);
        AssertError(Run("Backup-ImapFolder INBOX -Path $root -Parallel 2", ("root", Root)), "ConnectionLost");
        int before = Contents().Find("INBOX")!.Entries.Count;
        Assert.Contains(before, (int[])[1_000, 1_500, 2_000]);
        Assert.Equal(before, Fetched - 500);
        Assert.Equal(1, Proxy.Count("LOGOUT"));
        await Proxy.WaitForAsync(proxy => proxy.OpenConnections == 0, Cancellation);

        Proxy.ClearRules();
        Proxy.Clear();
        BackUp("-Parallel 2");
        Assert.Equal(2_600 - before, Fetched);
        AssertWhole(Root);
    }

    /// <summary>Whichever connection it is, and wherever.</summary>
    [Fact]
    public void A_cut_anywhere_is_mended_by_the_next_run()
    {
        Prepare();
        Connect("-RetryCount 0");
        Proxy.Clear();
        BackUpSingly();
        long octets = Proxy.BytesToClient;
        int cuts = Math.Max(4, Amount.Cuts / 8);
        for (int i = 0; i < cuts; i++)
        {
            string root = Root + i.ToString(CultureInfo.InvariantCulture);
            Proxy.CutAfterBytesToClient(octets * (i + 1) / (cuts + 1));
            Run("try { Backup-ImapFolder -Path $r -Parallel 3 } catch { }", ("r", root));
            Proxy.CutAfterBytesToClient(long.MaxValue);
            InterruptedBackupTests.AssertConsistent(root);
            int before = Directory.Exists(root) ? ManifestReader.Read(root).Folders.Sum(folder => folder.Entries.Count) : 0;
            Proxy.Clear();
            Succeed("Backup-ImapFolder -Path $r -Parallel 3", ("r", root));
            Assert.Equal(Many + More - before, Fetched);
            AssertWhole(root);
            Directory.Delete(root, recursive: true);
        }
    }

    /// <summary>It cuts the command that hangs, with its connection. Those that wait for work are logged out.</summary>
    [Fact]
    public async Task Ctrl_C_logs_them_out()
    {
        Prepare();
        Connect();
        Proxy.On(command => command.Verb == "EXAMINE" && command.Line.Contains("Lists/one", StringComparison.Ordinal), ProxyAction.Stall);
        Task<EngineResult> running = RunAsync("Backup-ImapFolder INBOX, Lists/one -Path $root -Parallel 3", ("root", Root));
        await Proxy.WaitForAsync(proxy => proxy.Commands.Any(command => command.Line.Contains("Lists/one", StringComparison.Ordinal)
            && command.Verb == "EXAMINE"), Cancellation);
        await Engine.StopAsync();
        Assert.Empty((await running).AllErrors);
        Assert.Equal(2, Proxy.Count("LOGOUT"));
        await Proxy.WaitForAsync(proxy => proxy.OpenConnections == 0, Cancellation);
        Assert.Equal(Many, Contents().Find("INBOX")!.Entries.Count);
    }

    [Fact]
    public async Task Ctrl_C_in_the_midst_keeps_what_has_come()
    {
        Prepare();
        Connect();
        BackUpSingly();
        Proxy.Clear();
        Proxy.Delay = TimeSpan.FromMilliseconds(40);
        Task<EngineResult> running = RunAsync("Backup-ImapFolder -Path $root -Parallel 3", ("root", Root));
        await Proxy.WaitForAsync(_ => Downloads.Count() >= 3, Cancellation);
        await Engine.StopAsync();
        Assert.Empty((await running).AllErrors);
        await Proxy.WaitForAsync(proxy => proxy.OpenConnections <= 1, Cancellation);
        Proxy.Delay = TimeSpan.Zero;
        InterruptedBackupTests.AssertConsistent(Root);
        int before = ManifestReader.Read(Root).Folders.Sum(folder => folder.Entries.Count);
        Proxy.Clear();
        BackUp();
        Assert.Equal(Many + More - before, Fetched);
        AssertWhole(Root);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void As_many_as_of_Save_ImapMessage(int number)
    {
        Connect();
        EngineResult result = Run(Text($"Backup-ImapFolder -Path $root -Parallel {number}"), ("root", Root));
        Assert.StartsWith("ParameterArgumentValidationError", Assert.Single(result.AllErrors).FullyQualifiedErrorId,
            StringComparison.Ordinal);
    }

    private void Prepare()
    {
        Fill("INBOX", Many);
        Fill("Lists/one", More, first: 5_000);
    }

    private void BackUpSingly() => Succeed("$null = Backup-ImapFolder -Path $single", ("single", Single));

    private void AssertWhole(string root)
    {
        Assert.Equal(HeldIn(Single), HeldIn(root));
        Assert.True((bool)Succeed("Test-ImapBackup $r -Quiet", ("r", root)).Single().BaseObject);
    }

    private async Task AssertLoggedOutAsync(int count)
    {
        Assert.Equal(count, Proxy.Count("LOGOUT"));
        await Proxy.WaitForAsync(proxy => proxy.OpenConnections == 1, Cancellation);
    }

    /// <summary>What a manifest says, but when; in no order.</summary>
    private static IEnumerable<string> Lines(string root) =>
        File.ReadLines(Path.Combine(root, BackupPaths.Manifest)).Select(line => Regex
            .Replace(line, "\"time\":\"[^\"]*\",?", "")).Order(StringComparer.Ordinal);
}
