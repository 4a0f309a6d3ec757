using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Changing;
using ImapPS.Content;
using ImapPS.Mailbox;

namespace ImapPS.Transfers;

/// <content>Messages that are inside their signature (S/MIME).</content>
internal sealed partial class AttachmentSaver
{
    /// <summary>Saves what is wanted of it; true when it has attachments, wanted or not, which stand for it.</summary>
    private async Task<bool> SaveSignedAsync(AttachedPart wrapped, MessageBatch batch, MailboxAccess mailbox, SaveRun results,
        CancellationToken cancellationToken)
    {
        using Stream? raw = await EnclosedSaver.OpenAsync(wrapped, mailbox, cancellationToken).ConfigureAwait(false);
        using SourceStructure? source =
            raw is null ? null : SourceStructure.ReadSigned(raw, wrapped.Section, wrapped.Signed, cancellationToken);
        if (source is null) return false;

        bool hasFiles = source.Parts.Any(shape => shape.Role == PartRole.Attachment && StandsFor(shape));
        wrapped.Signed.Enter();
        try
        {
            foreach (AttachedPart part in Wanted(source.Parts.Select(shape => Inside(wrapped, shape, source))))
            {
                cancellationToken.ThrowIfCancellationRequested();
                hasFiles |= await SaveAsync(part, batch, mailbox, results, cancellationToken).ConfigureAwait(false)
                    && StandsFor(part.Shape);
                if (results.Outcome.Failure is not null) break;
            }
        }
        finally
        {
            wrapped.Signed.Leave();
        }

        return hasFiles;

        // Who asks for numbers gets the part of that number.
        bool StandsFor(PartShape shape) => filter.Parts.Count == 0 || IsSame(shape.Number, wrapped.Section);
    }

    private AttachedPart Inside(AttachedPart wrapped, PartShape shape, SourceStructure source) => wrapped.Inside(shape, source) with
    {
        IsBehindSignature = filter.Parts.Count > 0 && shape.Role != PartRole.Attachment && IsSame(shape.Number, wrapped.Section),
    };

    /// <summary>A signature is saved beside what it carries for those who ask for signatures.</summary>
    private bool IsSignatureWanted(AttachedPart part) => filter.Inline && filter.Parts.Count == 0 && part.Shape.Role == PartRole.Machine;

    private static bool IsSame(string number, string other) => string.Equals(number, other, StringComparison.OrdinalIgnoreCase);
}
