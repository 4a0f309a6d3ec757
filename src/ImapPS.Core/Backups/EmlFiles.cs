using System;
using System.Collections.Generic;
using System.IO;
using ImapPS.Errors;
using ImapPS.Models;

namespace ImapPS.Backups;

/// <summary>Files that bear the digest of what is in them. Messages of the same content share one.</summary>
internal sealed class EmlFiles : FolderFiles
{
    private readonly object _lock = new();
    private readonly HashSet<string> _there = new(StringComparer.Ordinal);

    public EmlFiles(BackupFiles all, BackupFolder folder)
        : base(all, folder)
    {
        try
        {
            if (System.IO.Directory.Exists(Directory)) List();
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw Failures.FileNotSaved(Directory, failed);
        }
    }

    /// <inheritdoc/>
    public override bool Has(BackupEntry entry) => _there.Contains(entry.FileName);

    /// <inheritdoc/>
    public override DigestedFile Open() => new(Directory);

    /// <inheritdoc/>
    public override StoredFile Commit(DigestedFile file, ImapMessage message)
    {
        string path = Path.Combine(Directory, file.Digest + BackupFolder.Extension);
        file.Flush();
        lock (_lock)
        {
            // One that is there may be in the manifest: another in its place would have to be flushed before.
            if (!file.IsAt(path)) file.Commit(path, message.Received);
        }

        Written(path);
        return new StoredFile(null, IsUnixText: false);
    }

    /// <inheritdoc/>
    public override void Remove(string name)
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

    private protected override bool IsShared(BackupEntry known) => known.Folder == Folder && Has(known);

    private protected override void Flushed(string path) => _there.Add(Path.GetFileName(path));

    private void List()
    {
        foreach (string path in System.IO.Directory.EnumerateFiles(Directory))
        {
            if (IsPartial(path)) TryDelete([path]);
            else _there.Add(Path.GetFileName(path));
        }
    }
}
