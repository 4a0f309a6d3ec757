using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
#if NET
using System;
#endif

namespace ImapPS.Sessions;

/// <summary>Remembers the first octets that come out of a stream, for who reads it and cannot make sense of them.</summary>
/// <param name="inner">The stream.</param>
internal sealed class HeardStream(Stream inner) : PassingStream(inner)
{
    private const int Most = 128;

    private readonly List<byte> _first = [];

    /// <summary>The first octets.</summary>
    public IReadOnlyCollection<byte> First => _first;

    public override int Read(byte[] buffer, int offset, int count) => Hear(buffer, offset, Inner.Read(buffer, offset, count));

#if NET
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count = await Inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < count && _first.Count < Most; i++) _first.Add(buffer.Span[i]);
        return count;
    }
#else
    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Hear(buffer, offset, await Inner.ReadAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false));
#endif

    private int Hear(byte[] buffer, int offset, int count)
    {
        for (int i = 0; i < count && _first.Count < Most; i++) _first.Add(buffer[offset + i]);
        return count;
    }
}
