using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using ImapPS.Files;

namespace ImapPS.Transfers;

/// <summary>
/// The octets of a message that come in from the server: kept in memory until the message is whole, so that its file is made and written
/// elsewhere while the next one comes in. A large message goes straight into its file.
/// </summary>
/// <param name="open">Opens the file of a large message.</param>
internal sealed class HeldMessage(Func<Stream> open) : ForwardWriter
{
    /// <summary>The most octets of a message that are kept in memory.</summary>
    public const int Most = 2 * 1024 * 1024;

    private const int FirstPiece = 8 * 1024;
    private const int Piece = 64 * 1024;

    private List<ArraySegment<byte>> _pieces = [];
    private byte[]? _last;
    private int _used;
    private long _length;
    private Stream? _file;

    public override long Length => _length;

    /// <summary>Takes out what was written; it is the caller's to dispose.</summary>
    public HeldOctets Detach()
    {
        if (_last is not null) _pieces.Add(new ArraySegment<byte>(_last, 0, _used));
        var held = new HeldOctets(_pieces, _file, _length);
        (_pieces, _last, _file) = ([], null, null);
        return held;
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        _length += count;
        if (_file is null && _length > Most)
        {
            _file = open();
            using HeldOctets begun = new(Taken(), file: null, 0);
            begun.CopyTo(_file);
        }

        if (_file is not null)
        {
            _file.Write(buffer, offset, count);
            return;
        }

        while (count > 0)
        {
            if (_last is null || _used == _last.Length) Grow();
            int copied = Math.Min(count, _last!.Length - _used);
            Buffer.BlockCopy(buffer, offset, _last, _used, copied);
            _used += copied;
            offset += copied;
            count -= copied;
        }
    }

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) Detach().Dispose();
        base.Dispose(disposing);
    }

    private void Grow()
    {
        int size = _last is null ? FirstPiece : Piece;
        if (_last is not null) _pieces.Add(new ArraySegment<byte>(_last, 0, _used));
        _last = ArrayPool<byte>.Shared.Rent(size);
        _used = 0;
    }

    private List<ArraySegment<byte>> Taken()
    {
        List<ArraySegment<byte>> taken = _pieces;
        if (_last is not null) taken.Add(new ArraySegment<byte>(_last, 0, _used));
        (_pieces, _last) = ([], null);
        return taken;
    }
}
