using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Changing;
using ImapPS.Errors;
using ImapPS.Files;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Reading;

namespace ImapPS.Transfers;

/// <summary>Saves messages where a store puts them, over one connection or several.</summary>
internal sealed class MessageSaver(MessageStore store, TransferMeter meter)
{
    /// <summary>What of messages is looked at to save them: their sizes make the commands, their subjects are told in errors.</summary>
    public static MessageParts Needs(MessageStore store) => store.Needs | MessageParts.Size | MessageParts.Subject;

    /// <summary>
    /// Saves a batch. Each connection takes a command's worth at a time; one that is lost for good leaves its work to the others.
    /// </summary>
    /// <param name="batch">The messages, of one folder.</param>
    /// <param name="connections">The session's own first.</param>
    /// <param name="cancellationToken">Asks to stop; the commands under way still end.</param>
    public async Task<SaveResult> SaveAsync(MessageBatch batch, IReadOnlyList<MailboxAccess> connections,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<ImapMessage> messages = await new MessageReader(connections[0])
            .CompleteAsync(batch.Messages, cancellationToken, Needs(store)).ConfigureAwait(false);
        var run = new Run(batch, meter, store.TakesSeveral);
        foreach (ImapMessage message in messages)
        {
            try
            {
                MessageFile file = store.Place(message);
                if (file.IsSaved) run.Results.Skipped();
                else run.Files[message.Uid] = file;
            }
            catch (Exception refused) when (refused is ImapException or IOException or UnauthorizedAccessException)
            {
                run.Results.Fail(message, refused as ImapException ?? Failures.FileNotSaved(message.Subject, refused));
            }
        }

        run.Queue(messages.Where(message => run.Files.ContainsKey(message.Uid))
            .Select(message => new MessageSize(message.Uid, message.Size)));
        meter.Start();
        try
        {
            // Each connection has its first piece before any begins: one that is quick could else leave the others nothing.
            List<(MailboxAccess Connection, IReadOnlyList<MessageSize>? First)> lanes =
                [.. connections.Take(store.TakesSeveral ? connections.Count : 1).Select(connection => (connection, run.Next()))];
            await Task.WhenAll(lanes.Select((lane, number) =>
                run.WorkAsync(lane.Connection, lane.First, isLast: number == 0, cancellationToken))).ConfigureAwait(false);

            // What a lost connection left behind after the first had found nothing more to do.
            await run.WorkAsync(connections[0], run.Next(), isLast: true, cancellationToken).ConfigureAwait(false);
        }
        catch (ImapException failed)
        {
            // What was saved before is saved.
            run.Results.Outcome.Failure = failed;
        }
        finally
        {
            // What has come whole is saved whatever ends the rest.
            await run.Results.FinishAsync().ConfigureAwait(false);
            meter.Stop();
        }

        return run.Results.Outcome;
    }

    private sealed class Run(MessageBatch batch, TransferMeter meter, bool takesSeveral)
    {
        private readonly object _lock = new();
        private readonly ConcurrentQueue<IReadOnlyList<MessageSize>> _pieces = new();
        private readonly HashSet<uint> _settled = [];

        public Dictionary<uint, MessageFile> Files { get; } = [];

        public SaveRun Results { get; } = new(meter);

        public void Queue(IEnumerable<MessageSize> messages)
        {
            foreach (IReadOnlyList<MessageSize> piece in MessageDownloader.Batches(messages)) _pieces.Enqueue(piece);
        }

        /// <summary>The next command's worth of messages; null when there is none.</summary>
        public IReadOnlyList<MessageSize>? Next() => _pieces.TryDequeue(out IReadOnlyList<MessageSize>? piece) ? piece : null;

        public async Task WorkAsync(MailboxAccess connection, IReadOnlyList<MessageSize>? first, bool isLast,
            CancellationToken cancellationToken)
        {
            for (IReadOnlyList<MessageSize>? piece = first; Results.Outcome.Failure is null && piece is not null; piece = Next())
            {
                try
                {
                    await DownloadAsync(connection, piece, cancellationToken).ConfigureAwait(false);
                }
                catch (ImapException lost) when (!isLast && Loss.Is(lost))
                {
                    connection.Caller.Verbose($"A connection is no longer used: {lost.Message}");
                    lock (_lock) _pieces.Enqueue([.. piece.Where(message => !_settled.Contains(message.Uid))]);
                    return;
                }
            }
        }

        private async Task DownloadAsync(MailboxAccess connection, IReadOnlyList<MessageSize> piece, CancellationToken cancellationToken)
        {
            var downloader = new MessageDownloader(connection, meter.Received);
            await foreach (DownloadResult result in downloader.DownloadAsync(batch.Folder, batch.UidValidity,
                piece, Open, DoneAsync, cancellationToken).ConfigureAwait(false))
            {
                foreach (DownloadFailure failure in result.Failed) Results.Fail(batch[failure.Uid], AsError(failure));
                foreach (uint uid in result.Missing)
                {
                    Results.Fail(batch[uid], Failures.MessageNotFound(batch.Folder, uid, batch[uid]));
                }
            }
        }

        private Stream Open(uint uid) => takesSeveral ? new HeldMessage(() => OpenFile(uid)) : OpenFile(uid);

        private Stream OpenFile(uint uid)
        {
            // With the disk full, the rest of a batch only passes by.
            if (Results.Outcome.Failure is { } failure) throw failure;
            return Files[uid].Open();
        }

        private Task DoneAsync(uint uid, Stream stream, CancellationToken abort)
        {
            int order = Results.Begin();
            if (stream is not HeldMessage held)
            {
                Commit(uid, stream, order);
                return Task.CompletedTask;
            }

            lock (_lock) _settled.Add(uid);
            HeldOctets octets = held.Detach();
            return Results.PutAsync(octets.InMemory, () => Write(uid, octets, order));
        }

        private void Write(uint uid, HeldOctets held, int order)
        {
            using HeldOctets octets = held;
            try
            {
                Commit(uid, octets.ToFile(() => OpenFile(uid)), order);
            }
            catch (Exception failed)
            {
                Results.Fail(batch[uid], AsError(new DownloadFailure(uid, failed)), order);
            }
        }

        private void Commit(uint uid, Stream stream, int order)
        {
            FileInfo? file = Files[uid].Commit(stream);
            lock (_lock) _settled.Add(uid);
            if (file is null && Files[uid].IsSaved) Results.Skipped();
            Results.Saved(file, order);
        }

        private ImapException AsError(DownloadFailure failure) =>
            failure.AsError(disk => Failures.FileNotSaved(Files[failure.Uid].Path, disk));
    }
}
