using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using ImapPS.Errors;
using ImapPS.Files;
using ImapPS.Models;

namespace ImapPS.Backups;

/// <summary>Compares the files of a backup with its manifest.</summary>
internal sealed class BackupCheck(BackupFiles files, BackupContents contents)
{
    private readonly bool _isMaildir = contents.Format == ImapMessageFormat.Maildir;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>What is wrong with the files of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="read">Told of the size of each file that was read.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public IEnumerable<ImapBackupProblem> Check(BackupFolder folder, Action<long> read, CancellationToken cancellationToken)
    {
        var checkedFiles = new Dictionary<string, ImapException?>(StringComparer.Ordinal);
        foreach (BackupEntry entry in folder.Entries.OrderBy(entry => entry.UidValidity).ThenBy(entry => entry.Uid))
        {
            cancellationToken.ThrowIfCancellationRequested();
            string path = files.PathOf(entry);
            _known.Add(path);
            if (!checkedFiles.TryGetValue(path, out ImapException? wrong))
            {
                wrong = FileCheck.Run(files, entry, cancellationToken);
                checkedFiles[path] = wrong;
                read(entry.Size);
            }

            if (wrong is null) continue;

            yield return new ImapBackupProblem(
                wrong.Id == ImapErrorId.FileNotFound ? ImapBackupProblemKind.Missing : ImapBackupProblemKind.Damaged, wrong.Message)
            {
                Uid = entry.Uid,
                File = path,
            };
        }
    }

    /// <summary>What is wrong with the manifest, and the files that no folder has. Run after the folders.</summary>
    public IEnumerable<ImapBackupProblem> CheckRest()
    {
        string manifest = Path.Combine(files.Root, BackupPaths.Manifest);
        if (contents.TornOctets > 0)
        {
            yield return new ImapBackupProblem(ImapBackupProblemKind.TornManifest,
                "The last line of the manifest is incomplete. The next backup cuts it off.")
            {
                File = manifest,
            };
        }

        if (contents.UnreadableText is { } unreadable)
        {
            yield return new ImapBackupProblem(ImapBackupProblemKind.UnreadableLine, unreadable)
            {
                File = manifest,
            };
        }

        if (!contents.Folders.Any())
        {
            yield return new ImapBackupProblem(ImapBackupProblemKind.Incomplete, "The backup has no folder. Run Backup-ImapFolder again.")
            {
                File = manifest,
            };
        }

        // A folder's entries are known even where it was not checked.
        foreach (BackupEntry entry in contents.Folders.SelectMany(folder => folder.Entries)) _known.Add(files.PathOf(entry));
        IEnumerable<string> there = Directory.EnumerateFiles(files.Root, "*", SearchOption.AllDirectories);
        foreach (string path in there.OrderBy(path => path, StringComparer.Ordinal))
        {
            if (_known.Contains(path) || path == manifest || BackupLock.Is(files.Root, path) || IsOfProgram(path)) continue;

            yield return new ImapBackupProblem(ImapBackupProblemKind.Extra,
                $"The manifest does not know the file '{DisplayText.Printable(path)}'.")
            {
                File = path,
            };
        }
    }

    /// <summary>Programs that read a Maildir leave files of their own beside its messages.</summary>
    private bool IsOfProgram(string path) => _isMaildir
        && (Path.GetFileName(path)[0] == '.'
            || Path.GetFileName(Path.GetDirectoryName(path)) is not (MaildirNames.Current or MaildirNames.New));
}
