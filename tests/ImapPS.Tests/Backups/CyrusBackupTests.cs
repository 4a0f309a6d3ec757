using System.Globalization;
using ImapPS.Backups;
using ImapPS.Models;
using ImapPS.Sandbox;
using ImapPS.Tests.Administration;

namespace ImapPS.Tests.Backups;

/// <summary>From Dovecot to Cyrus, and what Cyrus itself says of its messages.</summary>
public sealed class CyrusBackupTests(MailServer mail, CyrusFixture cyrus) : CyrusTest(mail, cyrus)
{
    private readonly string _root = Directory.CreateTempSubdirectory("imapps-").FullName;

    public override ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Directory.Delete(_root, recursive: true);
        return base.DisposeAsync();
    }

    [Fact]
    public async Task A_backup_of_Dovecot_is_restored_to_Cyrus_and_nothing_twice()
    {
        string[] folders = ["INBOX", "Lists", "Lists/Größe", "Lists/日本語", "Lists/папка", "Lists/a&b"];
        int number = 0;
        foreach (string folder in folders)
        {
            User.DeliverMany(folder, 8, i => new SeedMessage(System.Text.Encoding.Latin1.GetString(Cuts.Sample(number++)),
                new MessageState(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero).AddHours(number),
                    i % 2 == 0 ? SystemFlags.Seen : SystemFlags.Flagged | SystemFlags.Answered, ["$Work"])));
        }

        ConnectDovecot();
        Succeed("Set-ImapFolder Lists/* -Subscribed $true -Session $dovecot");
        await ConnectCyrusAsync();
        Succeed("$null = Backup-ImapFolder -Path $root/a -Session $dovecot", ("root", _root));
        var done = Succeed("Restore-ImapFolder -Path $root/a -Session $user", ("root", _root))
            .Select(one => (ImapFolderRestore)one.BaseObject).ToList();
        Assert.Equal(48, done.Sum(folder => folder.Restored));
        Assert.Equal(0, done.Sum(folder => folder.Failed));
        Assert.Equal(0, Succeed("Restore-ImapFolder -Path $root/a -Session $user", ("root", _root))
            .Sum(one => Property<int>(one, "Restored")));

        // All of it once more, from Cyrus, says that both are the same.
        Succeed("$null = Backup-ImapFolder -Path $root/b -Session $user", ("root", _root));
        Assert.Equal(Held("a"), Held("b"));
        Assert.All(ManifestReader.Read(Path.Combine(_root, "b")).Folders.Where(folder => folder.Names.Count == 2 && folder.Names[0] == "Lists"),
            folder => Assert.True(folder.Subscribed, folder.Path));
    }

    [Fact]
    public async Task An_EMAILID_says_that_a_message_is_the_same_and_no_header_is_fetched()
    {
        await ConnectCyrusAsync();
        await using FaultProxy proxy = FaultProxy.Start(Cyrus.Port);
        MailLogin user = await Cyrus.AddUserAsync(Cancellation);
        Succeed("$global:watched = Connect-Imap 127.0.0.1 -Port $p -Security None -AllowPlaintext -Credential $who",
            ("p", proxy.Port), ("who", CredentialOf(user.Name, user.Password)));
        Succeed("""
            $null = New-ImapFolder Other -Session $watched
            0..9 | ForEach-Object { Import-ImapMessage INBOX -Content "Subject: $_`r`n`r`nNo Message-ID.`r`n" -Session $watched }
            $null = Backup-ImapFolder -Path $root/c -Session $watched
            Get-ImapMessage INBOX -Session $watched | Move-ImapMessage Other
            """, ("root", _root));
        proxy.Clear();
        ImapFolderBackup other = Succeed("Backup-ImapFolder -Path $root/c -Mirror -Session $watched", ("root", _root))
            .Select(one => (ImapFolderBackup)one.BaseObject).Single(folder => folder.Folder == "Other");
        Assert.Equal((10, 0, 10), (other.Count, other.New, other.Known));
        Assert.DoesNotContain(proxy.Commands, command => command.Line.Contains("BODY.PEEK[]", StringComparison.Ordinal)
            || command.Line.Contains("BODY.PEEK[HEADER]", StringComparison.Ordinal));
    }

    private IReadOnlyList<string> Held(string name)
    {
        string root = Path.Combine(_root, name);
        return
        [
            .. ManifestReader.Read(root).Folders.SelectMany(folder => folder.Entries).Select(entry => string.Create(
                CultureInfo.InvariantCulture,
                $"{string.Join('/', entry.Folder.Names)} {entry.Digest} {entry.Received:u} {string.Join(' ', entry.Flags)}"))
                .Order(StringComparer.Ordinal),
        ];
    }
}
