using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Models;

namespace ImapPS.Backups;

/// <summary>
/// The files of one folder. Each is written under a temporary name and renamed. That they are on the disk is seen to for many at a time,
/// before the manifest tells of them: to wait for the disk after each would take most of the time.
/// </summary>
internal abstract class FolderFiles
{
    /// <summary>How many files are flushed side by side: the file system joins what waits together.</summary>
    private const int Flushers = 8;

    private const int BufferSize = 64 * 1024;

    private readonly BackupFiles _all;
    private readonly object _lock = new();
    private List<string> _unflushed = [];
    private ImapException? _unsure;

    private protected FolderFiles(BackupFiles all, BackupFolder folder)
    {
        (_all, Folder) = (all, folder);
        Directory = BackupPaths.Directory(all.Root, folder);
    }

    public string Directory { get; }

    private protected BackupFolder Folder { get; }

    /// <summary>The files of a folder, in the format of its backup.</summary>
    public static FolderFiles For(BackupSet backup, BackupFolder folder) => backup.Format == ImapMessageFormat.Maildir
        ? new MaildirFiles(backup.Files, folder) : new EmlFiles(backup.Files, folder);

    /// <summary>Whether the file of a message is there.</summary>
    public abstract bool Has(BackupEntry entry);

    /// <summary>Opens a file for a message that comes in.</summary>
    public abstract DigestedFile Open();

    /// <summary>Gives a message's file its name. Several may come at a time.</summary>
    /// <param name="file">The file, with all of the message.</param>
    /// <param name="message">The message.</param>
    public abstract StoredFile Commit(DigestedFile file, ImapMessage message);

    /// <summary>Removes a file, if it is there.</summary>
    /// <param name="name">What the manifest calls it.</param>
    public abstract void Remove(string name);

    /// <summary>Brings the names of files to what the manifest says of flags.</summary>
    public virtual void ShowFlags()
    {
    }

    /// <summary>Copies the octets of a message that the backup has. Null when its file is not there, or is not what it was.</summary>
    /// <param name="known">The message of the backup.</param>
    /// <param name="message">The message that it is.</param>
    public StoredFile? TryCopy(BackupEntry known, ImapMessage message)
    {
        if (IsShared(known)) return new StoredFile(null, IsUnixText: false);

        try
        {
            using DigestedFile to = Open();
            return TryRead(known, to) && to.Digest == known.Digest ? Commit(to, message) : null;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw Failures.FileNotSaved(Directory, failed);
        }
    }

    /// <summary>
    /// Returns when all files that had got their names are on the disk. Where that fails once, nobody knows what the disk has, and it fails
    /// from then on.
    /// </summary>
    public async Task FlushAsync()
    {
        if (_unsure is not null) throw _unsure;

        List<string> paths;
        lock (_lock) (paths, _unflushed) = (_unflushed, []);
        var left = new ConcurrentQueue<string>(paths);
        try
        {
            await Task.WhenAll(Enumerable.Range(0, Math.Min(Flushers, paths.Count)).Select(_ => Task.Run(() =>
            {
                while (left.TryDequeue(out string? path)) Flush(path);
            }))).ConfigureAwait(false);
        }
        catch (ImapException failed)
        {
            _unsure = failed;
            throw;
        }

        foreach (string path in paths) Flushed(path);
    }

    /// <summary>Removes the files that are left of messages which the manifest no longer has.</summary>
    public void RemoveLeft()
    {
        if (Folder.Left.Count == 0) return;

        HashSet<string> kept = [.. Folder.Entries.Select(entry => entry.FileName)];
        HashSet<string> there = [.. Folder.Entries.Where(Has).Select(entry => entry.Digest)];
        foreach (KeyValuePair<string, string?> left in Folder.Left.Where(left => !kept.Contains(left.Key)))
        {
            if (left.Value is null || there.Contains(left.Value)) Remove(left.Key);
        }
    }

    /// <summary>Whether the file of a message is that of another too.</summary>
    private protected virtual bool IsShared(BackupEntry known) => false;

    /// <summary>Where a file is now that is no longer where it was written.</summary>
    private protected virtual string? FindMoved(string path) => null;

    /// <summary>A file is on the disk.</summary>
    private protected virtual void Flushed(string path)
    {
    }

    /// <summary>A file has its name, and is to be on the disk before the manifest tells of it.</summary>
    private protected void Written(string path)
    {
        lock (_lock) _unflushed.Add(path);
    }

    /// <summary>Deletes files that do no harm, and are of no use.</summary>
    private protected static void TryDelete(IEnumerable<string> paths)
    {
        foreach (string path in paths)
        {
            try
            {
                File.Delete(path);
            }
            catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
            {
                // The next backup tries it again.
            }
        }
    }

    /// <summary>Whether a crash has left a file half written.</summary>
    private protected static bool IsPartial(string path) => path.EndsWith(BackupPaths.Partial, StringComparison.Ordinal);

    /// <summary>False for a file that is not there, or cannot be read: then the message is fetched.</summary>
    private bool TryRead(BackupEntry known, DigestedFile to)
    {
        byte[] buffer = new byte[BufferSize];
        Stream? from = null;
        try
        {
            while (true)
            {
                int read;
                try
                {
                    from ??= _all.Open(known);
                    read = from.Read(buffer, 0, buffer.Length);
                }
                catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
                {
                    return false;
                }

                if (read == 0) return true;
                to.Write(buffer, 0, read);
            }
        }
        finally
        {
            from?.Dispose();
        }
    }

    private void Flush(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            file.Flush(flushToDisk: true);
        }
        catch (FileNotFoundException) when (FindMoved(path) is { } now)
        {
            Flush(now);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw Failures.FileNotSaved(path, failed);
        }
    }
}
