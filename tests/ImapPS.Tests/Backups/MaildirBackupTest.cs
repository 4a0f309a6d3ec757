using ImapPS.Backups;

namespace ImapPS.Tests.Backups;

/// <summary>Backups in the format Maildir, and the files in them.</summary>
public abstract class MaildirBackupTest(MailServer mail) : BackupTest(mail)
{
    /// <summary>The messages of a folder's Maildir: their names, with cur or new before them.</summary>
    protected IReadOnlyList<string> FilesOf(string folder) =>
    [
        .. ((string[])["cur", "new", "tmp"]).SelectMany(part => Directory.GetFiles(Path.Combine(Root, folder, part)))
            .Select(path => Path.GetRelativePath(Path.Combine(Root, folder), path)).Order(StringComparer.Ordinal),
    ];

    /// <summary>The file of the message of that UID.</summary>
    protected string FileOf(string folder, uint uid) =>
        Path.Combine(Root, folder, FilesOf(folder).Single(name => name.Contains(Text($"U{uid}."), StringComparison.Ordinal)));

    protected string LettersOf(string folder, uint uid) => FileOf(folder, uid).Split("2,")[^1];

    internal BackupEntry EntryOf(string folder, uint uid) => Contents().Find(folder)!.Entries.Single(entry => entry.Uid == uid);

    /// <summary>Renames a file as a mail program would.</summary>
    protected static string Rename(string path, Func<string, string> rename)
    {
        string to = rename(path);
        File.Move(path, to);
        return to;
    }
}
