using System;
using System.Collections.Concurrent;
using System.IO;
using ImapPS.Files;

namespace ImapPS.Backups;

/// <summary>Where the files of a backup's messages are, and what is in them: the octets that the server has sent.</summary>
internal sealed class BackupFiles(string root)
{
    private readonly ConcurrentDictionary<string, MaildirIndex> _maildirs = new(StringComparer.Ordinal);

    /// <summary>The directory of the backup.</summary>
    public string Root { get; } = root;

    /// <summary>The files of a folder that is a Maildir.</summary>
    public MaildirIndex Maildir(BackupFolder folder) => _maildirs.GetOrAdd(BackupPaths.Directory(Root, folder), static directory =>
        new MaildirIndex(directory));

    /// <summary>The file of a message; where it was to be, if it is not there.</summary>
    public string PathOf(BackupEntry entry)
    {
        string directory = BackupPaths.Directory(Root, entry.Folder);
        return entry.File is { } name ? Maildir(entry.Folder).Find(name) ?? Path.Combine(directory, MaildirNames.Current, name)
            : Path.Combine(directory, entry.FileName);
    }

    /// <summary>Whether the file of a message is there.</summary>
    public bool Has(BackupEntry entry) =>
        entry.File is { } name ? Maildir(entry.Folder).Find(name) is not null : File.Exists(PathOf(entry));

    /// <summary>Opens a message: the octets as they were on the server, whatever line ends its file has.</summary>
    public Stream Open(BackupEntry entry)
    {
        string path = PathOf(entry);
        FileStream file;
        try
        {
            file = MessageFiles.Open(path);
        }
        catch (Exception missing) when (entry.File is not null && missing is FileNotFoundException or DirectoryNotFoundException)
        {
            // A program may have renamed it since.
            if (Maildir(entry.Folder).FindAgain(entry.File!, path) is not { } now) throw;

            file = MessageFiles.Open(now);
        }

        return entry.IsUnixText ? new NetworkTextReader(file) : file;
    }
}
