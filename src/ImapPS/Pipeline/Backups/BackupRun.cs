using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Backups;
using ImapPS.Errors;
using ImapPS.Folders;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Transfers;

namespace ImapPS.Pipeline.Backups;

/// <summary>One backup of an account, folder by folder. What goes wrong with one folder is its own error, and the others go on.</summary>
internal sealed class BackupRun(BackupOptions options, MailboxAccess mailbox, PipelineWriter writer) : IDisposable
{
    /// <summary>Views of what is in other folders.</summary>
    private static readonly ImapSpecialUse[] _views = [ImapSpecialUse.Flagged, ImapSpecialUse.Important];

    private readonly TransferMeter _meter = new("message");
    private BackupSet? _backup;

    /// <summary>Backs up folders.</summary>
    /// <param name="asked">The folders; none for all that there are.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public async Task RunAsync(IReadOnlyList<FolderPath> asked, CancellationToken cancellationToken)
    {
        Predicate<string>[] wanted = [.. asked.Select(BackupFolders.IsWanted)];
        IReadOnlyList<ImapFolder> listed = await new FolderReader(mailbox).ListAsync(
            path => wanted.Length == 0 || Array.Exists(wanted, matches => matches(path)), subscribedOnly: false, status: true,
            cancellationToken).ConfigureAwait(false);
        foreach (ImapFolder folder in await ChooseAsync(asked, listed, cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!await MayAsync(folder.Path, cancellationToken).ConfigureAwait(false)) continue;

            // A backup that cannot be opened is none for any folder.
            BackupSet backup = Open();
            await writer.ForItemAsync(folder.Path, () => RunAsync(folder, backup, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
        }

        if (asked.Count == 0 && options.Mirror) await MarkMissingAsync(listed, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _backup?.Dispose();

    /// <summary>The folders that are meant, each once, in their order.</summary>
    private async Task<IReadOnlyList<ImapFolder>> ChooseAsync(IReadOnlyList<FolderPath> asked, IReadOnlyList<ImapFolder> listed,
        CancellationToken cancellationToken)
    {
        if (asked.Count == 0) return [.. listed.Where(folder => folder.Selectable && !_views.Contains(folder.SpecialUse))];

        var chosen = new List<ImapFolder>();
        foreach (FolderPath one in asked)
        {
            foreach (string path in FolderExpansion.Expand(one, listed))
            {
                ImapFolder? folder = listed.FirstOrDefault(there => FolderNames.AreSame(there.Path, path));
                ImapException? refused = folder is null ? Failures.FolderNotFound(path, FolderNames.Nearest(path, Known()))
                    : !folder.Selectable ? Failures.FolderNotSelectable(path)
                    : one.UidValidity is { } expected && folder.UidValidity is { } now && expected != now
                        ? Failures.UidValidityChanged(path, expected, now)
                    : null;
                if (refused is not null) await writer.WriteErrorAsync(refused, cancellationToken, path).ConfigureAwait(false);
                else if (!chosen.Contains(folder!)) chosen.Add(folder!);
            }
        }

        return chosen;
    }

    private IEnumerable<string> Known() => (mailbox.Session.Memory.Folders.Recent ?? []).Select(folder => folder.Path);

    private async Task RunAsync(ImapFolder folder, BackupSet backup, CancellationToken cancellationToken)
    {
        var elapsed = Stopwatch.StartNew();
        string activity = $"Backing up {DisplayText.Printable(folder.Path)}";
        _meter.Changed = () => writer.Progress(activity, () => _meter.Status, -1, -1);
        FolderBackupResult result = await new FolderBackup(backup, mailbox, _meter, options.Mirror).RunAsync(folder, cancellationToken)
            .ConfigureAwait(false);
        BackupFolder known = backup.Contents.Find(folder.Path)!;
        await RemoveAsync(known, !result.IsEmpty, result, cancellationToken).ConfigureAwait(false);
        await EmitAsync(known, result, elapsed.Elapsed, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Marks the messages of folders that the server does not have any more.</summary>
    private async Task MarkMissingAsync(IReadOnlyList<ImapFolder> listed, CancellationToken cancellationToken)
    {
        // Under -WhatIf, and where every folder was refused, there is no backup to mark in.
        if (_backup is null) return;

        List<BackupFolder> missing = [.. _backup.Contents.Folders.Where(folder =>
            folder.Present.Any() && !listed.Any(there => FolderNames.AreSame(there.Path, folder.Path)))];
        foreach (BackupFolder folder in missing)
        {
            await writer.ForItemAsync(
                folder.Path,
                async () =>
                {
                    var result = new FolderBackupResult { Gone = FolderBackup.MarkFolderGone(_backup, folder) };
                    await RemoveAsync(folder, hasMessages: false, result, cancellationToken).ConfigureAwait(false);
                    await EmitAsync(folder, result, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RemoveAsync(BackupFolder folder, bool hasMessages, FolderBackupResult result, CancellationToken cancellationToken)
    {
        if (options.KeepDeleted is not { } kept) return;

        var expiry = new Expiry(_backup!, Before(kept));
        IReadOnlyList<BackupEntry> old = expiry.Find(folder, hasMessages);
        if (old.Count == 0) return;

        string what = $"{DisplayText.Count(old.Count, "message")} of '{folder.Path}' that the server no longer has";
        if (!options.IsSilent && !await writer.AskAsync(cmdlet => cmdlet.ShouldProcess(what, $"Remove from {options.Root}"),
            cancellationToken).ConfigureAwait(false)) return;

        expiry.Remove(folder, old);
        result.Removed = old.Count;
    }

    private static DateTimeOffset Before(TimeSpan kept)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        return kept >= now - DateTimeOffset.MinValue ? DateTimeOffset.MinValue : now - kept;
    }

    private Task EmitAsync(BackupFolder folder, FolderBackupResult result, TimeSpan elapsed, CancellationToken cancellationToken) =>
        writer.WriteObjectAsync(
            new ImapFolderBackup
            {
                Folder = folder.Path,
                Count = result.Count,
                New = result.New,
                Known = result.Known,
                Unchanged = Math.Max(0, result.Count - result.New - result.Known - result.FlagChanges - result.Failed),
                FlagChanges = result.FlagChanges,
                Gone = result.Gone,
                Removed = result.Removed,
                Failed = result.Failed,
                Bytes = result.Bytes,
                Directory = BackupPaths.Directory(options.Root, folder),
                UidValidity = result.UidValidity,
                SessionId = mailbox.SessionId,
                Elapsed = elapsed,
            },
            cancellationToken);

    private async Task<bool> MayAsync(string path, CancellationToken cancellationToken) => options.IsSilent
        || await writer.AskAsync(cmdlet => cmdlet.ShouldProcess(path, options.Action), cancellationToken).ConfigureAwait(false);

    /// <summary>The backup, which is made only once something is to go there.</summary>
    private BackupSet Open() =>
        _backup ??= BackupSet.Open(options.Root, mailbox.Session.Handle.Server, mailbox.Session.Handle.UserName);
}
