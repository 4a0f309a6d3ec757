using System;
using System.Diagnostics;
using System.Management.Automation;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Sessions;

namespace ImapPS.Pipeline;

/// <summary>
/// What a task hands to the pipeline thread, which alone may talk to PowerShell. Objects and errors wait for a place in a bounded
/// queue, so that a slow pipeline slows the reading down; notes pass at once.
/// </summary>
internal sealed class PipelineWriter(CancellationToken abort) : ISessionCaller, IDisposable
{
    /// <summary>The largest window of a listing finds room while the next one is read.</summary>
    private const int MostWaiting = 1_000;

    private const int ProgressId = 1;

    private static readonly TimeSpan _progressInterval = TimeSpan.FromMilliseconds(250);

    private readonly Channel<Action<Cmdlet>> _queue = Channel.CreateUnbounded<Action<Cmdlet>>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SemaphoreSlim _places = new(MostWaiting, MostWaiting);
    private readonly Stopwatch _sinceProgress = Stopwatch.StartNew();
    private string? _activity;

    public CancellationToken Abort { get; } = abort;

    /// <param name="value">The object.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    /// <param name="taken">Called on the pipeline thread when the object's turn has come: the pipeline has it then, even if it wants no other.</param>
    public async Task WriteObjectAsync(object value, CancellationToken cancellationToken, Action? taken = null)
    {
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        _queue.Writer.TryWrite(cmdlet =>
        {
            _places.Release();
            taken?.Invoke();
            cmdlet.WriteObject(value);
        });
    }

    /// <summary>An error about one item: the work goes on.</summary>
    public async Task WriteErrorAsync(Exception exception, CancellationToken cancellationToken, object? target = null)
    {
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        _queue.Writer.TryWrite(cmdlet =>
        {
            _places.Release();
            cmdlet.WriteError(ErrorTable.ToRecord(exception, target));
        });
    }

    /// <summary>A task that ends when the pipeline has taken all that was written before.</summary>
    public Task Reached(CancellationToken cancellationToken) => AskAsync(_ => true, cancellationToken);

    /// <summary>Asks the pipeline thread for something that only PowerShell can answer, once it has taken all that was written before.</summary>
    public Task<T> AskAsync<T>(Func<Cmdlet, T> question, CancellationToken cancellationToken)
    {
        var answered = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        CancellationTokenRegistration registration = cancellationToken.Register(() => answered.TrySetCanceled(cancellationToken));
        _queue.Writer.TryWrite(cmdlet =>
        {
            // What the question throws ends the pipeline as it would anywhere; the asker is told to stop.
            T answer = question(cmdlet);
            registration.Dispose();
            answered.TrySetResult(answer);
        });
        return answered.Task;
    }

    /// <summary>Runs work for one item: an error that is about the item is written, and the pipeline goes on.</summary>
    public async Task ForItemAsync(object? target, Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (ImapException failed) when (!ErrorTable.EndsCall(failed))
        {
            await WriteErrorAsync(failed, cancellationToken, target).ConfigureAwait(false);
        }
    }

    public void Verbose(string message) => _queue.Writer.TryWrite(cmdlet => cmdlet.WriteVerbose(message));

    public void Warning(string message) => _queue.Writer.TryWrite(cmdlet => cmdlet.WriteWarning(message));

    /// <summary>Progress. Told a few times a second at the most, and not at all by work that is over before that.</summary>
    /// <param name="activity">What is done.</param>
    /// <param name="status">How far it is, in words.</param>
    /// <param name="done">How much of it is done.</param>
    /// <param name="total">How much there is; less than 1 when that is not known.</param>
    /// <param name="secondsRemaining">How long it may still take; -1 when that is not known.</param>
    public void Progress(string activity, string status, long done, long total, int secondsRemaining = -1)
    {
        if (_sinceProgress.Elapsed < _progressInterval) return;

        _sinceProgress.Restart();
        int percent = total <= 0 ? -1 : (int)Math.Min(100, done * 100 / total);
        _activity = activity;
        _queue.Writer.TryWrite(cmdlet => cmdlet.WriteProgress(new ProgressRecord(ProgressId, activity, status) { PercentComplete = percent, SecondsRemaining = secondsRemaining }));
    }

    public void Complete()
    {
        if (_activity is { } activity)
        {
            _queue.Writer.TryWrite(cmdlet => cmdlet.WriteProgress(new ProgressRecord(ProgressId, activity, activity) { RecordType = ProgressRecordType.Completed }));
        }

        _queue.Writer.TryComplete();
    }

    public void Dispose() => _places.Dispose();

    /// <summary>Waits for the next thing to do. False when there will be none.</summary>
    public ValueTask<bool> WaitAsync() => _queue.Reader.WaitToReadAsync(CancellationToken.None);

    public bool TryTake(out Action<Cmdlet> next) => _queue.Reader.TryRead(out next!);
}
