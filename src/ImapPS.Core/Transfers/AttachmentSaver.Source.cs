using System.Threading;
using System.Threading.Tasks;
using ImapPS.Changing;
using ImapPS.Errors;
using ImapPS.Files;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Reading;

namespace ImapPS.Transfers;

/// <content>Messages whose structure the server cannot tell.</content>
internal sealed partial class AttachmentSaver
{
    /// <summary>Saves what is wanted of a message whose structure the server cannot tell.</summary>
    private async Task SaveFromSourceAsync(uint uid, MessageBatch batch, MailboxAccess mailbox, SaveRun results,
        CancellationToken cancellationToken)
    {
        ImapMessage message = batch[uid];
        await foreach (SpooledMessages spooled in new ContentSource(mailbox)
            .DownloadAsync(batch.Folder, batch.UidValidity, [message], cancellationToken).ConfigureAwait(false))
        {
            foreach (DownloadFailure failed in spooled.Failed) results.Fail(message, failed.AsError(Failures.NoRoom));
            if (spooled.Missing.Count > 0) results.Fail(message, Failures.MessageNotFound(batch.Folder, uid, message));

            if (spooled.Take(uid) is not { } raw) continue;

            using SourceStructure? source = SourceStructure.Read(raw, cancellationToken);
            if (source is null) continue;

            foreach (AttachedPart attachment in Wanted(message, source.Parts, message.Received))
            {
                await SaveAsync(attachment with { Source = source }, batch, mailbox, results, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private FilePlace Write(AttachedPart attachment, SourceStructure source, FilePlace place)
    {
        using var file = new PendingFile(directory);
        source.WriteTo(attachment.Section, file);
        return place.Commit(file, attachment.Received, existing == ExistingFile.Overwrite);
    }
}
