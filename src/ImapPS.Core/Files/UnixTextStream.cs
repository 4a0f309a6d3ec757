using System.IO;

namespace ImapPS.Files;

/// <summary>
/// Turns mail's line ends (CRLF) into those of Unix, as Mbox and Maildir have them, and quotes lines that an Mbox would take for the
/// beginning of the next message.
/// </summary>
internal class UnixTextStream(Stream target, bool quotesFrom, bool leavesOpen = false) : ForwardWriter
{
    private static readonly byte[] _from = "From "u8.ToArray();

    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _length;
    private bool _heldReturn;

    /// <summary>How much of "From " has come since the line's beginning and its &gt;s; -1 within a line.</summary>
    private int _matched;

    /// <summary>Where the octets go.</summary>
    public Stream Target { get; } = target;

    /// <summary>True when the last line has its end, or there was none.</summary>
    public bool EndsLine { get; private set; } = true;

    public override void Write(byte[] buffer, int offset, int count)
    {
        for (int i = offset; i < offset + count; i++)
        {
            byte octet = buffer[i];
            if (_heldReturn && octet != '\n') Put((byte)'\r');
            _heldReturn = octet == '\r';
            if (!_heldReturn) Put(octet);
        }
    }

    /// <summary>Writes what is still held, at the end of the text.</summary>
    public void Finish()
    {
        if (_heldReturn) Put((byte)'\r');
        _heldReturn = false;
        ReleaseMatched();
        Drain();
    }

    public override void Flush() => Drain();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !leavesOpen) Target.Dispose();
        base.Dispose(disposing);
    }

    private void Put(byte octet)
    {
        if (quotesFrom && _matched >= 0)
        {
            if (octet == _from[_matched])
            {
                if (++_matched < _from.Length) return;

                Emit((byte)'>');
                ReleaseMatched();
                return;
            }

            // Another > at the beginning of the line: From may still follow.
            bool stillAtBeginning = _matched == 0 && octet == '>';
            if (!stillAtBeginning) ReleaseMatched();
        }

        Emit(octet);
        if (octet == '\n') _matched = 0;
    }

    private void ReleaseMatched()
    {
        for (int i = 0; i < _matched; i++) Emit(_from[i]);
        _matched = -1;
    }

    private void Emit(byte octet)
    {
        if (_length == _buffer.Length) Drain();
        _buffer[_length++] = octet;
        EndsLine = octet == '\n';
    }

    private void Drain()
    {
        Target.Write(_buffer, 0, _length);
        _length = 0;
    }
}
