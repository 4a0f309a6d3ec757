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
using ImapPS.Reading;
using ImapPS.Transfers;

namespace ImapPS.Pipeline.Backups;

/// <summary>One backup of an account, folder by folder. What goes wrong with one folder is its own error, and the others go on.</summary>
internal sealed class BackupRun(BackupOptions options, MailboxAccess mailbox, PipelineWriter writer) : IDisposable
{
    /// <summary>Views of what is in other folders.</summary>
    private static readonly ImapSpecialUse[] _views = [ImapSpecialUse.Flagged, ImapSpecialUse.Important];

    private readonly TransferMeter _meter = new("message");
    private readonly Removals? _removals = options.KeepDeleted is { } kept ? new Removals(options, kept, writer) : null;
    private readonly BackupSelection? _selection = options.Wanted is { } wanted ? new BackupSelection(wanted, mailbox, writer) : null;
    private readonly Departures _departures = new(mailbox);
    private readonly DownloadConnections _connections = new(mailbox.Session, options.Parallel);
    private readonly List<Func<Task>> _rows = [];
    private BackupSet? _backup;

    /// <summary>Backs up folders.</summary>
    /// <param name="asked">The folders; none for all that there are.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public async Task RunAsync(IReadOnlyList<FolderPath> asked, CancellationToken cancellationToken)
    {
        await mailbox.LeaveAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ImapFolder> listed = await new FolderReader(mailbox)
            .ListAsync(BackupFolders.AreWanted(asked), subscribedOnly: false, status: true, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ImapFolder> chosen = await ChooseAsync(asked, listed, cancellationToken).ConfigureAwait(false);
        try
        {
            await RunAsync(chosen, cancellationToken).ConfigureAwait(false);
            if (asked.Count == 0) await EndMissingAsync(listed, cancellationToken).ConfigureAwait(false);
            if (_removals is not null && _backup is not null) await _removals.RunAsync(_backup, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Whatever ends the rest, Ctrl+C too: the server counts connections that nobody has logged out.
            await _connections.CloseAsync(CancellationToken.None).ConfigureAwait(false);

            // What has been done for a folder is told.
            foreach (Func<Task> row in _rows) await row().ConfigureAwait(false);
        }

        if (_removals is not null && options.IsWhatIf)
        {
            await new RemovalPreview(options, mailbox, writer)
                .RunAsync(_removals, chosen, asked.Count == 0 ? listed : null, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _connections.Dispose();
        _backup?.Dispose();
    }

    private async Task RunAsync(IReadOnlyList<ImapFolder> chosen, CancellationToken cancellationToken)
    {
        var allowed = new List<ImapFolder>();
        foreach (ImapFolder folder in chosen)
        {
            if (await MayAsync(folder.Path, cancellationToken).ConfigureAwait(false)) allowed.Add(folder);
        }

        if (allowed.Count == 0) return;

        // A backup that cannot be opened is none for any folder.
        BackupSet backup = Open();
        await new ManifestFolders(backup, mailbox).NoteAsync(allowed, cancellationToken).ConfigureAwait(false);
        foreach (ImapFolder folder in allowed)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await writer.ForItemAsync(folder.Path, () => RunAsync(folder, backup, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
        }
    }

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
        var work = new FolderBackup(backup, mailbox, _connections, _meter, _departures, options.Mirror);
        ImapException? failed = null;
        try
        {
            SearchResult? selected = _selection is null ? null
                : await _selection.FindAsync(folder.Path, cancellationToken).ConfigureAwait(false);
            await work.RunAsync(folder, selected, cancellationToken).ConfigureAwait(false);
        }
        catch (ImapException about) when (!ErrorTable.EndsCall(about))
        {
            failed = about;
            work.Outcome.MayRemove = false;
            work.Outcome.Count = folder.MessageCount ?? 0;
            work.Outcome.Failed = Math.Max(1, work.Outcome.Count - work.Outcome.New - work.Outcome.Known);
        }

        if (backup.Contents.Find(folder.Path) is { } known)
        {
            await DoneAsync(known, work.Outcome, elapsed.Elapsed, cancellationToken).ConfigureAwait(false);
        }

        if (failed is not null) throw Failures.FolderNotBackedUp(folder.Path, failed);
    }

    /// <summary>Marks the messages of folders that the server does not have any more, and has them removed after their time.</summary>
    private async Task EndMissingAsync(IReadOnlyList<ImapFolder> listed, CancellationToken cancellationToken)
    {
        // Under -WhatIf, and where every folder was refused, there is no backup to mark in.
        if (_backup is null) return;

        foreach (BackupFolder folder in _backup.Contents.Missing(listed))
        {
            await writer.ForItemAsync(
                folder.Path,
                async () =>
                {
                    // There is nothing left to be fetched.
                    if (!folder.IsComplete) _backup.Append([folder.Ended()]);
                    if (!options.Mirror) return;

                    IReadOnlyList<ManifestLine> lines = GoneMarks.All(folder);
                    _backup.Append(lines);
                    var result = new FolderBackupResult { Gone = lines.Count };
                    await DoneAsync(folder, result, TimeSpan.Zero, cancellationToken, onlyChanges: true).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Tells of a folder; where messages may still be removed, when that is over.</summary>
    private async Task DoneAsync(BackupFolder folder, FolderBackupResult result, TimeSpan elapsed, CancellationToken cancellationToken,
        bool onlyChanges = false)
    {
        if (_removals is null) await RowAsync().ConfigureAwait(false);
        else
        {
            _removals.Add(folder, result);
            _rows.Add(RowAsync);
        }

        Task RowAsync() => onlyChanges && result.Gone + result.Removed == 0
            ? Task.CompletedTask : EmitAsync(folder, result, elapsed, cancellationToken);
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
    private BackupSet Open()
    {
        if (_backup is not null) return _backup;

        ImapSession session = mailbox.Session.Handle;
        _backup = BackupSet.Open(options.Root, session.Server, session.UserName, session.Port, options.Format);
        if (_backup.Contents.UnreadableText is { } unreadable) writer.Warning(unreadable);
        return _backup;
    }
}
