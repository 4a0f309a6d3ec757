using System;
using System.IO;
using ImapPS.Files;
using MimeKit.IO.Filters;

namespace ImapPS.Content;

/// <summary>What a filter makes of a stream. MimeKit's FilteredStream does not ask the filter for the last octets.</summary>
internal sealed class DecodedStream(Stream source, IMimeFilter filter) : ForwardReader
{
    private readonly byte[] _input = new byte[4_096];
    private byte[] _output = [];
    private int _index;
    private int _length;
    private bool _isAtEnd;

    public override int Read(byte[] buffer, int offset, int count)
    {
        while (_length == 0 && !_isAtEnd)
        {
            int read = source.Read(_input, 0, _input.Length);
            _isAtEnd = read == 0;
            _output = _isAtEnd
                ? filter.Flush(_input, 0, 0, out _index, out _length)
                : filter.Filter(_input, 0, read, out _index, out _length);
        }

        int given = Math.Min(count, _length);
        Buffer.BlockCopy(_output, _index, buffer, offset, given);
        _index += given;
        _length -= given;
        return given;
    }
}
