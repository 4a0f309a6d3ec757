using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Transfers;

namespace ImapPS.Reading;

/// <summary>
/// Reads a message with the line ends that IMAP wants (RFC 9051, 6.3.12 and RFC 5322, 2.1): an LF without CR gets one. Nothing else is
/// changed; a CR without LF goes to the server as it is.
/// </summary>
internal sealed class CanonicalReader(Stream source) : IDisposable
{
    private const int Size = 16 * 1024;

    private readonly byte[] _raw = new byte[Size];
    private bool _afterReturn;

    /// <summary>What was read; twice the size, for every octet could be an LF.</summary>
    public byte[] Buffer { get; } = new byte[2 * Size];

    /// <summary>Fills the buffer. 0 at the end.</summary>
    public async Task<int> ReadAsync(CancellationToken cancellationToken)
    {
        int read = await source.ReadSomeAsync(_raw, cancellationToken).ConfigureAwait(false);
        int length = 0;
        for (int i = 0; i < read; i++)
        {
            byte octet = _raw[i];
            if (octet == '\n' && !_afterReturn) Buffer[length++] = (byte)'\r';
            Buffer[length++] = octet;
            _afterReturn = octet == '\r';
        }

        return length;
    }

    public void Dispose() => source.Dispose();
}
