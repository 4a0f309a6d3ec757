using System;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Files;

/// <summary>
/// Reads from a source that may keep its reader for ever, such as a named pipe that nobody writes to. No token reaches into the operating
/// system, so that a read is not awaited any longer once it is cancelled: it is left to itself, and the source is closed when it ends.
/// </summary>
/// <param name="open">Opens the source, at the first read.</param>
internal sealed class PatientReader<TSource>(Func<TSource> open) : IDisposable
    where TSource : class, IDisposable
{
    private TSource? _source;
    private Task _last = Task.CompletedTask;

    /// <summary>Reads, one read after the other.</summary>
    public async Task<T> ReadAsync<T>(Func<TSource, Task<T>> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Task<T> reading = Task.Run(() => read(_source ??= open()), CancellationToken.None);
        _last = reading;
        var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellationToken.Register(() => cancelled.TrySetResult(true)))
        {
            await Task.WhenAny(reading, cancelled.Task).ConfigureAwait(false);
        }

        if (!reading.IsCompleted) throw new OperationCanceledException(cancellationToken);

        return await reading.ConfigureAwait(false);
    }

    /// <summary>Closes the source, when the last read has ended.</summary>
    public void Dispose() => _ = _last.ContinueWith(
        ended =>
        {
            // Of a read that was left nobody hears.
            _ = ended.Exception;
            _source?.Dispose();
        },
        CancellationToken.None,
        TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);
}
