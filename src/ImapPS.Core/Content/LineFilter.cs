using System;
using MimeKit.IO.Filters;

namespace ImapPS.Content;

/// <summary>A filter that looks at whole lines, as far as they are of a sensible length.</summary>
internal abstract class LineFilter : MimeFilterBase
{
    /// <summary>The longest line that is looked at as a whole; a longer one comes in pieces.</summary>
    private const int LongestLine = 4_096;

    private readonly byte[] _line = new byte[LongestLine];
    private int _length;
    private bool _isPiece;
    private int _written;

    /// <inheritdoc/>
    public override void Reset()
    {
        (_length, _isPiece) = (0, false);
        base.Reset();
    }

    /// <inheritdoc/>
    protected override byte[] Filter(byte[] input, int startIndex, int length, out int outputIndex, out int outputLength, bool flush)
    {
        _written = 0;
        for (int i = startIndex; i < startIndex + length; i++)
        {
            if (_length == LongestLine) Put(isPiece: true);

            _line[_length++] = input[i];
            if (input[i] == '\n') Put(isPiece: false);
        }

        if (flush)
        {
            if (_length > 0) Put(isPiece: false);
            End();
        }

        outputIndex = 0;
        outputLength = _written;
        return OutputBuffer ?? [];
    }

    /// <summary>Reads a line, with its end; or a piece of a long one.</summary>
    protected abstract void Read(ReadOnlySpan<byte> line, bool isPiece);

    /// <summary>Gives what is left, when there are no more lines.</summary>
    protected virtual void End()
    {
    }

    /// <summary>Gives an octet.</summary>
    protected void Write(byte octet)
    {
        if (OutputBuffer is null || _written == OutputBuffer.Length) EnsureOutputSize(Math.Max(LongestLine, _written * 2), keep: true);
        OutputBuffer![_written++] = octet;
    }

    private void Put(bool isPiece)
    {
        int length = _length;
        _length = 0;
        Read(_line.AsSpan(0, length), isPiece || _isPiece);
        _isPiece = isPiece;
    }
}
