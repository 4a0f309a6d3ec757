using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Folders;
using ImapPS.Mailbox;
using ImapPS.Models;

namespace ImapPS.Backups;

/// <summary>
/// Writes the folders of a backup to its manifest before the first of them is backed up: whatever ends the backup, the manifest tells which
/// of them are not complete.
/// </summary>
internal sealed class ManifestFolders(BackupSet backup, MailboxAccess mailbox)
{
    public async Task NoteAsync(IReadOnlyList<ImapFolder> folders, CancellationToken cancellationToken)
    {
        IReadOnlyList<IReadOnlyList<string>> names = await mailbox.RunAsync<IReadOnlyList<IReadOnlyList<string>>>(
            (client, _) => Task.FromResult<IReadOnlyList<IReadOnlyList<string>>>(
                [.. folders.Select(folder => FolderNames.Parts(client, folder.Path))]),
            cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < folders.Count; i++) backup.Take(folders[i], names[i]);
    }
}
