using ImapPS.Backups;
using ImapPS.Models;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Backups;

/// <summary>What is not as it should be is told, and nothing is written over it.</summary>
public sealed class BackupRefusalTests(MailServer mail) : BackupTest(mail)
{
    private string Manifest => Path.Combine(Root, BackupPaths.Manifest);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Files_without_a_manifest_are_refused(bool isEmpty)
    {
        Prepare();
        File.Delete(Manifest);
        if (isEmpty) File.WriteAllText(Manifest, "");
        for (int i = 0; i < 2; i++) AssertError(Run("Backup-ImapFolder Box -Path $root", ("root", Root)), "BackupDamaged");
        Assert.Equal(isEmpty, File.Exists(Manifest));
    }

    [Fact]
    public void Files_that_are_no_backups_do_not_matter()
    {
        Fill("Box", 1);
        Connect();
        Directory.CreateDirectory(Root);
        File.WriteAllText(Path.Combine(Root, "other.eml"), "x");
        Assert.Equal(1, BackUp("Box")["Box"].New);
    }

    [Fact]
    public void Another_port_is_another_account_but_a_backup_without_one_stays_valid()
    {
        Prepare();
        string[] lines = File.ReadAllLines(Manifest);
        string port = Text($"\"port\":{Proxy.Port},");
        Assert.Contains(port, lines[0], StringComparison.Ordinal);
        File.WriteAllLines(Manifest, [lines[0].Replace(port, "\"port\":1,", StringComparison.Ordinal), .. lines[1..]]);
        AssertError(Run("Backup-ImapFolder Box -Path $root", ("root", Root)), "ArgumentInvalid");
        File.WriteAllLines(Manifest, [lines[0].Replace(port, "", StringComparison.Ordinal), .. lines[1..]]);
        Assert.Equal(2, BackUp("Box")["Box"].Unchanged);
    }

    [Fact]
    public void Lines_that_cannot_be_read_are_told_with_their_number()
    {
        Prepare();
        string[] lines = File.ReadAllLines(Manifest);
        File.WriteAllLines(Manifest, [.. lines[..2], "nonsense", .. lines[2..]]);
        foreach (string command in (string[])["Backup-ImapFolder Box", "Restore-ImapFolder Box"])
        {
            Assert.Contains("line 3", Assert.Single(Run($"{command} -Path $root", ("root", Root)).Warnings), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_byte_order_mark_is_passed_over()
    {
        Prepare();
        byte[] all = File.ReadAllBytes(Manifest);
        File.WriteAllBytes(Manifest, [0xEF, 0xBB, 0xBF, .. all]);
        Assert.Equal(0, Contents().Unreadable);
        Assert.NotNull(Contents().Account);
        Assert.Equal(2, BackUp("Box")["Box"].Unchanged);
        Assert.Empty(Problems(withServer: false));
    }

    /// <summary>A file that runs cannot be written to (ETXTBSY), and nobody holds its lock.</summary>
    [Fact]
    public void Only_a_lock_that_is_held_is_in_use()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux only");
        Prepare();
        string held = Path.Combine(Root, BackupPaths.Lock);
        File.Delete(held);
        File.CreateSymbolicLink(held, Environment.ProcessPath!);
        AssertError(Run("Backup-ImapFolder Box -Path $root", ("root", Root)), "FileNotSaved");
    }

    [Fact]
    public void A_file_is_no_backup()
    {
        Connect();
        File.WriteAllText(Root, "x");
        foreach (string command in (string[])["Backup-ImapFolder", "Restore-ImapFolder", "Test-ImapBackup"])
        {
            AssertError(Run($"{command} -Path $root", ("root", Root)), "ArgumentInvalid");
        }
    }

    [Fact]
    public void A_folder_that_cannot_be_read_has_a_row_and_its_error_a_name()
    {
        Fill("Bad", 2);
        Fill("Good", 1, first: 10);
        Connect();
        Proxy.On(command => command.Verb is "EXAMINE" or "SELECT" && command.Line.Contains("Bad", StringComparison.Ordinal),
            ProxyAction.Reply("{tag} NO cannot\r\n"), times: 100);
        EngineResult result = Run("Backup-ImapFolder Bad, Good -Path $root -Mirror -KeepDeleted 0", ("root", Root));
        Assert.Equal([("Bad", 2, 2), ("Good", 1, 0)], result.Output.Select(one => (ImapFolderBackup)one.BaseObject)
            .Select(one => (one.Folder, one.Count, one.Failed)));
        AssertError(result, "CommandRejected");
        Assert.Contains("'Bad'", result.AllErrors.Single().ToString(), StringComparison.Ordinal);

        Proxy.ClearRules();
        Assert.Equal([ImapBackupProblemKind.Incomplete], Problems(withServer: false).Select(problem => problem.Kind));
        BackUp("Bad");
        Assert.Empty(Problems(withServer: false));
    }

    [Fact]
    public async Task What_the_backup_had_under_the_same_id_and_size_is_compared()
    {
        const string One = "Message-ID: <same@example.org>\r\nSubject: x\r\n\r\none\r\n";
        string two = One.Replace("one", "two", StringComparison.Ordinal);
        User.CreateFolder("Box");
        Deliver(One);
        Connect();
        BackUp("Box -Mirror");
        await OtherClientAsync("SELECT Box", "STORE 1:* +FLAGS (\\Deleted)", "EXPUNGE");
        Deliver(two, day: 2);
        BackUp("Box -Mirror");
        await OtherClientAsync("SELECT Box", "STORE 1:* +FLAGS (\\Deleted)", "EXPUNGE");
        Deliver(One);
        Assert.Equal(1, Restore("Box")["Box"].Restored);

        void Deliver(string text, int day = 1) => User.DeliverMany("Box", 1, _ =>
            new SeedMessage(text, new MessageState(DateTimeOffset.UnixEpoch.AddDays(day), SystemFlags.None)));
    }

    private void Prepare()
    {
        Fill("Box", 2);
        Connect();
        BackUp("Box");
    }
}
