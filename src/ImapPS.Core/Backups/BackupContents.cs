using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ImapPS.Folders;
using ImapPS.Models;

namespace ImapPS.Backups;

/// <summary>What is in a backup, as the lines of its manifest tell.</summary>
internal sealed class BackupContents
{
    private readonly Dictionary<int, BackupFolder> _folders = [];

    /// <summary>Whose mailbox it is; null while nobody has said so.</summary>
    public ManifestLine? Account { get; private set; }

    /// <summary>The format of the files; null while there is nothing that has one.</summary>
    public ImapMessageFormat? Format => Enum.TryParse(Account?.Format, out ImapMessageFormat format) ? format
        : Folders.Any(folder => folder.Entries.Any(entry => entry.File is not null)) ? ImapMessageFormat.Maildir
        : Account is null && _folders.Count == 0 ? null
        : ImapMessageFormat.Eml;

    public IEnumerable<BackupFolder> Folders => _folders.Values.OrderBy(folder => folder.Id);

    /// <summary>The number of the next folder.</summary>
    public int NextId => _folders.Count == 0 ? 1 : _folders.Keys.Max() + 1;

    /// <summary>How many lines there are that say nothing.</summary>
    public int Unreadable { get; private set; }

    /// <summary>The number of the first of them.</summary>
    public int FirstUnreadable { get; private set; }

    /// <summary>What to say of them; null where there are none.</summary>
    public string? UnreadableText => Unreadable == 0 ? null : string.Format(CultureInfo.InvariantCulture,
        "The manifest of the backup has {0} that cannot be read. The first is line {1}.", DisplayText.Count(Unreadable, "line"),
        FirstUnreadable);

    /// <summary>How many octets of a last line there are that was not written to its end.</summary>
    public long TornOctets { get; set; }

    public BackupFolder? Find(string path) => _folders.Values.FirstOrDefault(folder => FolderNames.AreSame(folder.Path, path));

    /// <summary>The folders that the server does not have any more.</summary>
    /// <param name="listed">All that it has.</param>
    public IReadOnlyList<BackupFolder> Missing(IReadOnlyList<ImapFolder> listed) =>
        [.. Folders.Where(folder => !listed.Any(there => FolderNames.AreSame(there.Path, folder.Path)))];

    /// <summary>Takes note of a line of the file.</summary>
    public void Apply(ManifestLine? line, int number)
    {
        int before = Unreadable;
        Apply(line);
        if (before == 0 && Unreadable > 0) FirstUnreadable = number;
    }

    /// <summary>Takes note of a line; null is one that cannot be read.</summary>
    /// <returns>The message that the line brings, or null.</returns>
    public BackupEntry? Apply(ManifestLine? line)
    {
        if (line is null)
        {
            Unreadable++;
            return null;
        }

        if (line.Type == ManifestLine.Account) Account = line;
        if (line.Folder is not { } id) return null;
        if (_folders.TryGetValue(id, out BackupFolder? folder)) return folder.Apply(line);

        if (line.Type == ManifestLine.OfFolder && BackupPaths.IsSafe(line.Directory)) _folders[id] = new BackupFolder(line);
        else if (line.Type != ManifestLine.Account) Unreadable++;
        return null;
    }
}
