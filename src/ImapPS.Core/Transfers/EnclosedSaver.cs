using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Content;
using ImapPS.Files;
using ImapPS.Mailbox;
using ImapPS.Reading;

namespace ImapPS.Transfers;

/// <summary>Saves files that are inside a part: in a winmail.dat, or uuencoded within the text.</summary>
internal sealed class EnclosedSaver(AttachmentFilter filter, string directory, ExistingFile existing, FileNames names)
{
    /// <summary>Saves those that are wanted. False when there are none inside, wanted or not.</summary>
    public async Task<bool> SaveAsync(AttachedPart part, MailboxAccess mailbox, SaveRun results, CancellationToken cancellationToken)
    {
        using Stream? raw = await OpenAsync(part, mailbox, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<EnclosedFile> files = raw is null ? [] : EnclosedFiles.In(raw, cancellationToken);
        foreach (EnclosedFile file in files)
        {
            string name = AttachedPart.SafeNameOf(file.Name, file.Type);
            if (filter.Takes(file.Name.Length > 0 ? file.Name : name, file.Type)) Save(part, file, name, results);
        }

        return files.Count > 0;
    }

    /// <summary>A part: its MIME headers, an empty line, and its octets; null when it does not come.</summary>
    public static async Task<Stream?> OpenAsync(AttachedPart part, MailboxAccess mailbox, CancellationToken cancellationToken) =>
        part.Source?.Open(part.Section, cancellationToken) ?? await new ContentSource(mailbox)
            .DownloadPartAsync(part.Message.Folder, part.Message.UidValidity, part.Message.Uid, part.Section, cancellationToken)
            .ConfigureAwait(false);

    private void Save(AttachedPart part, EnclosedFile file, string name, SaveRun results)
    {
        (string stem, string extension) = SafeName.Split(name);
        FilePlace place = names.Claim(directory, stem, extension,
            saved => FilePlace.HasTime(saved, part.Received) && saved.Length == file.Content.Length);
        if (place.IsSaved)
        {
            results.Skipped();
            return;
        }

        using var pending = new PendingFile(directory);
        pending.Write(file.Content, 0, file.Content.Length);
        place = place.Commit(pending, part.Received, existing == ExistingFile.Overwrite);
        results.Saved(new FileInfo(place.Path), results.Begin());
    }
}
