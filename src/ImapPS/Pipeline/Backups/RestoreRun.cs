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
using ImapPS.Files;
using ImapPS.Folders;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Transfers;

namespace ImapPS.Pipeline.Backups;

/// <summary>Restores a backup into an account, folder by folder. What is there already stays as it is.</summary>
internal sealed class RestoreRun(RestoreOptions options, MailboxAccess mailbox, PipelineWriter writer)
{
    private readonly TransferMeter _meter = new("message");

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        BackupContents contents = ManifestReader.Read(options.Root);
        foreach (ImapException missing in BackupFolders.Missing(contents, options.Root, options.Asked))
        {
            await writer.WriteErrorAsync(missing, cancellationToken).ConfigureAwait(false);
        }

        if (contents.UnreadableText is { } unreadable) writer.Warning(unreadable);

        using FileStream? held = Lock();
        IReadOnlyList<ImapFolder> there = await new FolderReader(mailbox)
            .ListAsync(_ => true, subscribedOnly: false, status: false, cancellationToken).ConfigureAwait(false);
        var targets = new RestoreTargets(contents, there);
        Predicate<string> isWanted = BackupFolders.AreWanted(options.Asked);
        foreach (BackupFolder folder in contents.Folders.Where(folder => isWanted(folder.Path)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await writer.ForItemAsync(folder.Path, () => RunAsync(folder, targets, there, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    /// <summary>Two restores at once would each find that a message is missing, and send it.</summary>
    private FileStream? Lock()
    {
        if (options.IsWhatIf) return null;

        ImapSession session = mailbox.Session.Handle;
        FileStream? held = BackupLock.TakeForRestore(options.Root, session.Server, session.UserName, session.Port);
        if (held is null)
        {
            writer.Verbose("The directory of the backup cannot be written to, so another restore to the same account is not kept out.");
        }

        return held;
    }

    private async Task RunAsync(BackupFolder folder, RestoreTargets targets, IReadOnlyList<ImapFolder> there,
        CancellationToken cancellationToken)
    {
        var elapsed = Stopwatch.StartNew();
        string path = await targets.PathOfAsync(folder, mailbox, cancellationToken).ConfigureAwait(false);
        ImapFolder? existing = there.FirstOrDefault(one => FolderNames.AreSame(one.Path, path) && one.Selectable);
        List<BackupEntry> entries = [.. folder.Entries.Where(entry => options.IncludeDeleted || entry.Gone is null)
            .OrderBy(entry => entry.UidValidity).ThenBy(entry => entry.Uid)];

        // A folder of which nothing is left was deleted, and is not made again.
        if (existing is null && entries.Count == 0 && folder.Entries.Count > 0) return;

        TransferDestination? destination = existing is null ? null
            : await TransferDestination.PrepareAsync(mailbox, path, create: false, cancellationToken).ConfigureAwait(false);
        RestoreMatch? match = destination is null ? null : new RestoreMatch(mailbox, destination);
        IReadOnlyList<BackupEntry> missing = entries;
        if (match is not null && entries.Count > 0)
        {
            await match.LoadAsync(cancellationToken).ConfigureAwait(false);
            missing = await match.MissingAsync(entries, folder.Entries, SourceOf, cancellationToken).ConfigureAwait(false);
        }

        bool subscribes = folder.Subscribed && existing is not { Subscribed: true };
        bool isChange = missing.Count > 0 || existing is null || subscribes;
        if (isChange && !await MayAsync(path, missing.Count, cancellationToken).ConfigureAwait(false)) return;

        var result = new Tally { Existing = entries.Count - missing.Count };
        if (existing is null)
        {
            path = await new RestoreFolderMaker(mailbox).CreateAsync(path, targets.RoleFor(folder), cancellationToken)
                .ConfigureAwait(false);
        }

        if (missing.Count > 0)
        {
            destination ??= await TransferDestination.PrepareAsync(mailbox, path, create: false, cancellationToken).ConfigureAwait(false);
            await AppendAsync(path, destination, match, missing, result, cancellationToken).ConfigureAwait(false);
        }

        if (existing is null || subscribes)
        {
            await new RestoreFolderMaker(mailbox).SubscribeAsync(path, folder.Subscribed, isMade: existing is null, cancellationToken)
                .ConfigureAwait(false);
        }

        await writer.WriteObjectAsync(
            new ImapFolderRestore
            {
                Folder = folder.Path,
                RestoredTo = path,
                Count = entries.Count,
                Restored = result.Restored,
                Existing = result.Existing,
                Failed = result.Failed,
                Bytes = result.Bytes,
                Created = existing is null,
                SessionId = mailbox.SessionId,
                Elapsed = elapsed.Elapsed,
            },
            cancellationToken).ConfigureAwait(false);
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
            if (FileCheck.Run(options.Root, entry, cancellationToken) is { } damaged)
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
        string path = BackupPaths.File(options.Root, entry);
        return new AppendSource(path, () => MessageFiles.Open(path))
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
}
