using System;
using System.Buffers;
using System.IO;

namespace ImapPS.Files;

/// <summary>
/// A file while it is written: under a temporary name in its directory, and renamed when it is whole. One that is disposed before it
/// was committed leaves nothing behind.
/// </summary>
internal sealed class PendingFile : ForwardWriter
{
    private const int BufferSize = 64 * 1024;

    private readonly string _temporary;
    private readonly FileStream _file;
    private byte[]? _buffer;
    private int _buffered;
    private long _drained;
    private bool _isClosed;
    private bool _committed;

    public PendingFile(string directory)
    {
        _temporary = Path.Combine(directory, $".{Guid.NewGuid():N}.partial");
        try
        {
            _file = Create();
        }
        catch (Exception missing) when (missing is DirectoryNotFoundException or FileNotFoundException)
        {
            // .NET says that the file is missing when another worker has made the directory by now.
            PrivateFile.CreateDirectory(directory);
            _file = Create();
        }
    }

    public override long Length => _drained + _buffered;

    /// <summary>Gives the file its name and time.</summary>
    /// <param name="path">Where it goes, on the same volume.</param>
    /// <param name="time">Its time of change, or null for now.</param>
    /// <param name="overwrite">Whether a file that is there goes.</param>
    public void Commit(string path, DateTimeOffset? time, bool overwrite)
    {
        Close(time);
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
        if (file.Length != Length) return false;

        using FileStream written = OpenWritten();
        using FileStream other = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return FileOctets.AreSame(written, other);
    }

    /// <summary>Reads what was written so far.</summary>
    public FileStream OpenWritten()
    {
        Drain();
        return new FileStream(_temporary, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
    }

    /// <summary>Forgets what was written after this position.</summary>
    public void Truncate(long length)
    {
        // A write that failed may have left a part of it in the file.
        _buffered = (int)Math.Max(0, length - _drained);
        _drained = Math.Min(length, _drained);
        _file.SetLength(_drained);
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        if (_buffered + count > BufferSize) Drain();
        if (count >= BufferSize)
        {
            _file.Write(buffer, offset, count);
            _drained += count;
            return;
        }

        _buffer ??= ArrayPool<byte>.Shared.Rent(BufferSize);
        Buffer.BlockCopy(buffer, offset, _buffer, _buffered, count);
        _buffered += count;
    }

    public override void Flush() => Drain();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_committed)
        {
            _file.Dispose();
            TryDelete();
        }

        if (disposing) Release();
        base.Dispose(disposing);
    }

    // Its octets are gathered here, where the array can be used again.
    private FileStream Create() => PrivateFile.Open(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 1);

    private void Close(DateTimeOffset? time)
    {
        if (_isClosed) return;

        Drain();
        Release();

        // Windows' file times begin in 1601.
        DateTime? utc = time is { UtcDateTime: { Year: > 1601 } known } ? known : null;
#if NET
        if (utc is not null) File.SetLastWriteTimeUtc(_file.SafeFileHandle, utc.Value);
        _file.Dispose();
#else
        _file.Dispose();
        if (utc is not null) File.SetLastWriteTimeUtc(_temporary, utc.Value);
#endif
        _isClosed = true;
    }

    private void Drain()
    {
        if (_buffered == 0) return;

        _file.Write(_buffer!, 0, _buffered);
        _drained += _buffered;
        _buffered = 0;
    }

    private void Release()
    {
        if (_buffer is not null) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
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
