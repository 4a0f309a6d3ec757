using System;
using System.Globalization;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Models;

namespace ImapPS.Pipeline.Base;

/// <summary>Runs asynchronous work under a cmdlet: the pump between its task and the pipeline thread, and the ways to stop it.</summary>
public abstract class ImapCmdlet : PSCmdlet, IDisposable
{
    /// <summary>
    /// How long a command in flight may still take after Ctrl+C. Cutting it drops the connection, so a short one is let finish;
    /// a longer one would keep the prompt.
    /// </summary>
    private static readonly TimeSpan _grace = TimeSpan.FromMilliseconds(400);

    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly CmdletProgress _progress = new();

    /// <summary>
    /// Whether what the cmdlet could not tell any more, since it was stopped, is told by the next command of the session.
    /// </summary>
    private protected virtual bool KeepsUntold => false;

    /// <summary>Whether anybody sees what is verbose.</summary>
    internal bool IsVerbose => IsGiven("Verbose")
        || !LanguagePrimitives.TryConvertTo(GetVariableValue("VerbosePreference"), CultureInfo.InvariantCulture,
            out ActionPreference preference)
        || preference is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);

    /// <summary>The cmdlet that takes what this one writes, if that is known (<see cref="NextCommand"/>).</summary>
    internal IMessageConsumer? Next { get; set; }

    /// <summary>True once Ctrl+C was pressed.</summary>
    internal bool IsStopRequested => _stop.IsCancellationRequested;

    /// <summary>How often a connection was lost in the midst of the work.</summary>
    internal int LossCount { get; set; }

    /// <summary>How many errors were written.</summary>
    internal int ErrorCount { get; private set; }

    /// <summary>Writes an error of the module's table, and counts it.</summary>
    internal void WriteError(Exception exception, object? target = null)
    {
        ErrorCount++;
        WriteError(ErrorTable.ToRecord(exception, target));
    }

    // Hidden on purpose: a cmdlet that says something to PowerShell says it through these.

    /// <summary>Says something; whatever the words hold, only what can be read of them comes out.</summary>
    internal new void WriteVerbose(string text) => base.WriteVerbose(DisplayText.PrintableLines(text));

    /// <inheritdoc cref="WriteVerbose(string)"/>
    internal new void WriteWarning(string text) => base.WriteWarning(DisplayText.PrintableLines(text));

    /// <inheritdoc cref="WriteVerbose(string)"/>
    internal new bool ShouldProcess(string target, string action) =>
        base.ShouldProcess(DisplayText.Printable(target), DisplayText.Printable(action));

    /// <inheritdoc cref="WriteVerbose(string)"/>
    internal new bool ShouldProcess(string description, string question, string caption, out ShouldProcessReason reason) =>
        base.ShouldProcess(DisplayText.PrintableLines(description), DisplayText.PrintableLines(question),
            DisplayText.Printable(caption), out reason);

    /// <summary>
    /// Emits an object. Where nothing but the screen may come after, the progress is taken off it before: to draw it again below each line,
    /// PowerShell asks the terminal where the cursor is, and on Linux and macOS a Ctrl+C in that moment discards the answer, for which it
    /// then waits for ever.
    /// </summary>
    internal new void WriteObject(object value)
    {
        if (MyInvocation.PipelinePosition == MyInvocation.PipelineLength) ClearProgress();
        base.WriteObject(value);
    }

    /// <summary>Puts progress on the screen.</summary>
    internal void ShowProgress(ProgressRecord record)
    {
        _progress.Shown(record);
        WriteProgress(record);
    }

    /// <summary>True when the caller gave the parameter, whatever its value.</summary>
    private protected bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <summary>Takes the progress off the screen. Called last by those that have more to do at the end.</summary>
    protected override void EndProcessing() => ClearProgress();

    /// <summary>Ctrl+C: no new command is begun, and one that takes long is cut.</summary>
    protected override void StopProcessing()
    {
        try
        {
            _stop.Cancel();
            _abort.CancelAfter(_grace);
        }
        catch (ObjectDisposedException)
        {
            // Ctrl+C came as the cmdlet ended.
        }
    }

    /// <summary>Releases what the cmdlet holds.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the cmdlet holds.</summary>
    /// <param name="disposing">True when it is called by Dispose.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;

        _stop.Dispose();
        _abort.Dispose();
    }

    /// <summary>
    /// Runs work in a task, and plays on this thread what it writes. When the pipeline ends early (Select-Object -First, Ctrl+C)
    /// the work is told to stop, awaited, and only then does the pipeline's exception go on.
    /// </summary>
    internal void Run(Func<PipelineWriter, CancellationToken, Task> work)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        using var writer = new PipelineWriter(_progress, IsVerbose, KeepsUntold ? new Untold() : null, _abort.Token);
        writer.Listen();
        Task task = Task.Run(
            async () =>
            {
                try
                {
                    await work(writer, stop.Token).ConfigureAwait(false);
                }
                finally
                {
                    writer.Complete();
                }
            },
            CancellationToken.None);

        try
        {
            while (writer.WaitForNext())
            {
                while (writer.TryTake(out Action<ImapCmdlet> next)) next(this);
            }
        }
        catch
        {
            stop.Cancel();
            writer.Deafen();
            task.ContinueWith(_ => true, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default)
                .GetAwaiter().GetResult();
            LeaveUntold(writer, task);
            throw;
        }

        writer.Deafen();
        if (_stop.IsCancellationRequested) LeaveUntold(writer, task);
        Finish(task);
    }

    /// <summary>Ends the cmdlet with an error of its own.</summary>
    internal void Throw(ImapException exception, object? target = null) =>
        ThrowTerminatingError(ErrorTable.ToRecord(exception, target));

    /// <summary>Does what may fail; an error ends the cmdlet.</summary>
    internal T OrThrow<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (ImapException failed)
        {
            Throw(failed);
            throw;
        }
    }

    private void ClearProgress()
    {
        if (_progress.Last() is { } last) WriteProgress(last);
    }

    private void LeaveUntold(PipelineWriter writer, Task task) =>
        writer.LeaveUntold(MyInvocation.MyCommand.Name, task.Exception?.GetBaseException());

    private void Finish(Task task)
    {
        try
        {
            task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception failure)
        {
            ClearProgress();
            ThrowTerminatingError(ErrorTable.ToRecord(failure));
        }
    }
}
