using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Files;

namespace ImapPS.Backups;

/// <summary>
/// The files of one folder. Each is written under a temporary name and renamed. That they are on the disk is seen to for many at a time,
/// before the manifest tells of them: to wait for the disk after each would take most of the time.
/// </summary>
internal sealed class FolderFiles
{
    /// <summary>How many files are flushed side by side: the file system joins what waits together.</summary>
    private const int Flushers = 8;

    private const int BufferSize = 64 * 1024;

    private readonly string _root;
    private readonly object _lock = new();
    private readonly HashSet<string> _there = new(StringComparer.Ordinal);
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);
    private List<string> _unflushed = [];
    private ImapException? _unsure;

    public FolderFiles(string root, BackupFolder folder)
    {
        _root = root;
        Directory = BackupPaths.Directory(root, folder);
        try
        {
            if (System.IO.Directory.Exists(Directory)) List();
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw Failures.FileNotSaved(Directory, failed);
        }
    }

    public string Directory { get; }

    /// <summary>Whether the file of a message is there.</summary>
    public bool Has(BackupEntry entry) => _there.Contains(entry.FileName);

    /// <summary>Opens a file for a message that comes in.</summary>
    public DigestedFile Open() => new(Directory);

    /// <summary>Gives a message's file its name. Several may come at a time.</summary>
    /// <param name="file">The file, with all of the message.</param>
    /// <param name="received">The time that the file gets.</param>
    public void Commit(DigestedFile file, DateTimeOffset? received)
    {
        string path = Path.Combine(Directory, file.Digest + BackupFolder.Extension);
        file.Flush();
        lock (_lock)
        {
            // One that this run has written may be in the manifest: another in its place would have to be flushed before.
            if (_written.Contains(path)) return;

            file.Commit(path, received);
            _written.Add(path);
            _unflushed.Add(path);
        }
    }

    /// <summary>Copies the file of a message that the backup has. False when that file is not there, or is not what it was.</summary>
    public bool TryCopy(BackupEntry known)
    {
        string source = BackupPaths.File(_root, known);
        string target = Path.Combine(Directory, known.FileName);
        if (string.Equals(source, target, StringComparison.Ordinal) && Has(known)) return true;

        try
        {
            using DigestedFile to = Open();
            if (!TryRead(source, to) || to.Digest != known.Digest) return false;

            Commit(to, known.Received);
            return true;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw Failures.FileNotSaved(target, failed);
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

        foreach (string path in paths) _there.Add(Path.GetFileName(path));
    }

    /// <summary>Removes the file of a message, if it is there.</summary>
    public void Remove(string name)
    {
        if (!_there.Contains(name)) return;

        string path = Path.Combine(Directory, name);
        try
        {
            File.Delete(path);
            _there.Remove(name);
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

    /// <summary>False for a file that is not there, or cannot be read: then the message is fetched.</summary>
    private static bool TryRead(string source, DigestedFile to)
    {
        byte[] buffer = new byte[BufferSize];
        FileStream? from = null;
        try
        {
            while (true)
            {
                int read;
                try
                {
                    from ??= MessageFiles.Open(source);
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

    private void List()
    {
        foreach (string path in System.IO.Directory.EnumerateFiles(Directory))
        {
            string name = Path.GetFileName(path);
            if (name.EndsWith(BackupPaths.Partial, StringComparison.Ordinal)) TryDelete(path);
            else _there.Add(name);
        }
    }

    private static void Flush(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            file.Flush(flushToDisk: true);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw Failures.FileNotSaved(path, failed);
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            // A file that a crash has left half written does no harm.
        }
    }
}
