using System.Text;
using ImapPS.Backups;
using ImapPS.Models;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Backups;

/// <summary>A backup that is a Maildir: what is in it, and what later backups make of it.</summary>
public sealed class MaildirBackupTests(MailServer mail) : MaildirBackupTest(mail)
{
    [Fact]
    public async Task It_holds_what_a_backup_of_eml_files_holds()
    {
        Fill("INBOX", 12);
        Fill("Lists/dotnet", 3, first: 20);
        User.CreateFolder("Empty");
        Connect();
        Succeed("Get-ImapMessage INBOX -Newest 1 | Set-ImapMessage -AddKeyword '$Work', later");
        string eml = Root + "-eml";
        Succeed("$null = Backup-ImapFolder -Path $eml", ("eml", eml));
        ImapFolderBackup done = BackUp("-Format Maildir")["INBOX"];
        Assert.Equal((12, 12, 0), (done.Count, done.New, done.Failed));
        Assert.Equal(HeldIn(eml), Held());
        Assert.Empty(Problems());

        Assert.All(FilesOf("INBOX"), name => Assert.Matches(@"^cur.\d{10}\.V\d+U\d+\.[0-9a-f]{16}[:;]2,D?F?R?S?T?$", name));
        Assert.Equal(("S", "FR", ""), (LettersOf("INBOX", 1), LettersOf("INBOX", 2), LettersOf("INBOX", 3)));
        Assert.All(FilesOf("INBOX"), name =>
            Assert.DoesNotContain((byte)'\r', File.ReadAllBytes(Path.Combine(Root, "INBOX", name))));
        BackupEntry first = EntryOf("INBOX", 1);
        Assert.Equal($"cur{Path.DirectorySeparatorChar}{first.File}",
            Path.GetRelativePath(Path.Combine(Root, "INBOX"), FileOf("INBOX", 1)).Split(':', ';')[0]);
        Assert.StartsWith(Text($"{first.Received!.Value.ToUnixTimeSeconds()}."), first.File, StringComparison.Ordinal);
        Assert.Equal(first.Received!.Value.UtcDateTime, File.GetLastWriteTimeUtc(FileOf("INBOX", 1)));
        Assert.Contains("$Work", EntryOf("INBOX", 12).Flags);
        Assert.Equal(["cur", "new", "tmp"], Directory.GetDirectories(Path.Combine(Root, "Empty")).Select(Path.GetFileName).Order());
        Assert.Equal(15, (await StoredAsync("INBOX")).Count + (await StoredAsync("Lists/dotnet")).Count);
    }

    [Fact]
    public void The_first_run_fixes_the_format()
    {
        Fill("Box", 2);
        Connect();
        BackUp("Box -Format Maildir");
        string manifest = Path.Combine(Root, BackupPaths.Manifest);
        Assert.StartsWith("{\"v\":2,\"type\":\"account\"", File.ReadLines(manifest).First(), StringComparison.Ordinal);
        Assert.Contains("\"format\":\"Maildir\"", File.ReadLines(manifest).First(), StringComparison.Ordinal);
        Fill("Box", 1, first: 10);
        Assert.Equal(1, BackUp("Box")["Box"].New);
        Assert.Equal(3, BackUp("Box -Format Maildir")["Box"].Unchanged);
        Assert.Equal(3, FilesOf("Box").Count);
        Assert.Contains("Maildir", AssertError(Run("Backup-ImapFolder Box -Path $root -Format Eml", ("root", Root)), "ArgumentInvalid")
            .Exception.Message, StringComparison.Ordinal);
        AssertError(Run("Backup-ImapFolder Box -Path $root -Format Eml -Mirror -KeepDeleted 0 -WhatIf", ("root", Root)), "ArgumentInvalid");

        // The line of the account may have been damaged.
        string[] lines = File.ReadAllLines(manifest);
        File.WriteAllLines(manifest, lines[1..]);
        Assert.Equal(3, BackUp("Box")["Box"].Unchanged);
        Assert.Contains("\"format\":\"Maildir\"", File.ReadLines(manifest).Last(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_older_backup_has_eml_files()
    {
        Fill("Box", 2);
        Connect();
        BackUp("Box");
        string manifest = Path.Combine(Root, BackupPaths.Manifest);
        string all = File.ReadAllText(manifest);
        Assert.Contains(",\"format\":\"Eml\"", all, StringComparison.Ordinal);
        File.WriteAllText(manifest, all.Replace(",\"format\":\"Eml\"", "", StringComparison.Ordinal));
        AssertError(Run("Backup-ImapFolder Box -Path $root -Format Maildir", ("root", Root)), "ArgumentInvalid");
        Assert.Equal(2, BackUp("Box")["Box"].Unchanged);
        Assert.Equal(2, BackUp("Box -Format Eml")["Box"].Unchanged);
        Assert.StartsWith("ParameterArgumentValidationError",
            Assert.Single(Run("Backup-ImapFolder Box -Path $root -Format Mbox", ("root", Root)).AllErrors).FullyQualifiedErrorId,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_flags_rename_a_file_and_fetch_nothing()
    {
        Fill("Box", 9);
        Connect();
        BackUp("Box -Format Maildir");
        string before = FileOf("Box", 1);
        await OtherClientAsync("SELECT Box", "STORE 1 FLAGS (\\Draft \\Deleted work)", "STORE 2 FLAGS ()");
        Proxy.Clear();
        Assert.Equal(2, BackUp("Box")["Box"].FlagChanges);
        Assert.Equal(("DT", ""), (LettersOf("Box", 1), LettersOf("Box", 2)));
        Assert.Equal(["\\Deleted", "\\Draft", "work"], EntryOf("Box", 1).Flags.Order());
        Assert.Equal((9, 0), (FilesOf("Box").Count, Fetched));

        // The moment between the line and the name, before the folder was complete and after.
        foreach (int lines in (int[])[1, 0])
        {
            File.Move(FileOf("Box", 1), before);
            string[] all = File.ReadAllLines(Path.Combine(Root, BackupPaths.Manifest));
            File.WriteAllLines(Path.Combine(Root, BackupPaths.Manifest), all[..^lines]);
            Assert.Empty(Problems());
            Assert.Equal(0, BackUp("Box")["Box"].FlagChanges);
            Assert.Equal(("DT", 0), (LettersOf("Box", 1), Fetched));
        }

        Assert.Empty(Problems());
    }

    [Fact]
    public async Task A_mail_program_may_rename_what_it_reads()
    {
        Fill("Box", 6);
        Connect();
        BackUp("Box -Format Maildir");
        IReadOnlyList<string> held = Held();
        Rename(FileOf("Box", 1), path => path.Replace($"{Path.DirectorySeparatorChar}cur{Path.DirectorySeparatorChar}",
            $"{Path.DirectorySeparatorChar}new{Path.DirectorySeparatorChar}", StringComparison.Ordinal).Split(':', ';')[0]);
        Rename(FileOf("Box", 2), path => path.Split("2,")[0] + "2,PSTab");
        Rename(FileOf("Box", 3), path => path.Replace('\u003a', '!'));
        File.WriteAllText(Path.Combine(Root, "Box", "dovecot-uidlist"), "x");
        Assert.Empty(Problems());
        Assert.Equal(held, Held());

        // What was moved elsewhere is copied from wherever it is.
        await OtherClientAsync("CREATE Other", "SELECT Box", "UID MOVE 1:2 Other");
        Proxy.Clear();
        Assert.Equal((2, 0), (BackUp("Other")["Other"].Known, Fetched));
        Assert.Equal(0, BackUp("Box")["Box"].New);
        Assert.Equal(("S", "FPRab", ""), (LettersOf("Box", 1), LettersOf("Box", 2), LettersOf("Box", 3)));
        Assert.All(FilesOf("Box"), name => Assert.StartsWith("cur", name, StringComparison.Ordinal));
        Assert.Empty(Problems(withServer: false));

        Rename(FileOf("Box", 5), path => path.Split("2,")[0] + "2,T");
        await OtherClientAsync("DELETE Box");
        Assert.Equal((6, 0), (Restore("Box")["Box"].Restored, Restore("Box")["Box"].Restored));
    }

    [Fact]
    public async Task A_new_UIDVALIDITY_fetches_nothing_and_leaves_each_message_once()
    {
        Fill("Box", 20);
        Connect();
        BackUp("Box -Format Maildir");
        IReadOnlyList<string> held = Held();
        string old = FileOf("Box", 1);
        byte[] octets = File.ReadAllBytes(old);
        await OtherClientAsync("CREATE Anew", "SELECT Box", "UID COPY 1:18 Anew", "CREATE Other", "SELECT Other", "DELETE Box",
            "RENAME Anew Box");
        Proxy.Clear();
        ImapFolderBackup after = BackUp("Box")["Box"];
        Assert.Equal((18, 16, 2), (after.Count, after.Known, after.New));
        Assert.Equal(2, Fetched);
        Assert.Equal(held, Held());
        Assert.Equal(20, FilesOf("Box").Count);
        Assert.False(File.Exists(old));
        Assert.Empty(Problems(withServer: false));

        // The moment between the lines and the removal of the old file.
        File.WriteAllBytes(old, octets);
        Assert.Equal([ImapBackupProblemKind.Extra], Problems(withServer: false).Select(problem => problem.Kind));
        string[] lines = File.ReadAllLines(Path.Combine(Root, BackupPaths.Manifest));
        File.WriteAllLines(Path.Combine(Root, BackupPaths.Manifest), lines[..^1]);
        BackUp("Box");
        Assert.False(File.Exists(old));
        Assert.Equal((20, 2), (FilesOf("Box").Count, Fetched));
    }

    /// <summary>What was numbered anew, and whose new file is missing, has its octets only in the old one.</summary>
    [Fact]
    public async Task The_old_file_stays_as_long_as_the_new_one_is_missing()
    {
        Fill("Box", 3);
        Connect();
        BackUp("Box -Format Maildir");
        string old = FileOf("Box", 1);
        byte[] octets = File.ReadAllBytes(old);
        await OtherClientAsync("CREATE Anew", "SELECT Box", "UID COPY 1:3 Anew", "CREATE Other", "SELECT Other", "DELETE Box",
            "RENAME Anew Box");
        BackUp("Box");
        File.WriteAllBytes(old, octets);
        File.Delete(new BackupFiles(Root).PathOf(EntryOf("Box", 1)));
        using (BackupSet backup = BackupSet.Open(Root, "localhost", User.Name))
        {
            FolderFiles.For(backup, backup.Contents.Find("Box")!).RemoveLeft();
            Assert.True(File.Exists(old));
        }

        Assert.Equal(1, BackUp("Box")["Box"].New);
        Assert.False(File.Exists(old));
    }

    [Fact]
    public async Task What_is_missing_or_damaged_is_found_and_fetched_again()
    {
        Fill("Box", 5);
        Connect();
        BackUp("Box -Format Maildir");
        File.Delete(FileOf("Box", 3));
        string damaged = FileOf("Box", 4);
        File.WriteAllText(damaged, File.ReadAllText(damaged).Replace("Subject", "subject", StringComparison.Ordinal));
        Assert.Equal([ImapBackupProblemKind.Missing, ImapBackupProblemKind.Damaged], Problems().Select(problem => problem.Kind));
        await OtherClientAsync("RENAME Box Kept");
        EngineResult result = Run("Restore-ImapFolder Box -Path $root", ("root", Root));
        Assert.Equal(["BackupDamaged", "FileNotFound"],
            result.AllErrors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]).Order(StringComparer.Ordinal));
        await OtherClientAsync("DELETE Box", "RENAME Kept Box");

        File.Delete(damaged);
        Proxy.Clear();
        Assert.Equal((2, 2), (BackUp("Box")["Box"].New, Fetched));
        Assert.Equal(5, FilesOf("Box").Count);
        Assert.Empty(Problems());
    }

    /// <summary>A file that no line tells of may be anything. It goes when the message comes, whatever flags that has by now.</summary>
    [Fact]
    public void What_a_crash_has_left_without_a_line_is_replaced()
    {
        Fill("Box", 5);
        Connect();
        BackUp("Box -Format Maildir");
        File.WriteAllText(FileOf("Box", 3), "");
        Rename(FileOf("Box", 3), path => path.Split("2,")[0] + "2,DF");
        File.Copy(FileOf("Box", 3), FileOf("Box", 3).Split("2,")[0] + "2,T");
        string manifest = Path.Combine(Root, BackupPaths.Manifest);
        string[] lines = File.ReadAllLines(manifest);
        File.WriteAllLines(manifest, lines[..^1].Where(line => !line.Contains("\"uid\":3,", StringComparison.Ordinal)));
        Assert.Equal(1, BackUp("Box")["Box"].New);
        Assert.Equal(5, FilesOf("Box").Count);
        Assert.Empty(Problems());
    }

    [Fact]
    public async Task Copies_have_files_of_their_own_and_what_is_gone_goes_after_its_time()
    {
        Fill("Box", 4);
        Connect();
        await OtherClientAsync("SELECT Box", "UID COPY 1 Box");
        BackUp("Box -Mirror -Format Maildir");
        Assert.Equal(5, FilesOf("Box").Count);
        await OtherClientAsync("SELECT Box", "UID STORE 1:2 +FLAGS (\\Deleted)", "UID EXPUNGE 1:2");
        Assert.Equal(2, BackUp("Box -Mirror -KeepDeleted 1")["Box"].Gone);
        Assert.Equal((5, 3), (FilesOf("Box").Count, Held().Count));
        Rename(FileOf("Box", 2), path => path.Split("2,")[0] + "2,T");
        Assert.Equal(2, BackUp("Box -Mirror -KeepDeleted 0")["Box"].Removed);
        Assert.Equal(3, FilesOf("Box").Count);
        Assert.Empty(Problems());

        // An empty folder keeps its files, unless they are elsewhere.
        await OtherClientAsync("SELECT Box", "UID COPY 3:5 Sent", "STORE 1:* +FLAGS (\\Deleted)", "EXPUNGE");
        Assert.Equal(0, BackUp("Box -Mirror -KeepDeleted 0")["Box"].Removed);
        Assert.Equal(3, FilesOf("Box").Count);
        Assert.Equal(3, BackUp("Box, Sent -Mirror -KeepDeleted 0")["Box"].Removed);
        Assert.Empty(FilesOf("Box"));
        Assert.Empty(Problems());
    }

    [Fact]
    public void Files_without_a_manifest_are_refused()
    {
        Fill("Box", 2);
        Connect();
        BackUp("Box -Format Maildir");
        File.Delete(Path.Combine(Root, BackupPaths.Manifest));
        AssertError(Run("Backup-ImapFolder Box -Path $root -Format Maildir", ("root", Root)), "BackupDamaged");
    }

    [Fact]
    public void Several_connections_make_the_same_Maildir()
    {
        Fill("INBOX", 1_200);
        Connect();
        BackUp("INBOX -Format Maildir");
        IReadOnlyList<string> files = FilesOf("INBOX");
        IReadOnlyList<string> held = Held();
        Directory.Move(Root, Root + "-single");
        BackUp("INBOX -Format Maildir -Parallel 3");
        Assert.Equal(files, FilesOf("INBOX"));
        Assert.Equal(held, Held());
        Assert.Empty(Problems(withServer: false));
    }

    [Fact]
    public async Task Folders_that_are_named_like_its_directories_have_others()
    {
        await using DovecotServer dotted = await DovecotServer.StartAsync(new DovecotOptions { HierarchyDelimiter = '.' }, Cancellation);
        MailUser user = dotted.CreateUser();
        string[] folders = ["INBOX", "INBOX.cur", "cur", "Lists", "Lists.cur", "Lists.CUR", "Lists.new", "Lists.Tmp", "Lists.cur_"];
        for (int i = 0; i < folders.Length; i++) Fill(folders[i], 1, first: i * 10, user: user);
        Succeed("$null = Connect-Imap localhost -Port $p -Security None -AllowPlaintext -Credential $c",
            ("p", dotted.Port), ("c", CredentialOf(user.Name, user.Password)));
        BackUp("-Format Maildir");
        Assert.Equal(folders.Length, Held().Count);
        Assert.Empty(Problems());
        Assert.Equal(folders.Length, Directory.GetFiles(Root, "*.V*", SearchOption.AllDirectories).Length);
        string[] directories = [.. Contents().Folders.Select(folder => folder.Directory)];
        Assert.Equal(directories.Length, directories.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(directories, directory =>
            Assert.DoesNotContain(directory.Split('/'), name => name.ToUpperInvariant() is "CUR" or "NEW" or "TMP"));
    }

    [Fact]
    public async Task Dovecot_and_Import_ImapMessage_read_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The files are given to Dovecot's user.");
        Fill("INBOX", 30);
        Fill("Lists/dotnet", 4, first: 50);
        User.Deliver("INBOX", Encoding.Latin1.GetBytes("Subject: two line ends\r\n\r\none\ntwo\r\n"),
            new MessageState(DateTimeOffset.UnixEpoch.AddYears(50)));
        Connect();
        BackUp("-Format Maildir");
        string copy = Root + "-copy";
        await Tool.RunAsync("cp", ["-rp", Root, copy], Cancellation);
        string home = Path.Combine(Dovecot.Directory, "users", User.Name);
        await Tool.RunAsync("chown", ["-R", "--reference", home, Path.GetDirectoryName(copy)!], Cancellation);
        await using DovecotServer other = await DovecotServer.StartAsync(new DovecotOptions
        {
            ExtraConfiguration = [$"mail_location = maildir:{copy}:LAYOUT=fs:INBOX={copy}/INBOX"],
        }, Cancellation);
        MailUser reader = other.CreateUser();
        foreach (string folder in (string[])["INBOX", "Lists/dotnet"])
        {
            Assert.Equal(Sorted(await StoredAsync(folder)), Sorted(await StoredAsync(folder, reader)));
            Assert.Equal(States(await StateAsync(folder)), States(await StateAsync(folder, reader)));
        }

        Succeed("$null = Import-ImapMessage Imported -Path $path -Format Maildir -CreateFolder",
            ("path", Path.Combine(Root, "Lists", "dotnet")));
        Assert.Equal(Sorted(await StoredAsync("Lists/dotnet")), Sorted(await StoredAsync("Imported")));
        Assert.Equal(States(await StateAsync("Lists/dotnet")), States(await StateAsync("Imported")));

        // Dovecot shows an LF as CRLF.
        static IEnumerable<string> Sorted(IReadOnlyList<byte[]> messages) =>
            messages.Select(message => Encoding.Latin1.GetString(message).ReplaceLineEndings("\n")).Order(StringComparer.Ordinal);

        static IEnumerable<string> States(IReadOnlyList<string> fetched) => fetched
            .Select(line => string.Join(' ', line[line.IndexOf('(', StringComparison.Ordinal)..]
                .Replace("\\Recent", "", StringComparison.Ordinal)
                .Split(['(', ')', ' '], StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)))
            .Order(StringComparer.Ordinal);
    }
}
