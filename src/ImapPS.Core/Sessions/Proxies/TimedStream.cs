using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sessions;

/// <summary>
/// Ends a read that takes longer than ReadTimeout, as MailKit's own stream of a socket does. The streams of .NET heed it in Read alone, and
/// MailKit, when it is handed a stream, relies on them.
/// </summary>
/// <param name="inner">The stream.</param>
internal sealed class TimedStream(Stream inner) : PassingStream(inner)
{
    public override bool CanTimeout => true;

    public override int ReadTimeout { get; set; } = Timeout.Infinite;

    public override int WriteTimeout { get; set; } = Timeout.Infinite;

#if NET
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using CancellationTokenSource limited = Limit(ReadTimeout, cancellationToken);
        try
        {
            return await Inner.ReadAsync(buffer, limited.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("The server did not answer in time.", late);
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using CancellationTokenSource limited = Limit(WriteTimeout, cancellationToken);
        try
        {
            await Inner.WriteAsync(buffer, limited.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("The server did not take what was sent in time.", late);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
#else
    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limited = Limit(ReadTimeout, cancellationToken);
        try
        {
            // Streams of .NET Framework cannot be cancelled otherwise.
            using CancellationTokenRegistration closing = limited.Token.Register(Inner.Dispose);
            return await Inner.ReadAsync(buffer, offset, count, limited.Token).ConfigureAwait(false);
        }
        catch (Exception late) when (limited.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("The server did not answer in time.", late);
        }
    }
#endif

    protected override void Dispose(bool disposing)
    {
        if (disposing) Inner.Dispose();
        base.Dispose(disposing);
    }

    private static CancellationTokenSource Limit(int milliseconds, CancellationToken cancellationToken)
    {
        var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(milliseconds);
        return limited;
    }
}
