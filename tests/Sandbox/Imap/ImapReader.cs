using System;
using System.Buffers;
using System.Globalization;
using System.IO;
using System.IO.Pipelines;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>Reads IMAP as it is framed: lines, and literals of a length that the line before them tells.</summary>
internal sealed class ImapReader(Stream stream)
{
    private const int BufferSize = 64 * 1024;

    private readonly PipeReader _pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: BufferSize, leaveOpen: true));

    /// <summary>The next line with its line end, or what came of it before the stream ended; null after that.</summary>
    public async ValueTask<byte[]?> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await _pipe.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } lineFeed)
            {
                var end = buffer.GetPosition(1, lineFeed);
                var line = buffer.Slice(0, end).ToArray();
                _pipe.AdvanceTo(end);
                return line;
            }

            if (result.IsCompleted)
            {
                var rest = buffer.ToArray();
                _pipe.AdvanceTo(buffer.End);
                return rest.Length == 0 ? null : rest;
            }

            _pipe.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    /// <summary>Up to so many bytes, as they come; empty when the stream has ended.</summary>
    public async ValueTask<byte[]> ReadSomeAsync(long atMost, CancellationToken cancellationToken)
    {
        var result = await _pipe.ReadAsync(cancellationToken);
        var some = result.Buffer.Slice(0, Math.Min(atMost, Math.Min(result.Buffer.Length, BufferSize)));
        var bytes = some.ToArray();
        _pipe.AdvanceTo(some.End);
        return bytes;
    }

    /// <summary>The literal that follows the line, or null.</summary>
    public static Literal? LiteralAfter(ReadOnlySpan<byte> line)
    {
        line = line.TrimEnd("\r\n"u8);
        if (!line.EndsWith("}"u8)) return null;

        var mark = line[(line.LastIndexOf((byte)'{') + 1)..^1];
        var digits = mark.TrimEnd("+-"u8);
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? new Literal(length, Waits: digits.Length == mark.Length)
            : null;
    }
}

/// <summary>A literal's length, and whether its sender waits for a go-ahead.</summary>
internal readonly record struct Literal(long Length, bool Waits);
