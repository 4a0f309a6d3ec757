using System;
using System.IO;

namespace ImapPS.Files;

/// <summary>A message of an mbox, without the quoting of "mboxrd": a line of &gt;s and "From " has one &gt; less.</summary>
/// <param name="file">The mbox.</param>
/// <param name="start">Where the message begins in it.</param>
/// <param name="end">Where it ends.</param>
internal sealed class MboxText(Stream file, long start, long end) : ForwardReader
{
    public static readonly byte[] From = "From "u8.ToArray();

    private readonly byte[] _piece = new byte[16 * 1024];
    private readonly MemoryStream _ready = new();
    private long _position = start;

    /// <summary>How many &gt;s the line has begun with, and how much of "From " has followed; -1 within a line.</summary>
    private int _quotes;
    private int _matched;

    public static bool IsFrom(byte[] line, int length)
    {
        for (int i = 0; i < From.Length; i++)
        {
            if (i >= length || line[i] != From[i]) return false;
        }

        return true;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        while (true)
        {
            int taken = _ready.Read(buffer, offset, count);
            if (taken > 0 || count == 0 || !Fill()) return taken;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
            _ready.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Reads the next piece. False at the end.</summary>
    private bool Fill()
    {
        _ready.SetLength(0);
        if (file.Position != _position) file.Position = _position;
        int read = file.Read(_piece, 0, (int)Math.Min(_piece.Length, end - _position));
        _position += read;
        for (int i = 0; i < read; i++) Put(_piece[i]);

        bool held = _matched > 0 || _quotes > 0;
        if (read == 0) Release(_quotes);
        _ready.Position = 0;
        return read > 0 || held;
    }

    private void Put(byte octet)
    {
        if (_matched == 0 && octet == '>')
        {
            _quotes++;
            return;
        }

        if (_matched >= 0 && octet == From[_matched])
        {
            if (++_matched == From.Length) Release(Math.Max(0, _quotes - 1));
            return;
        }

        Release(_quotes);
        _ready.WriteByte(octet);
        if (octet == '\n') _matched = 0;
    }

    /// <summary>Lets go what the line began with.</summary>
    private void Release(int quotes)
    {
        for (int i = 0; i < quotes; i++) _ready.WriteByte((byte)'>');
        for (int i = 0; i < _matched; i++) _ready.WriteByte(From[i]);
        _quotes = 0;
        _matched = -1;
    }
}
