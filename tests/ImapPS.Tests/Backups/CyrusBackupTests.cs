using System.Globalization;
using System.Text;
using ImapPS.Backups;
using ImapPS.Models;
using ImapPS.Sandbox;
using ImapPS.Tests.Administration;

namespace ImapPS.Tests.Backups;

/// <summary>From Dovecot to Cyrus, octet for octet, with dates, flags, keywords, folders and subscriptions.</summary>
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
            User.DeliverMany(folder, 8, i => new SeedMessage(Encoding.Latin1.GetString(Cuts.Sample(number++)),
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
        Assert.All(
            ManifestReader.Read(Path.Combine(_root, "b")).Folders.Where(folder => folder.Names.Count == 2 && folder.Names[0] == "Lists"),
            folder => Assert.True(folder.Subscribed, folder.Path));
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
