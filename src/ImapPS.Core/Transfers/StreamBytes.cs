#if NET
using System;
#endif
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Transfers;

/// <summary>Reads and writes parts of arrays in the way that is the platform's own.</summary>
internal static class StreamBytes
{
    public static async Task<int> ReadSomeAsync(this Stream stream, byte[] buffer, CancellationToken cancellationToken) =>
#if NET
        await stream.ReadAsync(buffer.AsMemory(), cancellationToken).ConfigureAwait(false);
#else
        await stream.ReadAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false);
#endif

    public static async Task WritePartAsync(this Stream stream, byte[] buffer, int offset, int count,
        CancellationToken cancellationToken) =>
#if NET
        await stream.WriteAsync(buffer.AsMemory(offset, count), cancellationToken).ConfigureAwait(false);
#else
        await stream.WriteAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false);
#endif
}
