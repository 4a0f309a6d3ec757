using System;
using System.IO;

namespace ImapPS.Transfers;

/// <summary>Reads another stream from its beginning, and leaves it open for the next reader.</summary>
internal sealed class BorrowedStream : Stream
{
    private readonly Stream _owned;

    public BorrowedStream(Stream owned)
    {
        _owned = owned;
        _owned.Position = 0;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => _owned.Length;

    public override long Position
    {
        get => _owned.Position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => _owned.Read(buffer, offset, count);

    public override void Flush()
    {
    }

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
