using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Files;
using ImapPS.Transfers;

namespace ImapPS.Pipeline.Files;

/// <summary>A message that was read from an item, or why it was not.</summary>
internal sealed record ImportedMessage(ImportItem Item, AppendSource? Source, Exception? Failure);

/// <summary>Reads messages from their files, and measures them, while those before them are sent.</summary>
internal sealed class ImportReader(IEnumerable<ImportItem> items, Func<FileMessage, ImportItem, AppendSource> make) : IDisposable
{
    /// <summary>How far it reads ahead: about a batch.</summary>
    private const int MostMessages = 500;

    private readonly ReadAhead<ImportedMessage> _ready = new(MessageAppender.MostBytes, MostMessages);
    private readonly CancellationTokenSource _stop = new();

    private Task _reading = Task.CompletedTask;

    /// <summary>Begins to read. A read that hangs, as on a dead share, is left behind when the import is stopped.</summary>
    public void Start() => _reading = Task.Run(() => ReadAsync(_stop.Token));

    /// <summary>The next message; null at the end.</summary>
    public async Task<ImportedMessage?> NextAsync(CancellationToken cancellationToken) =>
        (await _ready.TakeAsync(cancellationToken).ConfigureAwait(false)).Thing;

    public void Dispose()
    {
        _stop.Cancel();
        _ = _reading.ContinueWith(_ => _stop.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (ImportItem item in items) await ReadAsync(item, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for it.
        }
        finally
        {
            _ready.Complete();
        }
    }

    private async Task ReadAsync(ImportItem item, CancellationToken cancellationToken)
    {
        IEnumerator<FileMessage>? messages = null;
        try
        {
            while (true)
            {
                AppendSource? source = null;
                Exception? failure = null;
                try
                {
                    messages ??= item.Read(cancellationToken).GetEnumerator();
                    if (!messages.MoveNext()) return;

                    source = make(messages.Current, item);
                    await source.MeasureHereAsync(cancellationToken).ConfigureAwait(false);
                }
                catch (Exception failed) when (failed is not OperationCanceledException)
                {
                    failure = failed;
                }

                await _ready.PutAsync(new ImportedMessage(item, source, failure), source?.InMemory ?? 0, cancellationToken)
                    .ConfigureAwait(false);
                if (source is null) return;
            }
        }
        finally
        {
            messages?.Dispose();
        }
    }
}
