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
    private async Task SaveFromSourceAsync(uint uid, MessageBatch batch, MailboxAccess mailbox, SaveResult result,
        CancellationToken cancellationToken)
    {
        ImapMessage message = batch[uid];
        await foreach (SpooledMessages spooled in new ContentSource(mailbox)
            .DownloadAsync(batch.Folder, batch.UidValidity, [message], cancellationToken).ConfigureAwait(false))
        {
            foreach (DownloadFailure failed in spooled.Failed) result.Errors.Add(new SaveError(message, failed.AsError(Failures.NoRoom)));
            if (spooled.Missing.Count > 0)
            {
                result.Errors.Add(new SaveError(message, Failures.MessageNotFound(batch.Folder, uid, message)));
            }

            if (spooled.Take(uid) is not { } raw) continue;

            using SourceStructure? source = SourceStructure.Read(raw, cancellationToken);
            if (source is null) continue;

            foreach (AttachedPart attachment in Wanted(message, source.Parts, message.Received))
            {
                await SaveAsync(attachment with { Source = source }, batch, mailbox, result, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private void Write(AttachedPart attachment, SourceStructure source, string path)
    {
        using var file = new PendingFile(directory);
        source.WriteTo(attachment.Section, file);
        file.Commit(path, attachment.Received, existing == ExistingFile.Overwrite);
    }
}
