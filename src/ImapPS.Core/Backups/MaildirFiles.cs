using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ImapPS.Errors;
using ImapPS.Files;
using ImapPS.Models;

namespace ImapPS.Backups;

/// <summary>
/// A Maildir: each message has a file of its own, with its flags in the name. The manifest tells the unique part of the name, so that mail
/// programs may read it, and rename what they have read.
/// </summary>
internal sealed class MaildirFiles : FolderFiles
{
    private const int MostListings = 5;

    private readonly MaildirIndex _index;
    private readonly string _current;
    private readonly string _temporary;

    public MaildirFiles(BackupFiles all, BackupFolder folder)
        : base(all, folder)
    {
        _index = all.Maildir(folder);
        (_current, _temporary) = (Path.Combine(Directory, MaildirNames.Current), Path.Combine(Directory, MaildirNames.Temporary));
        try
        {
            MaildirNames.LayOut(Directory);
            TryDelete(System.IO.Directory.EnumerateFiles(_temporary).Where(IsPartial));
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw Failures.FileNotSaved(Directory, failed);
        }
    }

    /// <inheritdoc/>
    public override bool Has(BackupEntry entry) => entry.File is { } name && _index.Find(name) is not null;

    /// <inheritdoc/>
    public override DigestedFile Open() => new(_temporary, asUnixText: true);

    /// <inheritdoc/>
    public override StoredFile Commit(DigestedFile file, ImapMessage message)
    {
        string name = BackupNames.Of(message, file.Digest);
        string path = Path.Combine(_current, MaildirNames.With(name, message.Flags));
        file.Commit(path, message.Received);

        // What a crash has left of it, under other letters.
        TryDelete(_index.Put(name, path));
        Written(path);
        return new StoredFile(name, file.IsUnixText);
    }

    /// <inheritdoc/>
    public override void Remove(string name)
    {
        if (_index.Find(name) is not { } path) return;

        try
        {
            if (!File.Exists(path) && _index.FindAgain(name, path) is { } now) path = now;
            File.Delete(path);

            // A program may have left it twice.
            foreach (string other in _index.Remove(name)) File.Delete(other);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody has removed all of it.
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw Failures.FileNotSaved(path, failed);
        }
    }

    /// <inheritdoc/>
    public override void ShowFlags()
    {
        foreach (BackupEntry entry in Folder.Entries)
        {
            if (entry.File is { } name && _index.Find(name) is { } path) ShowFlags(entry, name, path);
        }
    }

    private protected override string? FindMoved(string path)
    {
        // A listing may miss what is renamed meanwhile.
        for (int listing = 0; listing < MostListings; listing++)
        {
            if (_index.FindAgain(BackupNames.UniqueOf(Path.GetFileName(path)), path) is { } now) return now;

            _index.Forget();
        }

        return null;
    }

    private void ShowFlags(BackupEntry entry, string name, string path)
    {
        string file = Path.GetFileName(path);
        string before = MaildirNames.BeforeLetters(file);
        string right = Path.Combine(_current, MaildirNames.With(before.StartsWith(name + ",", StringComparison.Ordinal) ? before : name,
            BackupEntry.FlagsOf(entry.Flags), MaildirNames.LettersOf(file)));
        if (path == right && _index.Others(name).Count == 0) return;

        try
        {
            IReadOnlyList<string> others = [.. _index.Others(name), path];
            if (!File.Exists(right)) Rename(path, right);

            // One message has one file: a crash may have left it twice, and so may a program that renamed it in the meantime.
            IReadOnlyList<string> same = [.. others.Where(other => other != right && AreSame(other, right))];
            foreach (string other in same) File.Delete(other);
            if (path != right && !File.Exists(path)) _index.Move(name, right);
        }
        catch (FileNotFoundException)
        {
            // A program has renamed it at this moment: the next backup does it.
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw Failures.FileNotSaved(path, failed);
        }
    }

    /// <summary>
    /// Renames in one step. On Unix .NET makes a second name, and removes the first, unless the file may be overwritten: a program that
    /// renames between the two leaves the message twice.
    /// </summary>
    private static void Rename(string path, string right)
    {
#if NET
        File.Move(path, right, overwrite: true);
#else
        File.Move(path, right);
#endif
    }

    private static bool AreSame(string path, string other)
    {
        if (!File.Exists(path) || !File.Exists(other)) return false;

        using FileStream one = MessageFiles.Open(path);
        using FileStream two = MessageFiles.Open(other);
        return FileOctets.AreSame(one, two);
    }
}
