using System;
using System.IO;
using System.Security.Cryptography;
using ImapPS.Files;

namespace ImapPS.Backups;

/// <summary>A message's file while it is written, and the SHA-256 of what has come in.</summary>
internal sealed class DigestedFile : ForwardWriter
{
    private const int BufferSize = 64 * 1024;

    private readonly string _directory;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private PendingFile _file;
    private UnixTextStream? _text;
    private byte _last;
    private long _length;

    /// <param name="directory">Where it is written.</param>
    /// <param name="asUnixText">
    /// Whether lines are to end in LF. They do if all that came ended in CRLF: otherwise nobody could tell later which did.
    /// </param>
    public DigestedFile(string directory, bool asUnixText = false)
    {
        _directory = directory;
        _file = new PendingFile(directory);
        if (asUnixText) _text = new UnixTextStream(_file, quotesFrom: false, leavesOpen: true);
    }

    /// <summary>How many octets have come in.</summary>
    public override long Length => _length;

    /// <summary>The digest of all that has come in. Nothing may be written after.</summary>
    public string Digest => field ??= Digests.ToText(_hash.GetHashAndReset());

    /// <summary>Whether the file has LF where CRLF came in.</summary>
    public bool IsUnixText => _text is not null;

    public override void Write(byte[] buffer, int offset, int count)
    {
        if (count == 0) return;

        _hash.AppendData(buffer, offset, count);
        _length += count;
        if (_text is not null && HasBareLineFeed(buffer, offset, count)) KeepOctets();
        (_text ?? (Stream)_file).Write(buffer, offset, count);
        _last = buffer[offset + count - 1];
    }

    public override void Flush()
    {
        _text?.Flush();
        _file.Flush();
    }

    /// <summary>Whether a file is there that has these octets.</summary>
    public bool IsAt(string path)
    {
        try
        {
            return File.Exists(path) && _file.HasOctetsOf(new FileInfo(path));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>
    /// Gives the file its name. One that is there has the same octets, or is what a crash has left, and goes.
    /// </summary>
    public void Commit(string path, DateTimeOffset? time)
    {
        _text?.Finish();
        _file.Commit(path, time, overwrite: true);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _text?.Dispose();
            _file.Dispose();
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool HasBareLineFeed(byte[] buffer, int offset, int count)
    {
        int end = offset + count;
        for (int at = Next(offset); at >= 0; at = Next(at + 1))
        {
            if ((at == offset ? _last : buffer[at - 1]) != '\r') return true;
        }

        return false;

        int Next(int start) => Array.IndexOf(buffer, (byte)'\n', start, end - start);
    }

    /// <summary>Begins the file anew, with what has come so far as it came.</summary>
    private void KeepOctets()
    {
        _text!.Finish();
        _text.Dispose();
        _text = null;
        using PendingFile written = _file;
        _file = new PendingFile(_directory);
        using var before = new NetworkTextReader(written.OpenWritten());
        before.CopyTo(_file, BufferSize);
    }
}
