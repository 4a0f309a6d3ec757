using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Backups;
using ImapPS.Changing;
using ImapPS.Errors;
using ImapPS.Folders;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Transfers;

namespace ImapPS.Pipeline.Backups;

/// <summary>Restores a backup into an account, folder by folder. What is there already stays as it is.</summary>
internal sealed class RestoreRun(RestoreOptions options, MailboxAccess mailbox, PipelineWriter writer) : IDisposable
{
    private readonly TransferMeter _meter = new("message");
    private readonly BackupFiles _files = new(options.Root);
    private IReadOnlyList<ImapFolder> _there = [];
    private RestoreTargets? _targets;
    private FileStream? _held;
    private bool _isLocked;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        BackupContents contents = ManifestReader.Read(options.Root);
        foreach (ImapException missing in BackupFolders.Missing(contents, options.Root, options.Asked))
        {
            await writer.WriteErrorAsync(missing, cancellationToken).ConfigureAwait(false);
        }

        if (contents.UnreadableText is { } unreadable) writer.Warning(unreadable);

        // What asks first writes nothing before the answer, not even the file of the lock.
        if (options.IsSilent) Lock();
        await ListAsync(contents, cancellationToken).ConfigureAwait(false);
        Predicate<string> isWanted = BackupFolders.AreWanted(options.Asked);
        foreach (BackupFolder folder in contents.Folders.Where(folder => isWanted(folder.Path)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await writer.ForItemAsync(folder.Path, () => RunAsync(folder, contents, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    public void Dispose() => _held?.Dispose();

    private async Task ListAsync(BackupContents contents, CancellationToken cancellationToken)
    {
        _there = await new FolderReader(mailbox).ListAsync(_ => true, subscribedOnly: false, status: false, cancellationToken)
            .ConfigureAwait(false);
        _targets = new RestoreTargets(contents, _there);
    }

    /// <summary>Two restores at once would each find that a message is missing, and send it.</summary>
    /// <returns>True when the lock was not held before.</returns>
    private bool Lock()
    {
        if (_isLocked) return false;

        ImapSession session = mailbox.Session.Handle;
        _held = BackupLock.TakeForRestore(options.Root, session.Server, session.UserName, session.Port);
        _isLocked = true;
        if (_held is null)
        {
            writer.Verbose("The directory of the backup cannot be written to, so another restore to the same account is not kept out.");
        }

        return true;
    }

    private async Task RunAsync(BackupFolder folder, BackupContents contents, CancellationToken cancellationToken)
    {
        var elapsed = Stopwatch.StartNew();
        FolderLook look = await LookAsync(folder, cancellationToken).ConfigureAwait(false);

        // A folder of which nothing is left was deleted, and is not made again.
        if (look.Existing is null && look.Entries.Count == 0 && folder.Entries.Count > 0) return;

        if (look.IsChange)
        {
            if (!await MayAsync(look.Path, look.Missing.Count, cancellationToken).ConfigureAwait(false)) return;

            // Until now another restore may have sent what was missing.
            if (Lock())
            {
                await ListAsync(contents, cancellationToken).ConfigureAwait(false);
                look = await LookAsync(folder, cancellationToken).ConfigureAwait(false);
            }
        }

        var result = new Tally { Existing = look.Entries.Count - look.Missing.Count };
        string path = look.Existing is not null ? look.Path : await new RestoreFolderMaker(mailbox)
            .CreateAsync(look.Path, _targets!.RoleFor(folder), cancellationToken).ConfigureAwait(false);
        if (look.Missing.Count > 0)
        {
            TransferDestination destination = look.Destination ?? await TransferDestination
                .PrepareAsync(mailbox, path, create: false, cancellationToken).ConfigureAwait(false);
            await AppendAsync(path, destination, look.Match, look.Missing, result, cancellationToken).ConfigureAwait(false);
        }

        if (look.Existing is null || look.Subscribes)
        {
            await new RestoreFolderMaker(mailbox)
                .SubscribeAsync(path, folder.Subscribed, isMade: look.Existing is null, cancellationToken).ConfigureAwait(false);
        }

        await writer.WriteObjectAsync(
            new ImapFolderRestore
            {
                Folder = folder.Path,
                RestoredTo = path,
                Count = look.Entries.Count,
                Restored = result.Restored,
                Existing = result.Existing,
                Failed = result.Failed,
                Bytes = result.Bytes,
                Created = look.Existing is null,
                SessionId = mailbox.SessionId,
                Elapsed = elapsed.Elapsed,
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<FolderLook> LookAsync(BackupFolder folder, CancellationToken cancellationToken)
    {
        string path = await _targets!.PathOfAsync(folder, mailbox, cancellationToken).ConfigureAwait(false);
        ImapFolder? existing = _there.FirstOrDefault(one => FolderNames.AreSame(one.Path, path) && one.Selectable);
        List<BackupEntry> entries = [.. folder.Entries.Where(entry => options.IncludeDeleted || entry.Gone is null)
            .OrderBy(entry => entry.UidValidity).ThenBy(entry => entry.Uid)];
        var look = new FolderLook(path, existing, entries, entries, folder.Subscribed && existing is not { Subscribed: true });
        if (existing is null) return look;

        TransferDestination destination = await TransferDestination.PrepareAsync(mailbox, path, create: false, cancellationToken)
            .ConfigureAwait(false);
        var match = new RestoreMatch(mailbox, destination);
        look = look with { Destination = destination, Match = match };
        if (entries.Count == 0) return look;

        await match.LoadAsync(cancellationToken).ConfigureAwait(false);
        return look with
        {
            Missing = await match.MissingAsync(entries, folder.Entries, SourceOf, cancellationToken).ConfigureAwait(false),
        };
    }

    private async Task AppendAsync(string path, TransferDestination destination, RestoreMatch? match, IReadOnlyList<BackupEntry> missing,
        Tally result, CancellationToken cancellationToken)
    {
        string activity = $"Restoring to {DisplayText.Printable(path)}";
        await foreach (IReadOnlyList<AppendResult> results in new MessageAppender(mailbox, destination)
            .AppendAsync(SourcesAsync(match, missing, result, cancellationToken), cancellationToken).ConfigureAwait(false))
        {
            foreach (AppendResult one in results)
            {
                if (one.Error is { } error)
                {
                    result.Failed++;
                    await writer.WriteErrorAsync(error, cancellationToken, one.Source.Target).ConfigureAwait(false);
                    continue;
                }

                result.Restored++;
                result.Bytes += one.Source.Size;
                _meter.Finished();
            }

            writer.Progress(activity, () => _meter.Status, result.Restored + result.Failed, missing.Count);
        }
    }

    /// <summary>The messages as they are sent. Each file is compared with its digest before.</summary>
    private async IAsyncEnumerable<AppendSource> SourcesAsync(RestoreMatch? match, IReadOnlyList<BackupEntry> missing, Tally result,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (BackupEntry entry in missing)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (FileCheck.Run(_files, entry, cancellationToken) is { } damaged)
            {
                result.Failed++;
                await writer.WriteErrorAsync(damaged, cancellationToken).ConfigureAwait(false);
                continue;
            }

            AppendSource source = SourceOf(entry);
            bool isThere = false;
            try
            {
                isThere = match is not null && await match.HasAsSentAsync(entry, source, cancellationToken).ConfigureAwait(false);
            }
            catch (ImapException invalid) when (invalid.Id == ImapErrorId.MessageInvalid)
            {
                // Whoever sends it says so.
            }

            if (isThere) result.Existing++;
            else yield return source;
        }
    }

    private AppendSource SourceOf(BackupEntry entry)
    {
        string path = _files.PathOf(entry);
        return new AppendSource(path, () => _files.Open(entry))
        {
            Target = path,
            Flags = BackupEntry.FlagsOf(entry.Flags),
            Keywords = BackupEntry.KeywordsOf(entry.Flags),
            Received = entry.Received,
        };
    }

    private async Task<bool> MayAsync(string path, int count, CancellationToken cancellationToken) => options.IsSilent
        || await writer.AskAsync(cmdlet => cmdlet.ShouldProcess(path, $"Restore {DisplayText.Count(count, "message")}"), cancellationToken)
            .ConfigureAwait(false);

    private sealed class Tally
    {
        public int Restored { get; set; }

        public int Existing { get; set; }

        public int Failed { get; set; }

        public long Bytes { get; set; }
    }

    /// <summary>What is to be done for a folder.</summary>
    /// <param name="Path">Where it goes.</param>
    /// <param name="Existing">The folder that is there, if there is one.</param>
    /// <param name="Entries">The messages of the backup.</param>
    /// <param name="Missing">Those that are not there.</param>
    /// <param name="Subscribes">Whether to subscribe to it.</param>
    private sealed record FolderLook(string Path, ImapFolder? Existing, IReadOnlyList<BackupEntry> Entries,
        IReadOnlyList<BackupEntry> Missing, bool Subscribes)
    {
        public TransferDestination? Destination { get; init; }

        public RestoreMatch? Match { get; init; }

        public bool IsChange => Missing.Count > 0 || Existing is null || Subscribes;
    }
}
