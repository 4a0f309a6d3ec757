using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Sessions;
using ImapPS.Watching;

namespace ImapPS.Pipeline.Waiting;

/// <summary>Writes what happens in folders of one session or several, until the time is up or there are enough events.</summary>
/// <param name="kinds">Which events are wanted.</param>
/// <param name="timeout">How long; null for ever, zero for one look.</param>
/// <param name="poll">How often to ask the server, or null.</param>
/// <param name="count">How many events.</param>
internal sealed class FolderEventWriter(IReadOnlyCollection<ImapFolderEventKind> kinds, TimeSpan? timeout, TimeSpan? poll, int count)
{
    /// <summary>A watch has no end: one that never waits between two tries would storm a server that is down.</summary>
    private static readonly TimeSpan _shortestPause = TimeSpan.FromMilliseconds(100);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int _left = count;
    private int _written;

    private TimeSpan TimeLeft => timeout is { } longest ? longest - _clock.Elapsed : TimeSpan.MaxValue;

    /// <summary>Watches folders of several sessions side by side.</summary>
    public async Task WriteAsync(IReadOnlyDictionary<SessionConnection, IReadOnlyList<FolderState>> folders,
        PipelineWriter writer, CancellationToken cancellationToken)
    {
        string[] paths = [.. folders.Values.SelectMany(states => states).Select(state => DisplayText.Printable(state.Path))];
        string where = paths.Length == 1 ? $"'{paths[0]}'" : DisplayText.Count(paths.Length, "folder");
        string events = string.Join(", ", kinds);
        var progress = new WaitProgress(writer, $"Watching {where}", () =>
            $"{events} ({DisplayText.Count(Volatile.Read(ref _written), "event")} so far)");
        Task<bool> Work() => WriteAllAsync(folders, writer, cancellationToken);
        await progress.DuringAsync(timeout, () => _clock.Elapsed, Work, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> WriteAllAsync(IReadOnlyDictionary<SessionConnection, IReadOnlyList<FolderState>> folders,
        PipelineWriter writer, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAll(folders.Select(async session =>
        {
            try
            {
                if (await WriteAsync(session.Key, session.Value, writer, enough.Token).ConfigureAwait(false)) enough.Cancel();
            }
            catch (OperationCanceledException) when (enough.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                // Another session brought the last of the events.
            }
            catch
            {
                enough.Cancel();
                throw;
            }
        })).ConfigureAwait(false);
        return true;
    }

    /// <returns>True when there are enough events.</returns>
    private Task<bool> WriteAsync(SessionConnection session, IReadOnlyList<FolderState> folders, PipelineWriter writer,
        CancellationToken cancellationToken) =>
        OwnConnection.RunAsync(
            session,
            timeout,
            writer,
            mailbox => WriteAsync(new FolderWatch(mailbox, folders, kinds, poll), session, writer, cancellationToken),
            cancellationToken);

    private Task<bool> WriteAsync(FolderWatch watch, SessionConnection session, PipelineWriter writer,
        CancellationToken cancellationToken)
    {
        var loop = new ListeningLoop
        {
            TimeLeft = () => TimeLeft,
            LookAsync = stop => LookAsync(watch, session, writer, stop),
            ListenAsync = (longest, stop) => ListenAsync(watch, longest, writer, stop),
            TellLoss = (lost, failures) =>
            {
                if (failures == 0) writer.Warning($"{lost.Message} The watch goes on when the server is there again.");
                else writer.Verbose(lost.Message);
            },
            Pause = session.RetryDelay > _shortestPause ? session.RetryDelay : _shortestPause,
            IsOver = () => watch.Folders.Count == 0,
        };
        return loop.RunAsync(cancellationToken);
    }

    /// <summary>Waits for the server's word. The folder that stays open may be gone meanwhile: then the others go on.</summary>
    private static async Task ListenAsync(FolderWatch watch, TimeSpan longest, PipelineWriter writer, CancellationToken cancellationToken)
    {
        WatchedFolder? home = watch.Home;
        try
        {
            await watch.WaitAsync(longest, cancellationToken).ConfigureAwait(false);
        }
        catch (ImapException failed) when (!ErrorTable.EndsCall(failed))
        {
            await LeaveAsync(watch, home!, failed, writer, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task LeaveAsync(FolderWatch watch, WatchedFolder folder, ImapException failed,
        PipelineWriter writer, CancellationToken cancellationToken)
    {
        watch.Leave(folder);
        await writer.WriteErrorAsync(failed, cancellationToken, folder.Path).ConfigureAwait(false);
    }

    /// <summary>Looks into every folder that is worth it.</summary>
    /// <returns>True when there are enough events.</returns>
    private async Task<bool> LookAsync(FolderWatch watch, SessionConnection session, PipelineWriter writer,
        CancellationToken cancellationToken)
    {
        foreach (WatchedFolder folder in watch.Folders.ToList())
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await foreach (ImapFolderEvent happened in watch.LookAsync(folder, cancellationToken).ConfigureAwait(false))
                {
                    session.News.Note();
                    if (await WriteAsync(happened, writer, cancellationToken).ConfigureAwait(false)) return true;
                }
            }
            catch (ImapException failed) when (!ErrorTable.EndsCall(failed))
            {
                await LeaveAsync(watch, folder, failed, writer, cancellationToken).ConfigureAwait(false);
            }
        }

        return false;
    }

    private async Task<bool> WriteAsync(ImapFolderEvent happened, PipelineWriter writer, CancellationToken cancellationToken)
    {
        int left = Interlocked.Decrement(ref _left);
        if (left < 0) return true;

        await writer.WriteObjectAsync(happened, cancellationToken).ConfigureAwait(false);
        Interlocked.Increment(ref _written);
        return left == 0;
    }
}
