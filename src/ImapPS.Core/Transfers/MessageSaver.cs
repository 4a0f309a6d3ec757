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
    /// <summary>The most octets that wait in memory for their files.</summary>
    public const long MostInMemory = 8 * 1024 * 1024;

    private const int Workers = 2;

    /// <summary>
    /// Saves a batch. Each connection takes a command's worth at a time; one that is lost for good leaves its work to the others.
    /// </summary>
    /// <param name="batch">The messages, of one folder.</param>
    /// <param name="connections">The session's own first.</param>
    /// <param name="cancellationToken">Asks to stop; the commands under way still end.</param>
    public async Task<SaveResult> SaveAsync(MessageBatch batch, IReadOnlyList<MailboxAccess> connections,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<ImapMessage> messages = await new MessageReader(connections[0]).CompleteAsync(batch.Messages, cancellationToken)
            .ConfigureAwait(false);
        var run = new Run(batch, meter, store.TakesSeveral);
        foreach (ImapMessage message in messages)
        {
            try
            {
                MessageFile file = store.Place(message);
                if (file.IsSaved) run.Outcome.Skipped++;
                else run.Files[message.Uid] = file;
            }
            catch (Exception refused) when (refused is ImapException or IOException or UnauthorizedAccessException)
            {
                run.Fail(message, refused as ImapException ?? Failures.FileNotSaved(message.Subject, refused));
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
            run.Outcome.Failure = failed;
        }
        finally
        {
            // What has come whole is saved whatever ends the rest.
            await run.FinishAsync().ConfigureAwait(false);
            meter.Stop();
        }

        return run.Outcome;
    }

    private sealed class Run(MessageBatch batch, TransferMeter meter, bool takesSeveral)
    {
        private readonly object _lock = new();
        private readonly ConcurrentQueue<IReadOnlyList<MessageSize>> _pieces = new();
        private readonly HashSet<uint> _settled = [];
        private readonly FileWorkers _workers = new(Workers, MostInMemory);
        private readonly List<(int Order, FileInfo File)> _saved = [];
        private readonly List<(int Order, SaveError Error)> _errors = [];
        private int _order;

        public Dictionary<uint, MessageFile> Files { get; } = [];

        public SaveResult Outcome { get; } = new();

        public void Queue(IEnumerable<MessageSize> messages)
        {
            foreach (IReadOnlyList<MessageSize> piece in MessageDownloader.Batches(messages)) _pieces.Enqueue(piece);
        }

        public void Fail(ImapMessage message, ImapException error) => Fail(message, error, Interlocked.Increment(ref _order));

        private void Fail(ImapMessage message, ImapException error, int order)
        {
            lock (_lock)
            {
                if (error.Id == ImapErrorId.DiskFull) Outcome.Failure = error;
                else _errors.Add((order, new SaveError(message, error)));
            }
        }

        /// <summary>Waits for the files, and tells of them in the order in which their messages came.</summary>
        public async Task FinishAsync()
        {
            await _workers.FinishAsync().ConfigureAwait(false);
            Outcome.Saved.AddRange(_saved.OrderBy(saved => saved.Order).Select(saved => saved.File));
            Outcome.Errors.AddRange(_errors.OrderBy(error => error.Order).Select(error => error.Error));
        }

        /// <summary>The next command's worth of messages; null when there is none.</summary>
        public IReadOnlyList<MessageSize>? Next() => _pieces.TryDequeue(out IReadOnlyList<MessageSize>? piece) ? piece : null;

        public async Task WorkAsync(MailboxAccess connection, IReadOnlyList<MessageSize>? first, bool isLast,
            CancellationToken cancellationToken)
        {
            for (IReadOnlyList<MessageSize>? piece = first; Outcome.Failure is null && piece is not null; piece = Next())
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
                foreach (DownloadFailure failure in result.Failed) Fail(batch[failure.Uid], AsError(failure));
                foreach (uint uid in result.Missing) Fail(batch[uid], Failures.MessageNotFound(batch.Folder, uid, batch[uid]));
            }
        }

        private Stream Open(uint uid) => takesSeveral ? new HeldMessage(() => OpenFile(uid)) : OpenFile(uid);

        private Stream OpenFile(uint uid)
        {
            // With the disk full, the rest of a batch only passes by.
            if (Outcome.Failure is { } failure) throw failure;
            return Files[uid].Open();
        }

        private Task DoneAsync(uint uid, Stream stream, CancellationToken abort)
        {
            int order = Interlocked.Increment(ref _order);
            if (stream is not HeldMessage held)
            {
                Commit(uid, stream, order);
                return Task.CompletedTask;
            }

            lock (_lock) _settled.Add(uid);
            HeldOctets octets = held.Detach();
            return _workers.PutAsync(octets.InMemory, () => Write(uid, octets, order));
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
                Fail(batch[uid], AsError(new DownloadFailure(uid, failed)), order);
            }
        }

        private void Commit(uint uid, Stream stream, int order)
        {
            FileInfo? file = Files[uid].Commit(stream);
            lock (_lock)
            {
                _settled.Add(uid);
                if (file is not null) _saved.Add((order, file));
                else if (Files[uid].IsSaved) Outcome.Skipped++;
            }

            meter.Finished();
        }

        private ImapException AsError(DownloadFailure failure) =>
            failure.AsError(disk => Failures.FileNotSaved(Files[failure.Uid].Path, disk));
    }
}

/// <summary>What became of the messages of a batch.</summary>
internal sealed class SaveResult
{
    public List<FileInfo> Saved { get; } = [];

    /// <summary>How many files were there already.</summary>
    public int Skipped { get; set; }

    public List<SaveError> Errors { get; } = [];

    /// <summary>Why no further message was saved; null when that is not so.</summary>
    public ImapException? Failure { get; set; }
}

/// <summary>A message that was not saved, and why.</summary>
internal sealed record SaveError(ImapMessage Message, ImapException Exception);
