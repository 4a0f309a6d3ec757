using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;

namespace ImapPS.Transfers;

/// <summary>The octets of a message that is whole, or the file that they are in already.</summary>
internal sealed class HeldOctets(List<ArraySegment<byte>> pieces, Stream? file, long length) : IDisposable
{
    private Stream? _file = file;

    /// <summary>How many octets it keeps in memory.</summary>
    public long InMemory { get; } = file is null ? length : 0;

    /// <summary>The file of the message, with all its octets in it.</summary>
    /// <param name="open">Opens it, where it is not there yet.</param>
    public Stream ToFile(Func<Stream> open)
    {
        if (_file is not null) return _file;

        _file = open();
        CopyTo(_file);
        return _file;
    }

    public void CopyTo(Stream target)
    {
        foreach (ArraySegment<byte> piece in pieces) target.Write(piece.Array!, piece.Offset, piece.Count);
    }

    public void Dispose()
    {
        foreach (ArraySegment<byte> piece in pieces) ArrayPool<byte>.Shared.Return(piece.Array!);
        pieces.Clear();
        _file?.Dispose();
    }
}
