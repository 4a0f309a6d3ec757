using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Changing;
using ImapPS.Content;
using ImapPS.Errors;
using ImapPS.Files;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Reading;
using ImapPS.Sessions;
using MailKit;
using MimeKit;
using MimeKit.IO;

namespace ImapPS.Transfers;

/// <summary>
/// Saves parts of messages: the structures of a batch come with one command, and of each part wanted only its own octets, decoded as they
/// arrive.
/// </summary>
internal sealed partial class AttachmentSaver(AttachmentFilter filter, string directory, ExistingFile existing, TransferMeter meter)
{
    private readonly FileNames _names = new(existing);
    private readonly Evidence _evidence = new();

    /// <summary>Saves what is wanted of the messages of one folder.</summary>
    public async Task<SaveResult> SaveAsync(MessageBatch batch, MailboxAccess mailbox, CancellationToken cancellationToken)
    {
        var result = new SaveResult();
        meter.Start();
        try
        {
            // What is known to have no attachments need not be asked for.
            IReadOnlyList<uint> uids =
                [.. batch.Uids.Where(uid => batch[uid].IsPartial || batch[uid].HasAttachment || filter.LooksBeyondAttachments)];
            var reader = new StructureReader(mailbox, batch, result);
            List<IMessageSummary> structures = await reader.ReadAsync(uids, cancellationToken).ConfigureAwait(false);

            List<AttachedPart> attachments =
                [.. structures.OrderBy(summary => summary.UniqueId.Id).SelectMany(summary =>
                    Wanted(batch[summary.UniqueId.Id], StructureShape.Parts(summary.Body), MessageDate.Known(summary.InternalDate)))];
            meter.Expect(attachments.Count, attachments.Sum(attachment => (long)attachment.Part.Octets));
            foreach (AttachedPart attachment in attachments)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await SaveAsync(attachment, batch, mailbox, result, cancellationToken).ConfigureAwait(false);
                if (result.Failure is not null) break;
            }

            foreach (uint uid in reader.Unread.OrderBy(uid => uid))
            {
                if (result.Failure is null) await SaveFromSourceAsync(uid, batch, mailbox, result, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (ImapException failed)
        {
            // What was saved before is saved.
            result.Failure = failed;
        }
        finally
        {
            meter.Stop();
        }

        return result;
    }

    private IEnumerable<AttachedPart> Wanted(ImapMessage message, IEnumerable<PartShape> parts, DateTimeOffset? received)
    {
        var signed = new SignedBudget();
        return Wanted(parts.Where(shape => shape.Part is BodyPartBasic)
            .Select(shape => new AttachedPart(message, shape, received) { Signed = signed }));
    }

    private IEnumerable<AttachedPart> Wanted(IEnumerable<AttachedPart> parts) => parts.Where(part => IsOpened(part) || Takes(part));

    /// <summary>Whether a part itself is wanted.</summary>
    private bool Takes(AttachedPart part) => !part.IsBehindSignature && filter.Takes(part.Shape, part.Name);

    /// <summary>Whether files inside a part may be wanted, so that it is looked into.</summary>
    private bool IsOpened(AttachedPart part) =>
        (part.MayEnclose || (part.Shape.MayBeSigned && filter.LooksBeyondAttachments)) && filter.TakesFrom(part.Shape);

    /// <summary>Saves a part, or what it has inside; true when it has files inside, wanted or not, which stand for it.</summary>
    private async Task<bool> SaveAsync(AttachedPart attachment, MessageBatch batch, MailboxAccess mailbox, SaveResult result,
        CancellationToken cancellationToken)
    {
        bool hasFiles = false;
        string path = directory;
        try
        {
            // What has files inside is a file itself only for those who ask for it by its name or type.
            hasFiles = IsOpened(attachment) && (attachment.Shape.MayBeSigned
                ? await SaveSignedAsync(attachment, batch, mailbox, result, cancellationToken).ConfigureAwait(false)
                : await new EnclosedSaver(filter, directory, existing, _names)
                    .SaveAsync(attachment, mailbox, result, meter, cancellationToken).ConfigureAwait(false));
            bool isInstead = hasFiles && !filter.IsChoosy && !IsSignatureWanted(attachment);
            if (isInstead || result.Failure is not null || !Takes(attachment)) return hasFiles;

            (string stem, string extension) = SafeName.Split(attachment.Name);
            FilePlace place = _names.Claim(directory, stem, extension, file => IsSaved(file, attachment));
            path = place.Path;
            if (place.IsSaved)
            {
                result.Skipped++;
                return hasFiles;
            }

            if (attachment.Source is { } source) Write(attachment, source, path);
            else if (await TryDownloadAsync(attachment, path, batch, mailbox, cancellationToken).ConfigureAwait(false) is { } unread)
            {
                Fail(Failures.MessageUnreadable(batch.Folder, unread.Uid, unread.Reason, attachment.Message));
                return hasFiles;
            }

            result.Saved.Add(new FileInfo(path));
            meter.Finished();
        }
        catch (DiskException disk)
        {
            Fail(Failures.FileNotSaved(path, disk.InnerException!));
        }
        catch (Exception disk) when (disk is IOException or UnauthorizedAccessException)
        {
            Fail(Failures.FileNotSaved(path, disk));
        }
        catch (ImapException failed)
            when (failed.Id is ImapErrorId.FileExists or ImapErrorId.MessageNotFound or ImapErrorId.CommandRejected)
        {
            Fail(failed);
        }

        return hasFiles;

        void Fail(ImapException error)
        {
            if (error.Id == ImapErrorId.DiskFull) result.Failure = error;
            else result.Errors.Add(new SaveError(attachment.Message, error));
        }
    }

    /// <summary>
    /// How many octets come of a part is known only roughly: none of the encodings makes text shorter, nor base64 longer than half as much
    /// again.
    /// </summary>
    private static bool IsSaved(FileInfo file, AttachedPart attachment) =>
        FilePlace.HasTime(file, attachment.Received)
        && file.Length <= attachment.Part.Octets
        && (attachment.Encoding != ContentEncoding.Base64 || file.Length >= attachment.Part.Octets / 2);

    /// <summary>Downloads a part; returns why it cannot be read.</summary>
    private async Task<UnreadMessage?> TryDownloadAsync(AttachedPart attachment, string path, MessageBatch batch, MailboxAccess mailbox,
        CancellationToken cancellationToken)
    {
        bool isDone = false;
        var isolation = new Isolation(
            mailbox,
            batch.Folder,
            batch.UidValidity,
            async (_, folder, _, abort) => isDone = await DownloadAsync(attachment, path, folder, abort).ConfigureAwait(false),
            _ => isDone)
        {
            Evidence = _evidence,
        };
        IReadOnlyList<UnreadMessage> unread = await isolation.RunAsync([[attachment.Message.Uid]], cancellationToken).ConfigureAwait(false);
        return unread.Count > 0 ? unread[0] : null;
    }

    private async Task<bool> DownloadAsync(AttachedPart attachment, string path, StreamingFolder folder, CancellationToken abort)
    {
        PendingFile? file = null;
        IncomingStream? incoming = null;
        folder.Sink = _ => incoming = new IncomingStream(Open, meter.Received);
        try
        {
            using Stream octets = await folder.GetStreamAsync(new UniqueId(attachment.Message.Uid), attachment.Section, abort)
                .ConfigureAwait(false);

            // A part that has octets but comes without any was expunged meanwhile (BODY[n] NIL).
            if (octets.Length == 0 && attachment.Part.Octets > 0) throw NotFound();

            try
            {
                if (incoming!.Failure is { } failure) throw new DiskException(failure);
                if (!incoming.IsWhole) throw Failures.BodyIncomplete(incoming.Announced, incoming.Length);

                // The decoder holds the last octets until it is told that there are no more.
                incoming.Target.Flush();
                file!.Commit(path, attachment.Received, existing == ExistingFile.Overwrite);
            }
            catch (Exception disk) when (disk is IOException or UnauthorizedAccessException)
            {
                // Not as it is: an IOException would count as a lost connection, and be tried again.
                throw new DiskException(disk);
            }

            return true;
        }
        catch (MessageNotFoundException)
        {
            throw NotFound();
        }
        finally
        {
            folder.Sink = null;
            file?.Dispose();
        }

        Stream Open()
        {
            file = new PendingFile(directory);
            if (PartContent.Decoder(attachment.Encoding) is not { } decoder) return file;

            var decoded = new FilteredStream(file);
            decoded.Add(decoder);
            return decoded;
        }

        ImapException NotFound() => Failures.MessageNotFound(attachment.Message.Folder, attachment.Message.Uid, attachment.Message);
    }

    /// <summary>What the disk threw, on its way past those who would take it for the connection's.</summary>
    private sealed class DiskException(Exception inner) : Exception(inner.Message, inner);
}
