using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Mailbox;

namespace ImapPS.Transfers;

/// <summary>
/// Downloads messages of a folder over one connection or several. Each takes a command's worth at a time; one that is lost for good leaves
/// its work to the others.
/// </summary>
/// <param name="connections">The session's own first: when that one is lost, nothing more is begun.</param>
/// <param name="received">Told of octets as they arrive.</param>
/// <param name="goesOn">Asked before each command's worth whether it is still wanted.</param>
internal sealed class SharedDownload(IReadOnlyList<MailboxAccess> connections, Action<int>? received, Func<bool> goesOn)
{
    private readonly object _lock = new();
    private readonly HashSet<uint> _arrived = [];
    private readonly Queue<IReadOnlyList<MessageSize>> _pieces = new();
    private readonly Queue<Lane> _idle = new(connections.Select(connection =>
        new Lane(connection, new MessageDownloader(connection, received))));

    private readonly Dictionary<Task<DownloadResult>, Work> _underWay = [];

    /// <summary>Downloads messages, once. What became of them is told a batch at a time, to one who takes it at a time.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="uidValidity">What the UIDs were read under.</param>
    /// <param name="messages">The messages, in any order.</param>
    /// <param name="open">Opens the stream for a message; several may be asked for at a time.</param>
    /// <param name="done">Takes a stream that holds its message to the end; several may come at a time.</param>
    /// <param name="cancellationToken">Asks to stop; the batches under way still end, and are told.</param>
    public async IAsyncEnumerable<DownloadResult> DownloadAsync(string folder, uint? uidValidity, IEnumerable<MessageSize> messages,
        Func<uint, Stream> open, Func<uint, Stream, CancellationToken, Task> done,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (IReadOnlyList<MessageSize> piece in MessageDownloader.Batches(messages)) _pieces.Enqueue(piece);
        ExceptionDispatchInfo? end = null;
        try
        {
            BeginAll();
            while (_underWay.Count > 0)
            {
                Task<DownloadResult> ended = await Task.WhenAny(_underWay.Keys).ConfigureAwait(false);
                Work work = _underWay[ended];
                _underWay.Remove(ended);
                DownloadResult? result = null;
                try
                {
                    result = await ended.ConfigureAwait(false);
                    _idle.Enqueue(work.Lane);
                }
                catch (ImapException lost) when (work.Lane.Connection != connections[0] && Loss.Is(lost))
                {
                    work.Lane.Connection.Caller.Verbose($"A connection is no longer used: {lost.Message}");
                    if (Left(work.Piece) is { Count: > 0 } left) _pieces.Enqueue(left);
                }
                catch (Exception failed)
                {
                    end ??= ExceptionDispatchInfo.Capture(failed);
                }

                // Where there are several, this one need not wait until what it has brought is on the disk.
                if (connections.Count > 1) BeginAll();
                if (result is not null) yield return result;
                BeginAll();
            }
        }
        finally
        {
            // Whoever takes no more may close what these write to.
            foreach (Task left in _underWay.Keys) await Task.WhenAny(left).ConfigureAwait(false);
        }

        end?.Throw();
        if (_pieces.Count > 0) cancellationToken.ThrowIfCancellationRequested();

        // Each connection has its first piece before any ends: one that is quick could else leave the others nothing.
        void BeginAll()
        {
            while (end is null && !cancellationToken.IsCancellationRequested && _idle.Count > 0 && _pieces.Count > 0 && goesOn())
            {
                var work = new Work(_idle.Dequeue(), _pieces.Dequeue());
                Task<DownloadResult> begun = work.Lane.Downloader
                    .DownloadBatchAsync(folder, uidValidity, work.Piece, open, NoteAsync, cancellationToken);
                _underWay[begun] = work;
            }
        }

        Task NoteAsync(uint uid, Stream stream, CancellationToken abort)
        {
            lock (_lock) _arrived.Add(uid);
            return done(uid, stream, abort);
        }
    }

    private List<MessageSize> Left(IReadOnlyList<MessageSize> piece)
    {
        lock (_lock) return [.. piece.Where(message => !_arrived.Contains(message.Uid))];
    }

    private sealed record Lane(MailboxAccess Connection, MessageDownloader Downloader);

    private sealed record Work(Lane Lane, IReadOnlyList<MessageSize> Piece);
}
