using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Transfers;

namespace ImapPS.Backups;

/// <summary>
/// Fetches messages of a folder into the backup. Of each batch first the files are on the disk, then the lines that tell of them: after a
/// crash at most the batches that were under way are fetched again. Connections bring the files, and one hand writes the lines.
/// </summary>
internal sealed class FolderDownload(BackupSet backup, BackupFolder folder, FolderFiles files, MailboxAccess mailbox,
    DownloadConnections connections, TransferMeter meter)
{
    private const int Workers = 2;

    private readonly FileWorkers _workers = new(Workers, SaveRun.MostInMemory);
    private readonly ConcurrentQueue<ManifestLine> _lines = new();
    private readonly ConcurrentQueue<ImapException> _failed = new();
    private Dictionary<uint, ImapMessage> _messages = [];
    private ImapException? _end;

    /// <summary>Fetches the messages.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="messages">The messages, as they are now.</param>
    /// <param name="uidValidity">What their UIDs belong to.</param>
    /// <param name="result">Gets what comes of it.</param>
    /// <param name="cancellationToken">Asks to stop; the batch under way still ends, and what has come of it is kept.</param>
    public async Task RunAsync(string path, IReadOnlyList<ImapMessage> messages, uint uidValidity, FolderBackupResult result,
        CancellationToken cancellationToken)
    {
        _messages = messages.ToDictionary(message => message.Uid);
        ExceptionDispatchInfo? end = null;
        try
        {
            IReadOnlyList<MessageSize> sizes = [.. messages.Select(message => new MessageSize(message.Uid, message.Size))];
            IReadOnlyList<MailboxAccess> open = await connections.TakeAsync(sizes, mailbox.Caller, cancellationToken).ConfigureAwait(false);
            var download = new SharedDownload(open, meter.Received, () => _end is null);
            await foreach (DownloadResult batch in download.DownloadAsync(path, uidValidity, sizes, _ => new HeldMessage(OpenFile),
                DoneAsync, cancellationToken).ConfigureAwait(false))
            {
                foreach (DownloadFailure failure in batch.Failed) Fail(failure.AsError(NotSaved));
                result.Vanished += batch.Missing.Count;

                // What others still bring is no reason to wait: it has its turn.
                if (open.Count == 1) await _workers.FinishAsync().ConfigureAwait(false);
                await CommitAsync(result).ConfigureAwait(false);
            }

            await FinishAsync(result).ConfigureAwait(false);
            if (_end is not null) throw _end;
        }
        catch (Exception failed)
        {
            end = ExceptionDispatchInfo.Capture(failed);
        }

        // What has come whole is kept, whatever ends the rest.
        if (end is not null) await TryFinishAsync(result).ConfigureAwait(false);
        end?.Throw();
    }

    private Stream OpenFile() => _end is null ? files.Open() : throw _end;

    private Task DoneAsync(uint uid, Stream stream, CancellationToken abort)
    {
        HeldOctets octets = ((HeldMessage)stream).Detach();
        return _workers.PutAsync(octets.InMemory, () => Write(_messages[uid], octets));
    }

    private void Write(ImapMessage message, HeldOctets held)
    {
        using HeldOctets octets = held;
        try
        {
            using var file = (DigestedFile)octets.ToFile(OpenFile);
            long size = file.Length;
            StoredFile stored = files.Commit(file, message);
            _lines.Enqueue(LineOf(folder.Id, message, file.Digest, size, stored));
        }
        catch (Exception failed)
        {
            Fail(failed as ImapException ?? NotSaved(failed));
        }
    }

    /// <summary>The line that tells of a message.</summary>
    public static ManifestLine LineOf(int folder, ImapMessage message, string digest, long size, StoredFile stored) => new()
    {
        Type = ManifestLine.Message,
        Folder = folder,
        UidValidity = message.UidValidity,
        Uid = message.Uid,
        Digest = digest,
        File = stored.Name,
        LineEnds = stored.IsUnixText ? BackupEntry.UnixText : null,
        Size = size,
        ToldSize = message.Size == size ? null : message.Size,
        Received = message.Received,
        Flags = BackupEntry.ToFlags(message.Flags, message.Keywords),
        MessageId = message.MessageId.Length == 0 ? null : message.MessageId,
        EmailId = message.EmailId.Length == 0 ? null : message.EmailId,
    };

    private async Task FinishAsync(FolderBackupResult result)
    {
        await _workers.FinishAsync().ConfigureAwait(false);
        await CommitAsync(result).ConfigureAwait(false);
    }

    private async Task CommitAsync(FolderBackupResult result)
    {
        // The lines first: whatever they tell of has its name by now, and is flushed before they are written.
        List<ManifestLine> lines = [];
        while (_lines.TryDequeue(out ManifestLine? line)) lines.Add(line);
        await files.FlushAsync().ConfigureAwait(false);
        backup.Append([.. lines.OrderBy(line => line.Uid)]);
        foreach (ManifestLine line in lines)
        {
            result.New++;
            result.Bytes += line.Size ?? 0;
            meter.Finished();
        }

        while (_failed.TryDequeue(out ImapException? failed))
        {
            result.Failed++;
            mailbox.Caller.Error(failed);
        }
    }

    private async Task TryFinishAsync(FolderBackupResult result)
    {
        try
        {
            await FinishAsync(result).ConfigureAwait(false);
        }
        catch (ImapException)
        {
            // What ended the run before is told.
        }
    }

    private void Fail(ImapException failed)
    {
        if (failed.Id == ImapErrorId.DiskFull) _end ??= failed;
        else _failed.Enqueue(failed);
    }

    private ImapException NotSaved(Exception failed) => Failures.FileNotSaved(files.Directory, failed);
}
