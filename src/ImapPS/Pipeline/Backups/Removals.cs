using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Backups;
using ImapPS.Models;
using ImapPS.Pipeline.Base;

namespace ImapPS.Pipeline.Backups;

/// <summary>The end of a backup with -KeepDeleted: what has been gone for long enough is removed, once all folders were read.</summary>
/// <param name="options">How the backup is made.</param>
/// <param name="kept">For how long messages are kept.</param>
/// <param name="writer">Asked before anything is removed.</param>
internal sealed class Removals(BackupOptions options, TimeSpan kept, PipelineWriter writer)
{
    private readonly List<(BackupFolder Folder, FolderBackupResult Outcome)> _folders = [];

    /// <summary>Takes note of a folder that was looked at.</summary>
    public void Add(BackupFolder folder, FolderBackupResult result) => _folders.Add((folder, result));

    /// <summary>Removes what may go.</summary>
    /// <param name="backup">The backup; null under -WhatIf, when it is only told what would go.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public async Task RunAsync(BackupSet? backup, CancellationToken cancellationToken)
    {
        var expiry = new Expiry(backup?.Files ?? new BackupFiles(options.Root), Before(),
            [.. _folders.Where(one => one.Outcome.IsRead).Select(one => one.Folder)]);
        foreach ((BackupFolder folder, FolderBackupResult result) in _folders.Where(one => one.Outcome.MayRemove))
        {
            await writer.ForItemAsync(
                folder.Path,
                async () =>
                {
                    IReadOnlyList<BackupEntry> old = expiry.Find(folder, result.HasMessages, cancellationToken);
                    if (old.Count > 0 && !await MayAsync(folder, old.Count, cancellationToken).ConfigureAwait(false)) return;
                    if (backup is null) return;

                    new Removal(backup, folder).Run(old);
                    result.Removed = old.Count;
                },
                cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> MayAsync(BackupFolder folder, int count, CancellationToken cancellationToken)
    {
        string what = $"{DisplayText.Count(count, "message")} of '{folder.Path}' that the server no longer has";
        return options.IsSilent || await writer.AskAsync(cmdlet => cmdlet.ShouldProcess(what, $"Remove from {options.Root}"),
            cancellationToken).ConfigureAwait(false);
    }

    private DateTimeOffset Before()
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        return kept >= now - DateTimeOffset.MinValue ? DateTimeOffset.MinValue : now - kept;
    }
}
