using System;
using System.IO;
using ImapPS.Files;

namespace ImapPS.Transfers;

/// <summary>Reads another stream from its beginning, and leaves it open for the next reader.</summary>
internal sealed class BorrowedStream : ForwardReader
{
    private readonly Stream _owned;

    public BorrowedStream(Stream owned)
    {
        _owned = owned;
        _owned.Position = 0;
    }

    public override long Length => _owned.Length;

    public override long Position
    {
        get => _owned.Position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => _owned.Read(buffer, offset, count);
}
