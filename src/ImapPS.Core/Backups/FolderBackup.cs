using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Folders;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Reading;
using ImapPS.Transfers;

namespace ImapPS.Backups;

/// <summary>Brings the backup of one folder up to date.</summary>
/// <param name="backup">The backup.</param>
/// <param name="mailbox">The account.</param>
/// <param name="connections">What messages are fetched over.</param>
/// <param name="meter">Told of what is fetched.</param>
/// <param name="departures">Tells which messages have left their places.</param>
/// <param name="mirror">Whether messages are marked that the server no longer has.</param>
internal sealed class FolderBackup(BackupSet backup, MailboxAccess mailbox, DownloadConnections connections, TransferMeter meter,
    Departures departures, bool mirror)
{
    private static readonly FetchItems _items = new()
    {
        Parts = MessageParts.Flags | MessageParts.Size | MessageParts.Received | MessageParts.MessageId | MessageParts.ServerData,
    };

    /// <summary>What has come of it, so far.</summary>
    public FolderBackupResult Outcome { get; } = new();

    /// <summary>Runs it.</summary>
    /// <param name="listed">The folder, with the counts that it had before anything else was asked.</param>
    /// <param name="selected">The messages that are backed up; null for all.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public async Task<FolderBackupResult> RunAsync(ImapFolder listed, SearchResult? selected, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> names = await mailbox
            .RunAsync((client, _) => Task.FromResult(FolderNames.Parts(client, listed.Path)), cancellationToken).ConfigureAwait(false);
        BackupFolder folder = backup.Take(listed, names);
        var files = FolderFiles.For(backup, folder);
        if (IsUnchanged(folder, files, listed))
        {
            int count = listed.MessageCount!.Value;
            (Outcome.Count, Outcome.HasMessages) = (selected?.Uids.Count ?? count, count > 0);
            (Outcome.UidValidity, Outcome.IsRead) = (listed.UidValidity, true);
            files.ShowFlags();
            return Outcome;
        }

        var all = new FolderUids(mailbox);
        SearchResult found = await all.ReadAsync(listed.Path, cancellationToken).ConfigureAwait(false);
        uint uidValidity = found.UidValidity!.Value;
        HashSet<uint>? wanted = selected is null ? null : [.. selected.Uids];
        if (selected is not null && selected.UidValidity != uidValidity)
        {
            throw Failures.UidValidityChanged(listed.Path, selected.UidValidity ?? 0, uidValidity);
        }

        Outcome.Count = wanted is null ? found.Uids.Count : found.Uids.Count(wanted.Contains);
        (Outcome.HasMessages, Outcome.UidValidity) = (found.Uids.Count > 0, uidValidity);
        List<uint> known = [];
        List<uint> missing = [];
        var back = new List<ManifestLine>();
        foreach (uint uid in found.Uids)
        {
            bool isWanted = wanted?.Contains(uid) != false;
            if (folder.Find(uidValidity, uid) is not { } entry || !files.Has(entry))
            {
                if (isWanted) missing.Add(uid);
            }
            else
            {
                if (isWanted) known.Add(uid);

                // A folder that was away for a while is back.
                if (entry.Gone is not null) back.Add(entry.Whole());
            }
        }

        backup.Append(back);

        // Of what was away nobody knows when its flags changed.
        ulong? since = back.Count == 0 ? Since(folder, listed, uidValidity) : null;
        if (known.Count > 0 && (since is null || since != listed.HighestModSeq))
        {
            await UpdateFlagsAsync(folder, found, known, since, cancellationToken).ConfigureAwait(false);
        }

        await FetchAsync(folder, files, found, missing, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ManifestLine> lines = GoneMarks.In(folder, found, mirror && all.AreAll, isWhole: selected is null);
        backup.Append(lines);
        Outcome.Gone = lines.Count(line => line.Type == ManifestLine.Gone);
        Outcome.IsRead = all.AreAll;

        // The lines are on the disk. What a crash leaves undone here, the next backup does.
        if (backup.Format == ImapMessageFormat.Maildir) files.RemoveLeft();
        files.ShowFlags();

        // What has only just gone is seen to be gone by the next backup, for which nothing is said to be complete.
        if (Outcome is { Failed: 0, Vanished: 0 } && all.AreAll && listed.UidValidity == uidValidity)
        {
            backup.Append([selected is null ? StateOf(folder, listed) : SelectedOf(folder, uidValidity)]);
        }

        return Outcome;
    }

    /// <summary>
    /// Whether the counts say that nothing has happened since all of the folder was in the backup. Without HIGHESTMODSEQ they do not tell
    /// of flags.
    /// </summary>
    private bool IsUnchanged(BackupFolder folder, FolderFiles files, ImapFolder listed)
    {
        if (folder.State is not { HighestModSeq: > 0, UidNext: not null } state
            || !(state.UidValidity == listed.UidValidity && state.UidNext == listed.UidNext
                && state.HighestModSeq == listed.HighestModSeq && state.Count == listed.MessageCount))
        {
            return false;
        }

        int present = 0;
        foreach (BackupEntry entry in folder.Present)
        {
            if (entry.UidValidity == state.UidValidity)
            {
                present++;
                if (!files.Has(entry)) return false;
            }
            else if (mirror) return false;
        }

        return mirror ? present == listed.MessageCount : present >= listed.MessageCount;
    }

    /// <summary>The modification sequence up to which flags are known; null where all are to be read.</summary>
    private static ulong? Since(BackupFolder folder, ImapFolder listed, uint uidValidity) =>
        folder.State is { HighestModSeq: > 0 } state && state.UidValidity == uidValidity && listed.HighestModSeq > 0
            ? state.HighestModSeq : null;

    private async Task UpdateFlagsAsync(BackupFolder folder, SearchResult found, List<uint> known, ulong? since,
        CancellationToken cancellationToken)
    {
        await foreach (IReadOnlyList<(uint Uid, IReadOnlyList<string> Flags)> changed in new FolderFlags(mailbox)
            .ReadAsync(found, known, since, cancellationToken).ConfigureAwait(false))
        {
            List<ManifestLine> lines = [];
            foreach ((uint uid, IReadOnlyList<string> flags) in changed)
            {
                if (folder.Find(found.UidValidity!.Value, uid) is { } entry && !entry.Flags.SequenceEqual(flags, StringComparer.Ordinal))
                {
                    lines.Add(entry.Line(ManifestLine.OfFlags) with { Flags = flags });
                }
            }

            backup.Append(lines);
            Outcome.FlagChanges += lines.Count;
        }
    }

    private async Task FetchAsync(BackupFolder folder, FolderFiles files, SearchResult found, List<uint> missing,
        CancellationToken cancellationToken)
    {
        if (missing.Count == 0) return;

        var download = new FolderDownload(backup, folder, files, mailbox, connections, meter);
        var known = new KnownOctets(backup, mailbox, departures);
        uint uidValidity = found.UidValidity!.Value;
        var left = new List<ImapMessage>();
        await foreach (MessageWindow window in new MessageReader(mailbox, _items)
            .ReadAsync(found with { Uids = missing }, cancellationToken).ConfigureAwait(false))
        {
            Outcome.Failed += window.Unread.Count;
            Outcome.Vanished += window.Missing.Count();
            Dictionary<uint, BackupEntry> same = await known.FindAsync(found.Folder, uidValidity, window.Messages, cancellationToken)
                .ConfigureAwait(false);
            List<ManifestLine> copied = [];
            foreach (ImapMessage message in window.Messages)
            {
                if (same.TryGetValue(message.Uid, out BackupEntry? entry) && files.TryCopy(entry, message) is { } stored)
                {
                    copied.Add(FolderDownload.LineOf(folder.Id, message, entry.Digest, entry.Size, stored));
                }
                else left.Add(message);
            }

            await files.FlushAsync().ConfigureAwait(false);
            backup.Append(copied);
            Outcome.Known += copied.Count;
            if (IsEnough(left)) await DownloadAsync().ConfigureAwait(false);
        }

        if (left.Count > 0) await DownloadAsync().ConfigureAwait(false);

        async Task DownloadAsync()
        {
            await download.RunAsync(found.Folder, left, uidValidity, Outcome, cancellationToken).ConfigureAwait(false);
            left.Clear();
        }
    }

    /// <summary>Whether there is something to fetch for each connection.</summary>
    private bool IsEnough(List<ImapMessage> messages) => messages.Count >= MessageDownloader.MostMessages * connections.Most
        || messages.Sum(message => message.Size) >= MessageDownloader.MostBytes * connections.Most;

    /// <summary>
    /// What the messages that were not asked for say is not known, so that this is no state: the next backup of all goes on from the one
    /// before.
    /// </summary>
    private static ManifestLine SelectedOf(BackupFolder folder, uint uidValidity) => new()
    {
        Type = ManifestLine.Selected,
        Folder = folder.Id,
        Time = DateTimeOffset.UtcNow,
        UidValidity = uidValidity,
    };

    private static ManifestLine StateOf(BackupFolder folder, ImapFolder listed) => new()
    {
        Type = ManifestLine.State,
        Folder = folder.Id,
        Time = DateTimeOffset.UtcNow,
        UidValidity = listed.UidValidity,
        UidNext = listed.UidNext,
        HighestModSeq = listed.HighestModSeq,
        Count = listed.MessageCount,
    };
}
