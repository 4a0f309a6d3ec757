using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Backups;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Reading;

namespace ImapPS.Pipeline.Backups;

/// <summary>
/// Finds, under -WhatIf, what a backup would remove. The server is asked which messages it has, and nothing is fetched: what it has only
/// since is no copy yet.
/// </summary>
internal sealed class RemovalPreview(BackupOptions options, MailboxAccess mailbox, PipelineWriter writer)
{
    /// <summary>Tells what would be removed.</summary>
    /// <param name="removals">What says so.</param>
    /// <param name="chosen">The folders that would be backed up.</param>
    /// <param name="listed">All folders of the server; null where folders were named.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public async Task RunAsync(Removals removals, IReadOnlyList<ImapFolder> chosen, IReadOnlyList<ImapFolder>? listed,
        CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(options.Root, BackupPaths.Manifest))) return;

        BackupContents contents = ManifestReader.Read(options.Root);
        ImapSession session = mailbox.Session.Handle;
        BackupSet.Check(contents, options.Root, session.Server, session.UserName, session.Port, options.Format);
        foreach (ImapFolder folder in chosen)
        {
            if (contents.Find(folder.Path) is not { } known) continue;

            await writer.ForItemAsync(
                folder.Path,
                async () =>
                {
                    FolderBackupResult result = await MarkAsync(known, contents, cancellationToken).ConfigureAwait(false);
                    removals.Add(known, result);
                },
                cancellationToken).ConfigureAwait(false);
        }

        foreach (BackupFolder folder in listed is null ? [] : contents.Missing(listed))
        {
            foreach (ManifestLine line in GoneMarks.All(folder)) contents.Apply(line);
            removals.Add(folder, new FolderBackupResult());
        }

        await removals.RunAsync(null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Marks in memory what the backup would mark.</summary>
    private async Task<FolderBackupResult> MarkAsync(BackupFolder folder, BackupContents contents, CancellationToken cancellationToken)
    {
        var all = new FolderUids(mailbox);
        SearchResult found = await all.ReadAsync(folder.Path, cancellationToken).ConfigureAwait(false);
        foreach (uint uid in found.Uids)
        {
            if (folder.Find(found.UidValidity!.Value, uid) is { Gone: not null } back) contents.Apply(back.Whole());
        }

        foreach (ManifestLine line in GoneMarks.In(folder, found, all.AreAll, isWhole: options.Wanted is null)) contents.Apply(line);
        return new FolderBackupResult { HasMessages = found.Uids.Count > 0, IsRead = all.AreAll };
    }
}
