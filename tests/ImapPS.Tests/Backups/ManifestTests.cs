using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ImapPS.Backups;
using ImapPS.Models;

namespace ImapPS.Tests.Backups;

/// <summary>A manifest that ends anywhere is one that the next backup goes on with.</summary>
public sealed class ManifestTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("imapps-").FullName;

    private string Manifest => Path.Combine(_root, BackupPaths.Manifest);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Cut_at_any_octet_it_opens_and_knows_what_its_whole_lines_say()
    {
        using (BackupSet backup = BackupSet.Open(_root, "server", "user")) Write(backup);
        byte[] all = File.ReadAllBytes(Manifest);
        for (int length = 0; length <= all.Length; length++)
        {
            File.WriteAllBytes(Manifest, all[..length]);
            int lines = all.Take(length).Count(octet => octet == '\n');
            BackupContents read = ManifestReader.Read(_root);
            Assert.Equal(0, read.Unreadable);
            Assert.Equal(length == 0 || all[length - 1] == '\n', read.TornOctets == 0);
            using (BackupSet backup = BackupSet.Open(_root, "server", "user"))
            {
                Assert.Equal(Math.Clamp(lines - 2, 0, 2), backup.Contents.Find("INBOX")?.Entries.Count ?? 0);
                Write(backup);
            }

            // Lines that were told again say the same.
            BackupContents done = ManifestReader.Read(_root);
            Assert.Equal((0, 0L), (done.Unreadable, done.TornOctets));
            BackupFolder folder = Assert.Single(done.Folders);
            Assert.Equal(["\\Flagged", "kéy"], folder.Find(1, 1)!.Flags);
            Assert.NotNull(folder.Find(1, 2)!.Gone);
            Assert.Equal(2u, folder.State!.UidNext);
        }
    }

    [Fact]
    public void What_a_file_system_leaves_behind_the_last_line_is_cut_off()
    {
        using (BackupSet backup = BackupSet.Open(_root, "server", "user")) Write(backup);
        byte[] all = File.ReadAllBytes(Manifest);
        File.WriteAllBytes(Manifest, [.. all, .. new byte[4_096]]);
        using (BackupSet.Open(_root, "server", "user")) Assert.Equal(all.Length, new FileInfo(Manifest).Length);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("{\"v\":1,\"type\":\"message\",\"folder\":1,\"uid\":-5}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"v\":1,\"type\":\"folder\",\"folder\":7,\"path\":\"x\",\"directory\":\"../../etc\"}")]
    [InlineData("{\"v\":1,\"type\":\"folder\",\"folder\":7,\"path\":\"x\",\"directory\":\"/etc\"}")]
    [InlineData("{\"v\":1,\"type\":\"folder\",\"folder\":7,\"path\":\"x\",\"directory\":\"C:\\\\x\"}")]
    public void A_line_that_says_nothing_is_passed_over(string line)
    {
        using (BackupSet backup = BackupSet.Open(_root, "server", "user")) Write(backup);
        File.WriteAllLines(Manifest, [line, .. File.ReadAllLines(Manifest)]);
        BackupContents read = ManifestReader.Read(_root);
        Assert.Equal(1, read.Unreadable);
        Assert.Equal(2, Assert.Single(read.Folders).Entries.Count);
    }

    [Fact]
    public void A_digest_that_is_none_names_no_file()
    {
        using (BackupSet backup = BackupSet.Open(_root, "server", "user"))
        {
            BackupFolder folder = backup.Take(new ImapFolder { Path = "INBOX", Delimiter = "/" }, ["INBOX"]);
            backup.Append([new ManifestLine { Type = ManifestLine.Message, Folder = folder.Id, Uid = 1, Digest = "../../../etc/passwd" }]);
            Assert.Empty(folder.Entries);
        }
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData(".hidden")]
    [InlineData("a:2,S")]
    [InlineData("")]
    public void A_name_that_is_none_names_no_file(string name)
    {
        using BackupSet backup = BackupSet.Open(_root, "server", "user", asked: ImapMessageFormat.Maildir);
        BackupFolder folder = backup.Take(new ImapFolder { Path = "INBOX", Delimiter = "/" }, ["INBOX"]);
        string digest = Digests.ToText(SHA256.HashData([]));
        backup.Append([new ManifestLine { Type = ManifestLine.Message, Folder = folder.Id, Uid = 1, Digest = digest, File = name }]);
        Assert.Empty(folder.Entries);
    }

    [Fact]
    public void Every_folder_has_a_directory_of_its_own_below_the_backup()
    {
        string[] names = ["INBOX", "inbox2", "a", "A", "CON", "con", "NUL.txt", "..", ".", ".hidden", "a:b", "a?b", "a*b", "x.eml",
            "manifest.jsonl", "backup.lock", " ", "é", "e\u0301", new string('x', 300), new string('x', 301), new string('é', 300),
            "-rf", "a\u202eb",
            "Ａ", "日本語", "папка", "مجلد", "תיקייה", "📁", "\ud800", "a/b", "a (2)"];
        using BackupSet backup = BackupSet.Open(_root, "server", "user");
        foreach (string name in names) backup.Take(new ImapFolder { Path = name, Delimiter = "\n" }, [name]);
        foreach (string name in names) backup.Take(new ImapFolder { Path = "a\n" + name, Delimiter = "\n" }, ["a", name]);
        string deep = "deep";
        for (int i = 0; i < 40; i++)
        {
            deep += Invariant($"\nlevel {i}");
            backup.Take(new ImapFolder { Path = deep, Delimiter = "\n" }, deep.Split('\n'));
        }

        string[] directories = [.. backup.Contents.Folders.Select(folder => BackupPaths.Directory(_root, folder))];
        Assert.Equal((names.Length * 2) + 40, directories.Length);
        Assert.Equal(directories.Length, directories.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(directories, directory =>
        {
            Assert.StartsWith(_root + Path.DirectorySeparatorChar, Path.GetFullPath(directory), StringComparison.Ordinal);
            Assert.InRange(directory.Length - _root.Length, 1, 190);
            Directory.CreateDirectory(directory);
        });
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Write(BackupSet backup)
    {
        BackupFolder folder = backup.Take(new ImapFolder { Path = "INBOX", Delimiter = "/", Subscribed = true }, ["INBOX"]);
        ManifestLine one = new()
        {
            Type = ManifestLine.Message,
            Folder = folder.Id,
            UidValidity = 1,
            Uid = 1,
            Digest = Digests.ToText(SHA256.HashData(Encoding.ASCII.GetBytes("one"))),
            Size = 3,
            Flags = ["\\Seen"],
        };
        backup.Append([one]);
        backup.Append([one with { Uid = 2 }]);
        backup.Append([folder.Find(1, 1)!.Line(ManifestLine.OfFlags) with { Flags = ["\\Flagged", "kéy"] }]);
        backup.Append([folder.Find(1, 2)!.Line(ManifestLine.Gone) with { Time = DateTimeOffset.UnixEpoch }]);
        backup.Append([new ManifestLine { Type = ManifestLine.State, Folder = folder.Id, UidValidity = 1, UidNext = 2 }]);
    }
}
