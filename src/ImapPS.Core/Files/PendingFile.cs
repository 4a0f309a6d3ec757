using System;
using System.IO;

namespace ImapPS.Files;

/// <summary>
/// A file while it is written: under a temporary name in its directory, and renamed when it is whole. One that is disposed before it
/// was committed leaves nothing behind.
/// </summary>
internal sealed class PendingFile : ForwardWriter
{
    private readonly string _temporary;
    private readonly FileStream _file;
    private bool _committed;

    public PendingFile(string directory)
    {
        PrivateFile.CreateDirectory(directory);
        _temporary = Path.Combine(directory, $".{Guid.NewGuid():N}.partial");
        _file = PrivateFile.Open(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
    }

    public override long Length => _file.Length;

    /// <summary>Gives the file its name and time.</summary>
    /// <param name="path">Where it goes, on the same volume.</param>
    /// <param name="time">Its time of change, or null for now.</param>
    /// <param name="overwrite">Whether a file that is there goes.</param>
    public void Commit(string path, DateTimeOffset? time, bool overwrite)
    {
        _file.Dispose();

        // Windows' file times begin in 1601.
        if (time is { UtcDateTime: { Year: > 1601 } utc }) File.SetLastWriteTimeUtc(_temporary, utc);
#if NET
        File.Move(_temporary, path, overwrite);
#else
        if (overwrite && File.Exists(path)) File.Replace(_temporary, path, destinationBackupFileName: null);
        else File.Move(_temporary, path);
#endif
        _committed = true;
    }

    /// <summary>True when what was written is what the file holds.</summary>
    public bool HasOctetsOf(FileInfo file)
    {
        _file.Flush();
        if (file.Length != _file.Length) return false;

        using FileStream written = new(_temporary, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using FileStream other = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        for (long left = written.Length; left > 0; left--)
        {
            if (written.ReadByte() != other.ReadByte()) return false;
        }

        return true;
    }

    /// <summary>Forgets what was written after this position.</summary>
    public void Truncate(long length) => _file.SetLength(length);

    public override void Write(byte[] buffer, int offset, int count) => _file.Write(buffer, offset, count);

    public override void Flush() => _file.Flush();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_committed)
        {
            try
            {
                _file.Dispose();
            }
            catch (IOException)
            {
                // The disk is full, and it is to be removed.
            }

            TryDelete();
        }

        base.Dispose(disposing);
    }

    private void TryDelete()
    {
        try
        {
            File.Delete(_temporary);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            // Whatever kept the file from being written is told; this would only cover it.
        }
    }
}
