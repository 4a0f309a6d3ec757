using System;
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

    /// <summary>Saves a batch.</summary>
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

        meter.Start();
        try
        {
            var download = new SharedDownload([.. connections.Take(store.TakesSeveral ? connections.Count : 1)], meter.Received,
                () => run.Results.Outcome.Failure is null);
            await foreach (DownloadResult result in download.DownloadAsync(batch.Folder, batch.UidValidity,
                messages.Where(message => run.Files.ContainsKey(message.Uid)).Select(message => new MessageSize(message.Uid, message.Size)),
                run.Open, run.DoneAsync, cancellationToken).ConfigureAwait(false))
            {
                run.Note(result);
            }
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
        public Dictionary<uint, MessageFile> Files { get; } = [];

        public SaveRun Results { get; } = new(meter);

        public void Note(DownloadResult result)
        {
            foreach (DownloadFailure failure in result.Failed) Results.Fail(batch[failure.Uid], AsError(failure));
            foreach (uint uid in result.Missing)
            {
                Results.Fail(batch[uid], Failures.MessageNotFound(batch.Folder, uid, batch[uid]));
            }
        }

        public Stream Open(uint uid) => takesSeveral ? new HeldMessage(() => OpenFile(uid)) : OpenFile(uid);

        private Stream OpenFile(uint uid)
        {
            // With the disk full, the rest of a batch only passes by.
            if (Results.Outcome.Failure is { } failure) throw failure;
            return Files[uid].Open();
        }

        public Task DoneAsync(uint uid, Stream stream, CancellationToken abort)
        {
            int order = Results.Begin();
            if (stream is not HeldMessage held)
            {
                Commit(uid, stream, order);
                return Task.CompletedTask;
            }

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
            if (file is null && Files[uid].IsSaved) Results.Skipped();
            Results.Saved(file, order);
        }

        private ImapException AsError(DownloadFailure failure) =>
            failure.AsError(disk => Failures.FileNotSaved(Files[failure.Uid].Path, disk));
    }
}
