using System;
using System.Security.Cryptography;
using ImapPS.Files;

namespace ImapPS.Backups;

/// <summary>A message's file while it is written, and the SHA-256 of what has been written.</summary>
internal sealed class DigestedFile(string directory) : ForwardWriter
{
    private readonly PendingFile _file = new(directory);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public override long Length => _file.Length;

    /// <summary>The digest of all that was written. Nothing may be written after.</summary>
    public string Digest => field ??= Digests.ToText(_hash.GetHashAndReset());

    public override void Write(byte[] buffer, int offset, int count)
    {
        _hash.AppendData(buffer, offset, count);
        _file.Write(buffer, offset, count);
    }

    public override void Flush() => _file.Flush();

    /// <summary>
    /// Gives the file its name. One that is there has the same octets, or is what a crash has left, and goes.
    /// </summary>
    public void Commit(string path, DateTimeOffset? time) => _file.Commit(path, time, overwrite: true);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }
}
