using System;
using System.IO;
using ImapPS.Files;

namespace ImapPS.Transfers;

/// <summary>
/// Octets on their way from the server to whoever reads them: in memory while they are few, else in a temporary file that goes when it is
/// closed, so that memory is bounded whatever comes.
/// </summary>
internal sealed class SpoolStream : ForwardWriter
{
    /// <summary>The most octets that are kept in memory.</summary>
    public const int MostInMemory = 1024 * 1024;

    private const int BufferSize = 81_920;

    private Stream? _inner = new MemoryStream();

    public override long Length => Inner.Length;

    private Stream Inner => _inner ?? throw new ObjectDisposedException(nameof(SpoolStream));

    /// <summary>Hands over what was written, to be read from its beginning, and disposed.</summary>
    public Stream Detach()
    {
        Stream inner = Inner;
        _inner = null;
        inner.Position = 0;
        return inner;
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        if (Inner is MemoryStream memory && memory.Length + count > MostInMemory)
        {
            FileStream file = OpenFile();
            memory.WriteTo(file);
            memory.Dispose();
            _inner = file;
        }

        Inner.Write(buffer, offset, count);
    }

    public override void Flush() => Inner.Flush();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _inner?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>A file that nobody else may read, as others may look into the folder for temporary files.</summary>
    private static FileStream OpenFile() =>
        PrivateFile.Open(
            Path.Combine(Path.GetTempPath(), $"ImapPS-{Guid.NewGuid():N}.tmp"),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            BufferSize,
            FileOptions.DeleteOnClose);
}
