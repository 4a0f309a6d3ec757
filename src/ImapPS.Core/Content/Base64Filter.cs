using System;

namespace ImapPS.Content;

/// <summary>
/// Decodes base64 as mail programs do. The last octets come without padding as well. What a mailing list has put behind is not decoded: it
/// would be rubbish.
/// </summary>
internal sealed class Base64Filter : LineFilter
{
    private const byte Foreign = 0xff;
    private const byte Blank = 0xfe;
    private const byte Padding = 0xfd;

    private static readonly byte[] _values = Values();

    private uint _bits;
    private int _count;
    private int _longest;
    private bool _isAnyRead;
    private bool _isPadded;
    private bool _isOver;
    private bool _isPlain;
    private bool _wasShort;

    /// <inheritdoc/>
    public override void Reset()
    {
        (_bits, _count, _longest) = (0, 0, 0);
        (_isAnyRead, _isPadded, _isOver, _isPlain, _wasShort) = (false, false, false, false, false);
        base.Reset();
    }

    /// <inheritdoc/>
    protected override void Read(ReadOnlySpan<byte> line, bool isPiece)
    {
        if (_isPlain)
        {
            foreach (byte octet in line) Write(octet);
            return;
        }

        if (_isOver) return;

        if (!isPiece)
        {
            Look look = LookAt(line);
            if (look.Length == 0)
            {
                _wasShort |= _isAnyRead;
                return;
            }

            if (!_isAnyRead && look.IsText)
            {
                // It says that it is base64, and is not.
                _isPlain = true;
                Read(line, isPiece);
                return;
            }

            if (IsBehind(look))
            {
                _isOver = true;
                return;
            }

            _wasShort = look.Length < _longest;
            _longest = Math.Max(_longest, look.Length);
        }

        Decode(line);
    }

    /// <inheritdoc/>
    protected override void End()
    {
        // Two characters hold an octet, three hold two. One alone holds none.
        EndGroup();
    }

    /// <summary>True for a line that is no base64, but stands behind it.</summary>
    private bool IsBehind(Look look)
    {
        if (_isPadded) return look.Foreign > 0 || look.Words > 1 || look.Known % 4 != 0 || look.Known == 0;
        if (look.Known == 0) return look.Foreign > 0 || look.Length > 2;
        if (look.IsAddress) return true;

        return _isAnyRead && look.Words > 1 ? look.Foreign > 0 || _wasShort : _wasShort && look.Foreign > 0;
    }

    private void Decode(ReadOnlySpan<byte> line)
    {
        foreach (byte octet in line)
        {
            byte value = _values[octet];
            if (value < 64)
            {
                _isPadded = false;
                _isAnyRead = true;
                _bits = (_bits << 6) | value;
                if (++_count == 4) EndGroup();
            }
            else if (value == Padding && _isAnyRead)
            {
                _isPadded = true;
                EndGroup();
            }
        }
    }

    private void EndGroup()
    {
        if (_count == 4) Write((byte)(_bits >> 16));
        if (_count == 4) Write((byte)(_bits >> 8));
        if (_count == 4) Write((byte)_bits);
        if (_count == 3) Write((byte)(_bits >> 10));
        if (_count == 3) Write((byte)(_bits >> 2));
        if (_count == 2) Write((byte)(_bits >> 4));

        (_bits, _count) = (0, 0);
    }

    private static Look LookAt(ReadOnlySpan<byte> line)
    {
        int known = 0, foreign = 0, padding = 0, words = 0;
        bool isAddress = false, isInWord = false;
        for (int i = 0; i < line.Length; i++)
        {
            byte value = _values[line[i]];
            if (value == Blank)
            {
                isInWord = false;
                continue;
            }

            if (!isInWord) words++;
            isInWord = true;
            if (value < 64) known++;
            else if (value == Padding) padding++;
            else foreign++;

            isAddress |= line[i] == '@' || (line[i] == ':' && i + 2 < line.Length && line[i + 1] == '/' && line[i + 2] == '/');
        }

        return new Look(known + foreign + padding, known, foreign, words, isAddress);
    }

    private static byte[] Values()
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        byte[] values = new byte[256];
        for (int i = 0; i < values.Length; i++) values[i] = Foreign;
        for (int i = 0; i < Alphabet.Length; i++) values[Alphabet[i]] = (byte)i;
        foreach (char blank in " \t\r\n") values[blank] = Blank;
        values['='] = Padding;
        return values;
    }

    /// <summary>What a line is made of.</summary>
    private readonly record struct Look(int Length, int Known, int Foreign, int Words, bool IsAddress)
    {
        /// <summary>True for words of letters with something between them.</summary>
        public bool IsText => Words > 2 && Known > 2 * Words && Known > 4 * Foreign && (Foreign > 0 || Length % 4 != 0);
    }
}
