using System;
using System.IO;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Pipeline.Files;
using ImapPS.Sessions;

namespace ImapPS.Pipeline.Base;

/// <summary>
/// What a task hands to the pipeline thread, which alone may talk to PowerShell. Objects and errors wait for a place in a bounded
/// queue, so that a slow pipeline slows the reading down; notes pass at once.
/// </summary>
/// <param name="progress">What is told of the progress.</param>
/// <param name="isVerbose">Whether anybody sees what is verbose; else it wakes nobody.</param>
/// <param name="untold">Keeps what could not be told, for a cmdlet whose errors must not get lost; null for any other.</param>
/// <param name="abort">Cuts a command in flight.</param>
internal sealed class PipelineWriter(CmdletProgress progress, bool isVerbose, Untold? untold, CancellationToken abort)
    : ISessionCaller, IDisposable
{
    /// <summary>The largest window of a listing finds room while the next one is read.</summary>
    private const int MostWaiting = 1_000;

    // Continuations run at once: there is only that which wakes the pipeline thread.
    private readonly Channel<Action<ImapCmdlet>> _queue = Channel.CreateUnbounded<Action<ImapCmdlet>>(
        new UnboundedChannelOptions { SingleReader = true, AllowSynchronousContinuations = true });
    private readonly ManualResetEventSlim _wake = new(initialState: false, spinCount: 0);
    private readonly PipelineQuestions _questions = PipelineQuestions.Here;
    private readonly CancellationTokenSource _deaf = new();
    private readonly SemaphoreSlim _places = new(MostWaiting, MostWaiting);
    private SessionConnection? _session;

    public CancellationToken Abort { get; } = abort;

    /// <param name="value">The object.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    /// <param name="taken">Called on the pipeline thread when the object's turn has come: the pipeline has it then, even if it wants no
    /// other.</param>
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

    /// <summary>
    /// Hands over something to write, at once: for who bounds by other means how much waits, such as by <see cref="DrainedAsync"/>.
    /// </summary>
    public void Post(Action<ImapCmdlet> write) => _queue.Writer.TryWrite(write);

    /// <summary>A file as PowerShell's provider knows it.</summary>
    public async Task WriteFileAsync(FileInfo file, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        _queue.Writer.TryWrite(cmdlet =>
        {
            _places.Release();
            cmdlet.WriteObject(FileItem.Of(file, cmdlet));
        });
    }

    /// <summary>An error about one item: the work goes on.</summary>
    public async Task WriteErrorAsync(Exception exception, CancellationToken cancellationToken, object? target = null)
    {
        Untold.Note? note = untold?.Keep(exception);
        try
        {
            await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (note is not null)
        {
            // There may be more to keep; the next command is what ends the work.
            return;
        }

        _queue.Writer.TryWrite(cmdlet =>
        {
            _places.Release();
            Tell(note, cmdlet, () => cmdlet.WriteError(exception, target));
        });
    }

    /// <summary>A task that ends when the pipeline has taken all that was written before.</summary>
    public Task DrainedAsync(CancellationToken cancellationToken) => AskAsync(_ => true, cancellationToken);

    /// <summary>
    /// Asks the pipeline thread for something that only PowerShell can answer, once it has taken all that was written before.
    /// </summary>
    public Task<T> AskAsync<T>(Func<ImapCmdlet, T> question, CancellationToken cancellationToken)
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

    /// <inheritdoc/>
    public async Task<T> AskAsync<T>(Func<T> question, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_deaf.Token, Abort, cancellationToken);
        return await _questions.AskAsync(question, either.Token).ConfigureAwait(false);
    }

    /// <summary>The pipeline thread takes nothing any more: who has asked it, or is about to, gets no answer.</summary>
    public void Deafen()
    {
        _questions.Leave(this);
        _deaf.Cancel();
    }

    /// <summary>Begins to take what is asked of this thread.</summary>
    public void Listen() => _questions.Enter(this);

    /// <summary>Calls something on the pipeline thread.</summary>
    public void Call(Action action) => _queue.Writer.TryWrite(_ => action());

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

    public void Begin(SessionConnection session)
    {
        _session ??= session;
        if (session.Notices.Any) _queue.Writer.TryWrite(cmdlet => session.Notices.Tell(cmdlet.WriteWarning));
    }

    /// <summary>Leaves in the session what could not be told of work that has ended.</summary>
    public void LeaveUntold(string command, Exception? failure)
    {
        if (untold is null || _session is null) return;

        if (failure is ImapException) untold.Keep(failure);
        foreach (string notice in untold.Describe(command)) _session.Notices.Add(notice);
    }

    public void Verbose(string message)
    {
        if (isVerbose) _queue.Writer.TryWrite(cmdlet => cmdlet.WriteVerbose(message));
    }

    public void Warning(string message)
    {
        Untold.Note? note = untold?.Keep(message);
        _queue.Writer.TryWrite(cmdlet => Tell(note, cmdlet, () => cmdlet.WriteWarning(message)));
    }

    public void Error(ImapException exception)
    {
        Untold.Note? note = untold?.Keep(exception);
        _queue.Writer.TryWrite(cmdlet => Tell(note, cmdlet, () => cmdlet.WriteError(exception)));
    }

    public void ConnectionLost() => _queue.Writer.TryWrite(cmdlet => cmdlet.LossCount++);

    /// <inheritdoc cref="CmdletProgress.Next"/>
    public void Progress(string activity, string status, long done, long total, int secondsRemaining = -1) =>
        Progress(activity, () => status, done, total, secondsRemaining);

    /// <summary>Shows how far the work is. What it says is put together only when it is time to show something.</summary>
    public void Progress(string activity, Func<string> status, long done, long total, int secondsRemaining = -1)
    {
        if (progress.Next(activity, status, done, total, secondsRemaining) is { } next)
        {
            _queue.Writer.TryWrite(cmdlet => cmdlet.ShowProgress(next));
        }
    }

    public void Complete() => _queue.Writer.TryComplete();

    public void Dispose()
    {
        _wake.Dispose();
        _places.Dispose();
        _deaf.Dispose();
    }

    /// <summary>
    /// Waits for the next thing to do. False when there will be none. A task's own wait spins first: with many runspaces at work, of
    /// which all wait for a server, that costs more than all else together.
    /// </summary>
    public bool WaitForNext()
    {
        ConfiguredTaskAwaitable<bool>.ConfiguredTaskAwaiter next = _queue.Reader.WaitToReadAsync(CancellationToken.None).AsTask()
            .ConfigureAwait(false).GetAwaiter();
        if (!next.IsCompleted)
        {
            _wake.Reset();
            next.UnsafeOnCompleted(_wake.Set);
            _wake.Wait(CancellationToken.None);
        }

        return next.GetResult();
    }

    public bool TryTake(out Action<ImapCmdlet> next) => _queue.Reader.TryRead(out next!);

    private void Tell(Untold.Note? note, ImapCmdlet cmdlet, Action tell)
    {
        if (note is null) tell();
        else untold!.Tell(note, cmdlet, tell);
    }
}
