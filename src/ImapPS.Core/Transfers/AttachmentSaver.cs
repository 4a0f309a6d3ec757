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

namespace ImapPS.Transfers;

/// <summary>
/// Saves parts of messages: the structures of a batch come with one command, and of each part wanted only its own octets, decoded as they
/// arrive.
/// </summary>
internal sealed partial class AttachmentSaver(AttachmentFilter filter, string directory, ExistingFile existing, TransferMeter meter)
{
    /// <summary>What of messages is looked at to save their attachments.</summary>
    public const MessageParts Needs = MessageParts.Structure | MessageParts.Received;

    private readonly FileNames _names = new(existing, asksOnce: true);
    private readonly Evidence _evidence = new();

    /// <summary>Saves what is wanted of the messages of one folder.</summary>
    public async Task<SaveResult> SaveAsync(MessageBatch batch, MailboxAccess mailbox, CancellationToken cancellationToken)
    {
        var results = new SaveRun(meter);
        meter.Start();
        try
        {
            // What is known to have no attachments need not be asked for.
            IReadOnlyList<uint> uids = filter.LooksBeyondAttachments ? [.. batch.Uids]
                : [.. batch.Uids.Where(uid => !batch[uid].Has(MessageParts.Structure) || batch[uid].HasAttachment)];
            var reader = new StructureReader(mailbox, batch, results);
            List<IMessageSummary> structures = await reader.ReadAsync(uids, cancellationToken).ConfigureAwait(false);

            List<AttachedPart> attachments =
                [.. structures.OrderBy(summary => summary.UniqueId.Id).SelectMany(summary =>
                    Wanted(batch[summary.UniqueId.Id], StructureShape.Parts(summary.Body), MessageDate.Known(summary.InternalDate)))];
            meter.Expect(attachments.Count, attachments.Sum(attachment => (long)attachment.Part.Octets));
            foreach (AttachedPart attachment in attachments)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await SaveAsync(attachment, batch, mailbox, results, cancellationToken).ConfigureAwait(false);
                if (results.Outcome.Failure is not null) break;
            }

            foreach (uint uid in reader.Unread.OrderBy(uid => uid))
            {
                if (results.Outcome.Failure is not null) break;
                await SaveFromSourceAsync(uid, batch, mailbox, results, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (ImapException failed)
        {
            // What was saved before is saved.
            results.Outcome.Failure = failed;
        }
        finally
        {
            // What has come whole is saved whatever ends the rest.
            await results.FinishAsync().ConfigureAwait(false);
            meter.Stop();
        }

        return results.Outcome;
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
    private async Task<bool> SaveAsync(AttachedPart attachment, MessageBatch batch, MailboxAccess mailbox, SaveRun results,
        CancellationToken cancellationToken)
    {
        bool hasFiles = false;
        string path = directory;
        try
        {
            // What has files inside is a file itself only for those who ask for it by its name or type.
            hasFiles = IsOpened(attachment) && (attachment.Shape.MayBeSigned
                ? await SaveSignedAsync(attachment, batch, mailbox, results, cancellationToken).ConfigureAwait(false)
                : await new EnclosedSaver(filter, directory, existing, _names)
                    .SaveAsync(attachment, mailbox, results, cancellationToken).ConfigureAwait(false));
            bool isInstead = hasFiles && !filter.IsChoosy && !IsSignatureWanted(attachment);
            if (isInstead || results.Outcome.Failure is not null || !Takes(attachment)) return hasFiles;

            (string stem, string extension) = SafeName.Split(attachment.Name);
            FilePlace place = _names.Claim(directory, stem, extension, file => IsSaved(file, attachment));
            path = place.Path;
            if (place.IsSaved) results.Skipped();
            else if (attachment.Source is { } source)
            {
                results.Saved(new FileInfo(Write(attachment, source, place).Path), results.Begin());
            }
            else await DownloadAsync(attachment, place, batch, mailbox, results, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failed) when (failed is DiskException or IOException or UnauthorizedAccessException
            or ImapException { Id: ImapErrorId.FileExists or ImapErrorId.MessageNotFound or ImapErrorId.CommandRejected })
        {
            results.Fail(attachment.Message, AsError(failed, path));
        }

        return hasFiles;
    }

    private static ImapException AsError(Exception failed, string path) => failed as ImapException
        ?? Failures.FileNotSaved(path, failed is DiskException ? failed.InnerException! : failed);

    /// <summary>
    /// How many octets come of a part is known only roughly: none of the encodings makes text shorter, nor base64 longer than half as much
    /// again.
    /// </summary>
    private static bool IsSaved(FileInfo file, AttachedPart attachment) =>
        FilePlace.HasTime(file, attachment.Received)
        && file.Length <= attachment.Part.Octets
        && (attachment.Encoding != ContentEncoding.Base64 || file.Length >= attachment.Part.Octets / 2);

    /// <summary>Downloads a part, and leaves it to the workers to decode and to write.</summary>
    private async Task DownloadAsync(AttachedPart attachment, FilePlace place, MessageBatch batch, MailboxAccess mailbox, SaveRun results,
        CancellationToken cancellationToken)
    {
        int order = results.Begin();
        var file = new DecodedFile(directory, attachment.Encoding);
        HeldOctets? held = null;
        var isolation = new Isolation(
            mailbox,
            batch.Folder,
            batch.UidValidity,
            async (_, folder, _, abort) => held = await ReceiveAsync(attachment, file, folder, abort).ConfigureAwait(false),
            _ => held is not null)
        {
            Evidence = _evidence,
        };
        IReadOnlyList<UnreadMessage> unread = await isolation.RunAsync([[attachment.Message.Uid]], cancellationToken).ConfigureAwait(false);
        if (held is null)
        {
            UnreadMessage failed = unread[0];
            results.Fail(attachment.Message,
                Failures.MessageUnreadable(batch.Folder, failed.Uid, failed.Reason, attachment.Message), order);
            return;
        }

        await results.PutAsync(held.InMemory, () => Write(attachment, held, file, place, results, order)).ConfigureAwait(false);
    }

    private void Write(AttachedPart attachment, HeldOctets held, DecodedFile decoded, FilePlace place, SaveRun results, int order)
    {
        using DecodedFile file = decoded;
        using HeldOctets octets = held;
        try
        {
            // With the disk full, the rest of a batch only passes by.
            if (results.Outcome.Failure is { } failure) throw failure;

            FilePlace saved = file.Commit(octets, place, attachment.Received, existing == ExistingFile.Overwrite);
            results.Saved(new FileInfo(saved.Path), order);
        }
        catch (Exception failed)
        {
            results.Fail(attachment.Message, AsError(failed, place.Path), order);
        }
    }

    private async Task<HeldOctets> ReceiveAsync(AttachedPart attachment, DecodedFile file, StreamingFolder folder, CancellationToken abort)
    {
        IncomingStream? incoming = null;
        bool isWhole = false;
        folder.Sink = _ => incoming = new IncomingStream(() => new HeldMessage(file.Open), meter.Received);
        try
        {
            using Stream octets = await folder.GetStreamAsync(new UniqueId(attachment.Message.Uid), attachment.Section, abort)
                .ConfigureAwait(false);

            // A part that has octets but comes without any was expunged meanwhile (BODY[n] NIL).
            if (octets.Length == 0 && attachment.Part.Octets > 0) throw NotFound();

            // Not as it is: an IOException would count as a lost connection, and be tried again.
            if (incoming!.Failure is { } failure) throw new DiskException(failure);
            if (!incoming.IsWhole) throw Failures.BodyIncomplete(incoming.Announced, incoming.Length);

            isWhole = true;
            return ((HeldMessage)incoming.Target).Detach();
        }
        catch (MessageNotFoundException)
        {
            throw NotFound();
        }
        finally
        {
            folder.Sink = null;
            if (!isWhole) file.Dispose();
        }

        ImapException NotFound() => Failures.MessageNotFound(attachment.Message.Folder, attachment.Message.Uid, attachment.Message);
    }

    /// <summary>What the disk threw, on its way past those who would take it for the connection's.</summary>
    private sealed class DiskException(Exception inner) : Exception(inner.Message, inner);
}
