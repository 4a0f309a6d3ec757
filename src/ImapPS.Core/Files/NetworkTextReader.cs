using System.IO;

namespace ImapPS.Files;

/// <summary>
/// Reads a text that was written with the line ends of Unix, as it was before: each LF has a CR before it again, whatever is there already.
/// </summary>
internal sealed class NetworkTextReader(Stream source) : ForwardReader
{
    private readonly byte[] _raw = new byte[16 * 1024];
    private int _next;
    private int _end;
    private bool _owesLineFeed;

    public override int Read(byte[] buffer, int offset, int count)
    {
        int written = 0;
        while (written < count)
        {
            if (_owesLineFeed)
            {
                buffer[offset + written++] = (byte)'\n';
                _owesLineFeed = false;
                continue;
            }

            if (_next == _end)
            {
                if (written > 0) return written;

                (_next, _end) = (0, source.Read(_raw, 0, _raw.Length));
                if (_end == 0) return 0;
            }

            byte octet = _raw[_next++];
            _owesLineFeed = octet == '\n';
            buffer[offset + written++] = _owesLineFeed ? (byte)'\r' : octet;
        }

        return written;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) source.Dispose();
        base.Dispose(disposing);
    }
}
