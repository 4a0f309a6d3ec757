using System.Diagnostics;
using System.Globalization;
using ImapPS.Backups;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Backups;

/// <summary>A backup that was cut off anywhere is completed by the next one, and is then one that never was.</summary>
public sealed class InterruptedBackupTests(MailServer mail) : BackupTest(mail)
{
    private const int Messages = 120;

    /// <summary>IMAPPS_TEST_CUTS: how many.</summary>
    private static int Cuts => Amount.Cuts;

    /// <summary>The connection is cut and not opened again, after each so many octets; the next run goes on with what is left.</summary>
    [Theory]
    [InlineData("Eml", 1)]
    [InlineData("Maildir", 4)]
    public void The_connection_is_cut(string format, int every)
    {
        Prepare();
        Connect("-RetryCount 0");
        string whole = Root + "-whole";
        Proxy.Clear();
        Succeed("Backup-ImapFolder -Path $whole", ("whole", whole));
        long octets = Proxy.BytesToClient;
        Assert.Equal(Messages + 30, Fetched);
        IReadOnlyList<string> expected = HeldIn(whole);
        for (int i = 0; i < Cuts; i += every)
        {
            string root = Root + i.ToString(CultureInfo.InvariantCulture);
            Proxy.Clear();
            Proxy.CutAfterBytesToClient(octets * (i + 1) / (Cuts + 1));
            Run($"try {{ Backup-ImapFolder -Path $r -Format {format} }} catch {{ }}", ("r", root));
            AssertConsistent(root);
            int before = Directory.Exists(root) ? ManifestReader.Read(root).Folders.Sum(folder => folder.Entries.Count) : 0;
            Proxy.CutAfterBytesToClient(long.MaxValue);
            Proxy.Clear();
            Succeed($"Backup-ImapFolder -Path $r -Format {format}", ("r", root));
            Assert.Equal(Messages + 30 - before, Fetched);
            Assert.Equal(expected, HeldIn(root));
            Assert.True((bool)Succeed("Test-ImapBackup $r -Quiet", ("r", root)).Single().BaseObject);
            Directory.Delete(root, recursive: true);
        }

        Directory.Delete(whole, recursive: true);
    }

    /// <summary>The connection is cut and opened again: one run is enough, and fetches nothing twice but what was under way.</summary>
    [Fact]
    public void The_connection_is_cut_and_opened_again()
    {
        Prepare();
        Connect();
        string whole = Root + "-whole";
        Proxy.Clear();
        Succeed("Backup-ImapFolder -Path $whole", ("whole", whole));
        long octets = Proxy.BytesToClient;
        IReadOnlyList<string> expected = HeldIn(whole);
        for (int i = 0; i < 10; i++)
        {
            string root = Root + i.ToString(CultureInfo.InvariantCulture);
            Proxy.CutAfterBytesToClient(octets * (i + 1) / 11);
            Succeed("Backup-ImapFolder -Path $r", ("r", root));
            Assert.Equal(expected, HeldIn(root));
            Assert.True((bool)Succeed("Test-ImapBackup $r -Quiet", ("r", root)).Single().BaseObject);
        }
    }

    /// <summary>The process ends at once, with nothing closed and nothing flushed, when so many files are there.</summary>
    [Theory]
    [InlineData("Eml", 1)]
    [InlineData("Maildir", 3)]
    public async Task The_process_is_killed(string format, int every)
    {
        const int Many = 1_200;
        Fill("INBOX", Many);
        Fill("Lists/one", 30, first: 5_000);
        Connect();
        string whole = Root + "-whole";
        Succeed("Backup-ImapFolder -Path $whole", ("whole", whole));
        IReadOnlyList<string> expected = HeldIn(whole);
        var random = new Random(16);
        for (int i = 0; i < Amount.Kills; i += every)
        {
            string root = Root + i.ToString(CultureInfo.InvariantCulture);
            int files = random.Next(1, Many + 30);
            await BackUpUntilAsync(root, format, () => Count(root) >= files);
            AssertConsistent(root);
            Proxy.Clear();
            int before = Directory.Exists(root) ? ManifestReader.Read(root).Folders.Sum(folder => folder.Entries.Count) : 0;
            Succeed($"Backup-ImapFolder -Path $r -Format {format}", ("r", root));
            Assert.Equal(Many + 30 - before, Fetched);

            // At most the batch that was under way was fetched twice.
            Assert.InRange(before, files - 510, Many + 30);
            Assert.Equal(expected, HeldIn(root));
            Assert.True((bool)Succeed("Test-ImapBackup $r -Quiet", ("r", root)).Single().BaseObject);
            Directory.Delete(root, recursive: true);
        }

        int Count(string root) => Directory.Exists(root)
            ? Directory.EnumerateFiles(root, format == "Eml" ? "*.eml" : "*2,*", SearchOption.AllDirectories).Count() : 0;
    }

    /// <summary>A file bears the flags that the manifest tells, whenever the renaming of many was cut short.</summary>
    [Fact]
    public async Task The_process_is_killed_while_it_renames()
    {
        const int Many = 3_000;
        Fill("INBOX", Many);
        Connect();
        BackUp("-Format Maildir");
        string current = Path.Combine(Root, "INBOX", "cur");
        for (int i = 0; i < 2; i++)
        {
            string letter = i == 0 ? "D" : "T";
            await OtherClientAsync("SELECT INBOX", $"STORE 1:* FLAGS ({(i == 0 ? "\\Draft" : "\\Deleted")})");
            await BackUpUntilAsync(Root, "Maildir", () => Named(letter) > i * Many / 2);
            TestContext.Current.TestOutputHelper!.WriteLine(Text($"{Named(letter)} of {Many} renamed"));
            AssertConsistent(Root);
            Proxy.Clear();
            BackUp();
            Assert.Equal((Many, 0), (Named(letter), Fetched));
            Assert.True((bool)Succeed("Test-ImapBackup $root -Quiet", ("root", Root)).Single().BaseObject);
        }

        int Named(string letter) => Directory.EnumerateFiles(current, "*2," + letter).Count();
    }

    /// <summary>Each file is looked up and flushed before a line tells of it: here one is gone by then.</summary>
    [Theory]
    [InlineData("Eml")]
    [InlineData("Maildir")]
    public void What_is_not_on_the_disk_has_no_line(string format)
    {
        Fill("Box", 40);
        Connect();
        string box = Path.Combine(Root, "Box");
        int seen = 0;
        Proxy.On(command => command.Line.Contains("BODY.PEEK[]", StringComparison.Ordinal), ProxyAction.CutMidResponse(4_000));
        Proxy.On(command => command.Line.Contains("BODY.PEEK[]", StringComparison.Ordinal) && seen++ == 1, ProxyAction.Run(async () =>
        {
            string? file = null;
            while (file is null)
            {
                await Task.Yield();
                file = Directory.EnumerateFiles(box, format == "Eml" ? "*.eml" : "*2,*", SearchOption.AllDirectories).FirstOrDefault();
            }

            File.Delete(file);
        }));
        AssertError(Run($"Backup-ImapFolder Box -Path $root -Format {format}", ("root", Root)), "FileNotSaved");
        Assert.Empty(ManifestReader.Read(Root).Folders.Single().Entries);
        Assert.Equal(40, BackUp("Box")["Box"].New);
        Assert.True((bool)Succeed("Test-ImapBackup $root -Quiet", ("root", Root)).Single().BaseObject);
    }

    /// <summary>On a file system that is too small, and then large enough.</summary>
    [Theory]
    [InlineData("Eml", 10)]
    [InlineData("Maildir", 30)]
    public async Task The_disk_is_full(string format, int step)
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root") Assert.Skip("Only root can mount a small file system.");

        Prepare();
        Connect();
        string whole = Root + "-whole";
        Succeed("Backup-ImapFolder -Path $whole", ("whole", whole));
        IReadOnlyList<string> expected = HeldIn(whole);
        Directory.CreateDirectory(Root);
        for (int pages = 4; pages < 140; pages += step)
        {
            await Tool.RunAsync("mount", ["-t", "tmpfs", "-o", $"size={Text($"{pages * 4}")}k", "none", Root], Cancellation);
            try
            {
                EngineResult result = Run($"Backup-ImapFolder -Path $r -Format {format}", ("r", Root));
                string[] ids = [.. result.AllErrors.Select(error => error.FullyQualifiedErrorId.Split(',')[0])];
                Assert.Equal(["DiskFull"], ids);
                AssertConsistent(Root);
                int before = ManifestReader.Read(Root).Folders.Sum(folder => folder.Entries.Count);
                await Tool.RunAsync("mount", ["-o", "remount,size=64m", Root], Cancellation);
                Proxy.Clear();
                Succeed("Backup-ImapFolder -Path $r", ("r", Root));
                Assert.Equal(Messages + 30 - before, Fetched);
                Assert.Equal(expected, HeldIn(Root));
                Assert.True((bool)Succeed("Test-ImapBackup $r -Quiet", ("r", Root)).Single().BaseObject);
            }
            finally
            {
                await Tool.RunAsync("umount", [Root], CancellationToken.None);
            }
        }
    }

    private async Task BackUpUntilAsync(string root, string format, Func<bool> isTime)
    {
        string script = $$"""
            Import-Module '{{Repository.Root}}/ImapPS.psd1'
            $password = ConvertTo-SecureString '{{User.Password}}' -AsPlainText -Force
            $credential = [pscredential]::new('{{User.Name}}', $password)
            $null = Connect-Imap localhost -Port {{Text($"{Proxy.Port}")}} -Security None -AllowPlaintext -Credential $credential
            Backup-ImapFolder -Path '{{root}}' -Format {{format}}
            """;
        var start = new ProcessStartInfo("dotnet", [typeof(Repository).Assembly.Location, "--no-module", "-c", script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using Process process = Process.Start(start)!;
        while (!process.HasExited && !isTime()) await Task.Delay(1, Cancellation);
        process.Kill();
        await process.WaitForExitAsync(Cancellation);
    }

    /// <summary>What is in the manifest is on the disk, whenever it ends.</summary>
    internal static void AssertConsistent(string root)
    {
        if (!Directory.Exists(root)) return;

        var files = new BackupFiles(root);
        Assert.All(ManifestReader.Read(root).Folders.SelectMany(folder => folder.Entries), entry =>
            Assert.Null(FileCheck.Run(files, entry, Cancellation)));
    }

    private void Prepare()
    {
        Fill("INBOX", Messages);
        Fill("Lists/one", 30, first: 500);
    }
}
