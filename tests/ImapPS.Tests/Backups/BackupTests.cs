using ImapPS.Backups;
using ImapPS.Models;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Backups;

/// <summary>What a backup fetches, and what it costs when there is nothing to fetch.</summary>
public sealed class BackupTests(MailServer mail) : BackupTest(mail)
{
    [Fact]
    public async Task Every_message_is_there_byte_for_byte_with_what_the_server_knows_of_it()
    {
        Fill("INBOX", 12);
        Fill("Lists/dotnet", 3, first: 20);
        Connect();
        Succeed("Get-ImapMessage INBOX -Newest 1 | Set-ImapMessage -AddKeyword '$Work', later");
        IReadOnlyDictionary<string, ImapFolderBackup> done = BackUp();
        Assert.Equal((12, 12, 0), (done["INBOX"].Count, done["INBOX"].New, done["INBOX"].Failed));
        Assert.Equal(3, done["Lists/dotnet"].New);

        string[] files = Directory.GetFiles(Path.Combine(Root, "INBOX"));
        Assert.Equal((await StoredAsync("INBOX")).Select(Convert.ToHexString).Order(),
            files.Select(file => Convert.ToHexString(File.ReadAllBytes(file))).Order());
        Assert.All(files, file => Assert.Equal(DigestOf(file) + ".eml", Path.GetFileName(file)));
        Assert.Equal(3, Directory.GetFiles(Path.Combine(Root, "Lists", "dotnet")).Length);
        BackupEntry first = Contents().Find("INBOX")!.Find(done["INBOX"].UidValidity!.Value, 1)!;
        Assert.Equal(["\\Seen"], first.Flags);
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero), first.Received);
        Assert.Contains("$Work", Contents().Find("INBOX")!.Find(done["INBOX"].UidValidity!.Value, 12)!.Flags);
        Assert.Empty(Problems());
    }

    [Fact]
    public void A_second_run_over_what_is_unchanged_costs_one_command_whatever_the_number_of_messages()
    {
        Fill("INBOX", 3_000);
        Fill("Lists", 10);
        Connect();
        BackUp();
        long length = new FileInfo(Path.Combine(Root, BackupPaths.Manifest)).Length;

        // The first may have to close the folder that is open.
        BackUp();
        Proxy.Clear();
        IReadOnlyDictionary<string, ImapFolderBackup> again = BackUp();
        Assert.Equal((3_000, 3_000, 0), (again["INBOX"].Count, again["INBOX"].Unchanged, again["INBOX"].New));
        Assert.All(again.Values, folder => Assert.Equal(0, folder.New + folder.FlagChanges + folder.Gone + folder.Failed));
        TestContext.Current.TestOutputHelper!.WriteLine(string.Join('\n', Proxy.Commands) + $"\n{Proxy.BytesToClient} octets");
        Assert.InRange(Proxy.Commands.Count, 1, 2);
        Assert.All(Proxy.Commands, command => Assert.Contains(command.Verb, (string[])["LIST", "NOOP"]));
        Assert.InRange(Proxy.BytesToClient, 0, 3_000);
        Assert.Equal(length, new FileInfo(Path.Combine(Root, BackupPaths.Manifest)).Length);
    }

    /// <summary>The manifest tells of it: until another in its place is on the disk, a loss of power could take both.</summary>
    [Fact]
    public void A_file_with_the_same_octets_is_not_replaced()
    {
        string message = Message("twice");
        DateTimeOffset first = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
        User.Deliver("INBOX", message, new MessageState(first));
        Connect();
        BackUp();
        User.Deliver("INBOX", message, new MessageState(first.AddDays(1)));
        Assert.Equal(1, BackUp()["INBOX"].New);
        string file = Assert.Single(Directory.GetFiles(Path.Combine(Root, "INBOX")));
        Assert.Equal(first.UtcDateTime, File.GetLastWriteTimeUtc(file));
        Assert.Empty(Problems());

        // One that is damaged goes.
        File.WriteAllText(file, "damaged");
        User.Deliver("INBOX", message, new MessageState(first.AddDays(2)));
        Assert.Equal(1, BackUp()["INBOX"].New);
        Assert.Empty(Problems());
    }

    [Fact]
    public void New_messages_and_flags_cost_what_has_changed()
    {
        Fill("INBOX", 50);
        Connect();
        BackUp();
        Fill("INBOX", 2, first: 100);
        Succeed("Get-ImapMessage INBOX -Uid 7 | Set-ImapMessage -Flagged -AddKeyword new; "
            + "Get-ImapMessage INBOX -Uid 1 | Set-ImapMessage -Unread");
        Proxy.Clear();
        ImapFolderBackup done = BackUp()["INBOX"];
        Assert.Equal((52, 2, 2, 48), (done.Count, done.New, done.FlagChanges, done.Unchanged));
        Assert.Equal(2, Fetched);
        BackupFolder folder = Contents().Find("INBOX")!;
        Assert.Contains("new", folder.Find(done.UidValidity!.Value, 7)!.Flags);
        Assert.Empty(folder.Find(done.UidValidity!.Value, 1)!.Flags);
    }

    [Fact]
    public void Without_CONDSTORE_flags_are_read_and_nothing_is_fetched()
    {
        Fill("INBOX", 50);
        Proxy.HideCapability("CONDSTORE", "QRESYNC", "ESEARCH", "LIST-STATUS", "LIST-EXTENDED");
        Connect();
        BackUp();
        Succeed("Get-ImapMessage INBOX -Uid 7 | Set-ImapMessage -Flagged -AddKeyword new");
        Proxy.Clear();
        ImapFolderBackup done = BackUp()["INBOX"];
        Assert.Equal((0, 1), (done.New, done.FlagChanges));
        Assert.Equal(0, Fetched);
        Assert.Empty(Problems());
    }

    [Fact]
    public async Task What_was_moved_or_renamed_is_not_fetched_again()
    {
        Fill("INBOX", 20);
        Fill("Old", 20, first: 50);
        User.CreateFolder("Archive");
        Connect();
        BackUp();
        await OtherClientAsync("SELECT INBOX", "UID MOVE 1:6 Archive", "UID COPY 7:9 Archive", "RENAME Old New");
        Proxy.Clear();
        IReadOnlyDictionary<string, ImapFolderBackup> done = BackUp("-Mirror");

        // The 4th of every ten has no Message-ID, and what is still in its folder may be another message.
        Assert.Equal((5, 4), (done["Archive"].Known, done["Archive"].New));
        Assert.Equal((18, 2), (done["New"].Known, done["New"].New));
        Assert.Equal((14, 6), (done["INBOX"].Count, done["INBOX"].Gone));
        Assert.Equal(20, done["Old"].Gone);
        Assert.Equal(6, Fetched);
        Assert.Empty(Problems());
        Assert.Equal((await StoredAsync("New")).Select(Convert.ToHexString).Order(),
            Directory.GetFiles(Path.Combine(Root, "New")).Select(file => Convert.ToHexString(File.ReadAllBytes(file))).Order());
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Mirror")]
    public async Task A_new_UIDVALIDITY_fetches_nothing_and_loses_nothing(string mirror)
    {
        Fill("Box", 20);
        Connect();
        ImapFolderBackup before = BackUp(mirror)["Box"];
        IReadOnlyList<string> held = Held();

        // Made anew elsewhere and put in its place, with all but two.
        await OtherClientAsync("CREATE Anew", "SELECT Box", "UID COPY 1:18 Anew", "CREATE Other", "SELECT Other", "DELETE Box",
            "RENAME Anew Box");
        Proxy.Clear();
        ImapFolderBackup after = BackUp(mirror)["Box"];
        Assert.NotEqual(before.UidValidity, after.UidValidity);
        Assert.Equal((18, 16, 2), (after.Count, after.Known, after.New));
        Assert.Equal(2, Fetched);
        Assert.Equal(mirror.Length > 0 ? 2 : 0, after.Gone);
        Assert.Equal(held, Held(goneToo: true));
        Assert.Empty(Problems(withServer: mirror.Length > 0));
        Assert.Equal(18, Contents().Find("Box")!.Present.Count(entry => entry.UidValidity == after.UidValidity));
        Assert.Equal(20, Directory.GetFiles(Path.Combine(Root, "Box")).Length);
    }

    /// <summary>The connection has it selected, so that Dovecot tells of the folder that is no more.</summary>
    [Fact]
    public async Task A_folder_that_was_made_anew_is_noticed_even_if_it_looks_the_same()
    {
        Fill("Box", 10);
        Connect();
        ImapFolderBackup before = BackUp("Box -Mirror")["Box"];
        await OtherClientAsync("CREATE Anew", "SELECT Box", "UID COPY 1:10 Anew", "CREATE Other", "SELECT Other", "DELETE Box",
            "RENAME Anew Box");
        ImapFolderBackup after = BackUp("Box -Mirror")["Box"];
        Assert.NotEqual(before.UidValidity, after.UidValidity);
        Assert.Equal((9, 1), (after.Known, after.New));
    }

    [Theory]
    [InlineData("M1", 1)]
    [InlineData("M2", 0)]
    public async Task An_equal_EMAILID_says_that_a_message_is_the_same_and_not_even_its_header_is_fetched(string id, int known)
    {
        const string Raw = "Subject: x\r\n\r\nNo Message-ID.\r\n";
        User.Deliver("INBOX", Raw);
        User.CreateFolder("Other");
        Proxy.ShowCapability("OBJECTID");
        Connect();
        Answer("M1");
        BackUp();
        await OtherClientAsync("SELECT INBOX", "UID MOVE 1 Other");
        Proxy.Clear();
        Answer(id);
        ImapFolderBackup done = BackUp()["Other"];
        Assert.Equal((known, 1 - known), (done.Known, done.New));
        Assert.Equal(1 - known, Fetched);
        Assert.DoesNotContain(Proxy.Commands, command => command.Line.Contains("BODY.PEEK[HEADER]", StringComparison.Ordinal));
        Assert.Single(Directory.GetFiles(Path.Combine(Root, "Other")));

        void Answer(string emailId) => Proxy.On(command => command.Line.Contains("EMAILID", StringComparison.Ordinal),
            ProxyAction.Reply(Text($"* 1 FETCH (UID 1 FLAGS () INTERNALDATE \"02-Mar-2026 10:00:00 +0000\" RFC822.SIZE {Raw.Length} ")
                + $"EMAILID ({emailId}) THREADID NIL BODY[HEADER.FIELDS (MESSAGE-ID)] {{2}}\r\n\r\n)\r\n{{tag}} OK done"));
    }

    [Fact]
    public async Task A_file_that_was_lost_is_fetched_again()
    {
        Fill("INBOX", 5);
        Connect();
        BackUp();
        File.Delete(Directory.GetFiles(Path.Combine(Root, "INBOX"))[2]);
        Assert.Equal([ImapBackupProblemKind.Missing], Problems().Select(problem => problem.Kind));
        Assert.Equal(1, BackUp()["INBOX"].New);
        Assert.Empty(Problems());
        Assert.Equal(5, (await StoredAsync("INBOX")).Count);
    }

    [Fact]
    public void Two_at_once_and_another_account_are_refused()
    {
        Fill("INBOX", 2);
        Connect();
        BackUp();
        string manifest = Path.Combine(Root, BackupPaths.Manifest);
        using (BackupSet.Open(Root, "localhost", User.Name))
        {
            AssertError(Run("Backup-ImapFolder -Path $root", ("root", Root)), "BackupInUse");
        }

        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace(User.Name, "someone", StringComparison.Ordinal));
        AssertError(Run("Backup-ImapFolder -Path $root", ("root", Root)), "ArgumentInvalid");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("someone", User.Name, StringComparison.Ordinal)
            .Replace("{\"v\":1", "{\"v\":3", StringComparison.Ordinal));
        AssertError(Run("Backup-ImapFolder -Path $root", ("root", Root)), "ArgumentInvalid");
    }

    [Fact]
    public void A_message_that_cannot_be_fetched_is_an_error_and_tried_again()
    {
        Fill("INBOX", 5);
        Connect();
        Proxy.On(command => command.Line.Contains("BODY.PEEK[]", StringComparison.Ordinal)
            && (command.Line.Contains(" 1:5 ", StringComparison.Ordinal) || CoversThird(command.Line)),
            ProxyAction.Reply("{tag} NO cannot\r\n"), times: 100);
        EngineResult result = Run("Backup-ImapFolder -Path $root", ("root", Root));
        var done = (ImapFolderBackup)result.Output.Single(one => Property<string>(one, "Folder") == "INBOX").BaseObject;
        Assert.Equal((4, 1), (done.New, done.Failed));
        AssertError(result, "CommandRejected");

        Proxy.ClearRules();
        Assert.Equal(1, BackUp()["INBOX"].New);
        Assert.Empty(Problems());

        static bool CoversThird(string line) => line.Split(' ')[3] is "3" or "3:4" or "3:5" or "2:3" or "2:5" or "1:3";
    }

    [Fact]
    public void Only_the_folders_that_are_asked_for_are_backed_up()
    {
        Fill("INBOX", 1);
        Fill("Lists/a", 1);
        Fill("Lists/b", 1);
        Connect();
        Assert.Equal(["Lists/a", "Lists/b"], BackUp("Lists/*").Keys.Order());
        Assert.Equal(["INBOX"], BackUp("inbox").Keys);
        Assert.Equal(["Lists/a"], Succeed("Get-ImapFolder Lists/a | Backup-ImapFolder -Path $root", ("root", Root))
            .Select(one => Property<string>(one, "Folder")));
        AssertError(Run("Backup-ImapFolder Missing -Path $root", ("root", Root)), "FolderNotFound");
        AssertError(Run("Backup-ImapFolder -Path $root -KeepDeleted 1", ("root", Root)), "ArgumentInvalid");
    }
}
