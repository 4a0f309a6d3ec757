using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ImapPS.Backups;
using ImapPS.Models;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Backups;

/// <summary>Backups in a directory of the test's own, and what they hold.</summary>
public abstract class BackupTest(MailServer mail) : ModuleTest(mail)
{
    protected string Root { get; } = Path.Combine(Directory.CreateTempSubdirectory("imapps-").FullName, "backup");

    public override ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Directory.Delete(Path.GetDirectoryName(Root)!, recursive: true);
        return base.DisposeAsync();
    }

    /// <summary>Runs a backup that is to succeed; the folders by their paths.</summary>
    protected IReadOnlyDictionary<string, ImapFolderBackup> BackUp(string parameters = "") =>
        Succeed($"Backup-ImapFolder {parameters} -Path $root", ("root", Root)).Select(one => (ImapFolderBackup)one.BaseObject)
            .ToDictionary(one => one.Folder, StringComparer.Ordinal);

    protected IReadOnlyDictionary<string, ImapFolderRestore> Restore(string parameters = "") =>
        Succeed($"Restore-ImapFolder {parameters} -Path $root", ("root", Root)).Select(one => (ImapFolderRestore)one.BaseObject)
            .ToDictionary(one => one.Folder, StringComparer.Ordinal);

    /// <summary>What is wrong with the backup, its files as well as what it knows of the server.</summary>
    protected IReadOnlyList<ImapBackupProblem> Problems(bool withServer = true) =>
        [.. Succeed($"Test-ImapBackup $root {(withServer ? "-Session $session" : "")}", ("root", Root), ("session", SessionId()["id"]))
            .SelectMany(one => ((ImapBackupTest)one.BaseObject).Problems)];

    /// <summary>What a backup with -WhatIf says, as the console shows it.</summary>
    protected string WhatIf(string parameters = "-Mirror -KeepDeleted 0")
    {
        string told = Path.Combine(Path.GetDirectoryName(Root)!, "told.txt");
        Succeed($"Start-Transcript $told > $null; Backup-ImapFolder {parameters} -Path $root -WhatIf; Stop-Transcript > $null",
            ("root", Root), ("told", told));
        return File.ReadAllText(told);
    }

    internal BackupContents Contents() => ManifestReader.Read(Root);

    /// <summary>What a backup has: each message with its folder, octets, date and flags, in no order.</summary>
    protected IReadOnlyList<string> Held(bool goneToo = false) => HeldIn(Root, goneToo);

    protected static IReadOnlyList<string> HeldIn(string root, bool goneToo = false) => HeldIn(new BackupFiles(root), root, goneToo);

    private static IReadOnlyList<string> HeldIn(BackupFiles files, string root, bool goneToo) =>
    [
        .. ManifestReader.Read(root).Folders
            .SelectMany(folder => folder.Entries)
            .Where(entry => goneToo || entry.Gone is null)
            .Select(entry => $"{entry.Folder.Path} {DigestOf(files, entry)} {entry.Received:u} "
                + string.Join(' ', entry.Flags))
            .Order(StringComparer.Ordinal),
    ];

    private static string DigestOf(BackupFiles files, BackupEntry entry)
    {
        using Stream octets = files.Open(entry);
        return Convert.ToHexStringLower(SHA256.HashData(octets));
    }

    protected static string DigestOf(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));

    /// <summary>Messages of different sizes; some have flags, some no Message-ID.</summary>
    protected void Fill(string folder, int count, int first = 0, MailUser? user = null) => (user ?? User).DeliverMany(folder, count, i =>
        new SeedMessage(Encoding.Latin1.GetString(Cuts.Sample(first + i)), new MessageState(
            new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero).AddMinutes(first + i),
            i % 3 == 0 ? SystemFlags.Seen : i % 3 == 1 ? SystemFlags.Flagged | SystemFlags.Answered : SystemFlags.None)));

    /// <summary>The messages that were fetched whole since the proxy was cleared.</summary>
    protected int Fetched => Proxy.Commands.Where(command => command.Line.Contains("BODY.PEEK[]", StringComparison.Ordinal)).Sum(CountOf);

    private static int CountOf(Sandbox.ProxyCommand command) => command.Line.Split(' ')[3].Split(',')
        .Sum(range => range.Split(':') is [var from, var to]
            ? int.Parse(to, CultureInfo.InvariantCulture) - int.Parse(from, CultureInfo.InvariantCulture) + 1
            : 1);
}
