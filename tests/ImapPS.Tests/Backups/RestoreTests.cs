using ImapPS.Backups;
using ImapPS.Models;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Backups;

/// <summary>What is restored is what was backed up.</summary>
public sealed class RestoreTests(MailServer mail) : BackupTest(mail)
{
    private static readonly string[] _scripts = ["Größe", "日本語", "папка", "مجلد", "עברית", "📁 box", "a&b", "it's \"x\"", "with.dot"];

    [Fact]
    public async Task An_empty_account_gets_octets_dates_flags_keywords_folders_and_subscriptions()
    {
        Fill("INBOX", 30);
        User.CreateFolder("Lists");
        foreach (string name in _scripts) Fill($"Lists/{name}", 2, first: 40);
        Fill("Sent", 3, first: 60);
        Connect();
        Succeed("""
            Get-ImapMessage INBOX -Newest 5 | Set-ImapMessage -AddKeyword '$Work', later
            $null = New-ImapFolder Empty/Below
            Get-ImapMessage INBOX -Uid 3 | Copy-ImapMessage INBOX
            Set-ImapFolder Lists/*, Sent -Subscribed $true
            Set-ImapFolder Empty -Subscribed $false
            """);
        BackUp();
        await ConnectOtherAsync();
        IReadOnlyDictionary<string, ImapFolderRestore> done = Restore("-Session $other");
        Assert.Equal((31, 31, 0, 0), (done["INBOX"].Count, done["INBOX"].Restored, done["INBOX"].Existing, done["INBOX"].Failed));
        AssertSame();

        // A second run finds everything there.
        Proxy.Clear();
        Assert.All(Restore("-Session $other").Values, folder =>
            Assert.Equal((0, 0, false), (folder.Restored, folder.Failed, folder.Created)));
        Assert.DoesNotContain(Proxy.Commands, command => command.Verb is "APPEND" or "CREATE" or "SUBSCRIBE" or "UNSUBSCRIBE");
    }

    [Theory]
    [InlineData("-Session $other")]
    [InlineData("Lists/one/below, Real/below, Real -Session $other")]
    public async Task What_holds_only_folders_does_not_become_a_folder_with_messages(string parameters)
    {
        Fill("Lists/one/below", 2);
        Fill("Real/below", 2, first: 10);
        User.CreateFolder("Real");
        Connect();
        Assert.DoesNotContain("Lists", BackUp().Keys);
        await ConnectOtherAsync();
        Restore(parameters);
        Assert.Equal(["Lists False", "Lists/one False", "Lists/one/below True", "Real True", "Real/below True"],
            Succeed("Get-ImapFolder Lists, Lists/*, Real, Real/* -Session $other | ForEach-Object { \"$($_.Path) $($_.Selectable)\" }")
                .Select(one => one.ToString()).Order(StringComparer.Ordinal));
        if (parameters.StartsWith('-')) AssertSame();
    }

    /// <summary>Another message of the same Message-ID and size, received at another time.</summary>
    [Fact]
    public void What_only_looks_like_a_message_is_not_taken_for_it()
    {
        const string One = "Message-ID: <same@example.org>\r\nSubject: x\r\n\r\none\r\n";
        User.CreateFolder("Box");
        User.DeliverMany("Box", 1, _ => new SeedMessage(One, new MessageState(DateTimeOffset.UnixEpoch.AddDays(1))));
        Connect();
        BackUp("Box");
        Succeed("Remove-ImapFolder Box -Force -Confirm:$false");
        User.CreateFolder("Box");
        User.DeliverMany("Box", 1, _ => new SeedMessage(One.Replace("one", "two", StringComparison.Ordinal),
            new MessageState(DateTimeOffset.UnixEpoch.AddDays(2))));
        Assert.Equal((1, 0), (Restore("Box")["Box"].Restored, Restore("Box")["Box"].Restored));

        // The same octets under another date are the message.
        Succeed("Remove-ImapFolder Box -Force -Confirm:$false");
        User.CreateFolder("Box");
        User.DeliverMany("Box", 1, _ => new SeedMessage(One, new MessageState(DateTimeOffset.UnixEpoch.AddDays(3))));
        Assert.Equal((0, 1), (Restore("Box")["Box"].Restored, Restore("Box")["Box"].Existing));
    }

    [Fact]
    public async Task Only_what_is_missing_is_restored()
    {
        Fill("INBOX", 10);
        Connect();
        BackUp();
        await OtherClientAsync("SELECT INBOX", "UID STORE 3:4 +FLAGS (\\Deleted)", "UID EXPUNGE 3:4");
        ImapFolderRestore done = Restore("INBOX")["INBOX"];
        Assert.Equal((2, 8), (done.Restored, done.Existing));
        Assert.Equal(10, await CountAsync("INBOX"));
        Assert.Equal(0, Restore("INBOX")["INBOX"].Restored);
    }

    [Fact]
    public async Task What_was_deleted_comes_back_only_if_it_is_asked_for()
    {
        Fill("INBOX", 10);
        Connect();
        BackUp("-Mirror");
        await OtherClientAsync("SELECT INBOX", "UID STORE 3:4 +FLAGS (\\Deleted)", "UID EXPUNGE 3:4");
        BackUp("-Mirror");
        Assert.Equal(0, Restore("INBOX")["INBOX"].Restored);
        Assert.Equal(2, Restore("INBOX -IncludeDeleted")["INBOX"].Restored);
    }

    [Fact]
    public async Task A_damaged_file_is_not_sent()
    {
        Fill("Box", 4);
        Connect();
        BackUp();
        string[] files = [.. Directory.GetFiles(Path.Combine(Root, "Box")).Order(StringComparer.Ordinal)];
        byte[] octets = File.ReadAllBytes(files[0]);
        octets[^3] ^= 1;
        File.WriteAllBytes(files[0], octets);
        File.Delete(files[1]);
        await OtherClientAsync("DELETE Box");
        EngineResult result = Run("Restore-ImapFolder Box -Path $root", ("root", Root));
        var done = (ImapFolderRestore)Assert.Single(result.Output).BaseObject;
        Assert.Equal((2, 2, true), (done.Restored, done.Failed, done.Created));
        Assert.Equal(["BackupDamaged", "FileNotFound"],
            result.AllErrors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]).Order(StringComparer.Ordinal));
        Assert.Equal([ImapBackupProblemKind.Damaged, ImapBackupProblemKind.Missing],
            Problems(withServer: false).Select(problem => problem.Kind).Order().Reverse());
    }

    [Fact]
    public async Task Another_delimiter_a_prefix_and_other_names_of_roles_are_mapped()
    {
        Fill("Lists/with.dot/below", 2);
        Fill("Sent", 3, first: 10);
        Connect();
        BackUp();
        await using DovecotServer dotted = await DovecotServer.StartAsync(new DovecotOptions
        {
            HierarchyDelimiter = '.',
        }, Cancellation);
        MailUser user = dotted.CreateUser();
        Succeed("$global:other = Connect-Imap localhost -Port $p -Security None -AllowPlaintext -Credential $c",
            ("p", dotted.Port), ("c", CredentialOf(user.Name, user.Password)));
        IReadOnlyDictionary<string, ImapFolderRestore> done = Restore("-Session $other");
        Assert.Equal("Lists.with_dot.below", done["Lists/with.dot/below"].RestoredTo);
        Assert.Equal(2, await CountAsync("Lists.with_dot.below", user));
        Assert.Equal(ImapSpecialUse.Sent.ToString(),
            Succeed("(Get-ImapFolder -Session $other -LiteralPath $path).SpecialUse.ToString()", ("path", done["Sent"].RestoredTo))
                .Single().ToString());
        Assert.Equal(0, Restore("-Session $other").Values.Sum(folder => folder.Restored));
    }

    /// <summary>Whatever had arrived when the connection broke is there once.</summary>
    [Fact]
    public async Task A_restore_that_was_cut_off_is_completed_by_the_next_one()
    {
        Fill("INBOX", 150);
        Fill("Lists/one", 20, first: 300);
        User.CreateFolder("Lists");
        Connect();
        BackUp();
        IReadOnlyList<string> expected = Held();
        for (int i = 0; i < 8; i++)
        {
            await ConnectOtherAsync("-RetryCount 0");
            Proxy.Clear();
            string[] moments = ["before", "after", "in its line", "in its answer"];
            Proxy.CutAt("APPEND", i / 4, Cuts.ByMoment[moments[i % 4]]);
            Run("try { Restore-ImapFolder -Path $root -Session $other } catch { }", ("root", Root));
            Proxy.ClearRules();
            Restore("-Session $other");
            string second = Text($"{Root}-{i}");
            Succeed("$null = Backup-ImapFolder -Path $second -Session $other; Disconnect-Imap $other", ("second", second));
            Assert.Equal(expected, HeldIn(second));
        }
    }

    [Fact]
    public void Nothing_is_changed_with_WhatIf()
    {
        Fill("Box", 4);
        Connect();
        BackUp();
        Succeed("Remove-ImapFolder Box -Force -Confirm:$false");
        Proxy.Clear();
        Succeed("Restore-ImapFolder -Path $root -WhatIf", ("root", Root));
        Assert.DoesNotContain(Proxy.Commands, command => command.Verb is "APPEND" or "CREATE" or "SUBSCRIBE");
        AssertError(Run("Restore-ImapFolder Missing -Path $root", ("root", Root)), "FolderNotFound");
        AssertError(Run("Restore-ImapFolder -Path $root", ("root", Root + "x")), "FileNotFound");
    }

    private Task ConnectOtherAsync(string parameters = "")
    {
        MailUser user = Dovecot.CreateUser();
        Succeed($"$global:other = Connect-Imap localhost -Port $proxyPort -Security None -AllowPlaintext -Credential $c {parameters}",
            ("c", CredentialOf(user.Name, user.Password)));
        return Task.CompletedTask;
    }

    /// <summary>Compares both accounts by backups of them: of each message folder, octets, date and flags.</summary>
    private void AssertSame()
    {
        string second = Root + "-second";
        Succeed("Backup-ImapFolder -Path $second -Session $other", ("second", second));
        Assert.Equal(Held(), HeldIn(second));
        Assert.Equal(State(Root), State(second));
    }

    private static IEnumerable<string> State(string root) => ManifestReader.Read(root).Folders
        .Select(folder => $"{folder.Path} {folder.Subscribed} {folder.Role} {folder.Entries.Count}").Order(StringComparer.Ordinal);
}
