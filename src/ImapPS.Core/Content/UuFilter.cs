using System;

namespace ImapPS.Content;

/// <summary>
/// Decodes uuencode. A line says how many octets it holds; the blanks at its end, which many servers and programs strip, are zeros.
/// </summary>
internal sealed class UuFilter : LineFilter
{
    private bool _hasBegun;
    private bool _hasEnded;

    /// <inheritdoc/>
    public override void Reset()
    {
        (_hasBegun, _hasEnded) = (false, false);
        base.Reset();
    }

    /// <summary>True for the line that begins a file, which it may name: begin 644 name.</summary>
    public static bool IsBegin(ReadOnlySpan<byte> line)
    {
        if (line.Length < 9 || !line.Slice(0, 6).SequenceEqual("begin "u8)) return false;

        int at = 6;
        while (at < line.Length && line[at] is >= (byte)'0' and <= (byte)'7') at++;
        return at is 9 or 10 && (at == line.Length || line[at] is (byte)' ' or (byte)'\r' or (byte)'\n');
    }

    /// <inheritdoc/>
    protected override void Read(ReadOnlySpan<byte> line, bool isPiece)
    {
        while (line.Length > 0 && line[line.Length - 1] is (byte)'\r' or (byte)'\n') line = line.Slice(0, line.Length - 1);
        if (_hasEnded || isPiece) return;

        if (!_hasBegun)
        {
            _hasBegun = IsBegin(line);
            return;
        }

        if (line.Length == 0) return;

        int octets = (line[0] - ' ') & 0x3f;
        if (octets == 0 || line.SequenceEqual("end"u8))
        {
            _hasEnded = true;
            return;
        }

        for (int at = 1; octets > 0; at += 4, octets -= 3)
        {
            int bits = (Value(line, at) << 18) | (Value(line, at + 1) << 12) | (Value(line, at + 2) << 6) | Value(line, at + 3);
            Write((byte)(bits >> 16));
            if (octets > 1) Write((byte)(bits >> 8));
            if (octets > 2) Write((byte)bits);
        }
    }

    private static int Value(ReadOnlySpan<byte> line, int at) => at < line.Length ? (line[at] - ' ') & 0x3f : 0;
}
