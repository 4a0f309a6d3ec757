using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Administration;
using ImapPS.Errors;
using ImapPS.Folders;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Reading;
using ImapPS.Reporting;
using ImapPS.Search;

namespace ImapPS.Pipeline.Listing;

/// <summary>Reads what a report tells of a mailbox: each folder once, in windows.</summary>
/// <param name="mailbox">The mailbox.</param>
/// <param name="writer">The way to the pipeline thread.</param>
internal sealed class ReportReading(MailboxAccess mailbox, PipelineWriter writer)
{
    private readonly MailboxTally _tally = new(DateTimeOffset.Now);
    private readonly List<UncountedFolder> _uncounted = [];

    private bool IsGmail => Offers("X-GM-EXT-1");

    /// <summary>Reads all of it.</summary>
    /// <param name="asked">The folders; none means all.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    /// <returns>The report; null when no folder could be read, which has been told.</returns>
    public async Task<MailboxReport?> ReadAsync(IReadOnlyList<FolderPath> asked, CancellationToken cancellationToken)
    {
        IReadOnlyList<ImapFolder> listed = await ListAsync(cancellationToken).ConfigureAwait(false);
        var scope = new DuplicateScope(listed);
        IReadOnlyList<FolderPath> folders = Choose(scope, listed, asked);
        int failed = 0;
        foreach (FolderPath folder in folders)
        {
            // As Find-ImapDuplicate has it: the trash is looked into for copies only where it is asked for.
            bool comparesCopies = asked.Count > 0 || !scope.IsTrash(folder);
            if (!await TryAsync(folder, () => CountAsync(folder, comparesCopies, cancellationToken), cancellationToken)
                .ConfigureAwait(false)) failed++;
        }

        if (folders.Count > 0 && failed == folders.Count) return null;

        QuotaTable quotas = await ReadQuotasAsync(cancellationToken).ConfigureAwait(false);
        return new MailboxReport(mailbox.Session.Handle.UserName, mailbox.Session.Handle.Server, _tally, [.. quotas.Quotas], _uncounted);
    }

    /// <summary>Looks whether the folders can be opened, and reads nothing.</summary>
    public async Task TryAsync(IReadOnlyList<FolderPath> asked, CancellationToken cancellationToken)
    {
        IReadOnlyList<ImapFolder> listed = await ListAsync(cancellationToken).ConfigureAwait(false);
        foreach (FolderPath folder in Choose(new DuplicateScope(listed), listed, asked))
        {
            await TryAsync(
                folder,
                () => new MessageReader(mailbox).TakeAsync(folder.Path, [], folder.UidValidity, cancellationToken),
                cancellationToken).ConfigureAwait(false);
        }
    }

    private bool Offers(string capability) => mailbox.Session.Capabilities.Contains(capability, StringComparer.OrdinalIgnoreCase);

    private Task<IReadOnlyList<ImapFolder>> ListAsync(CancellationToken cancellationToken) =>
        new FolderReader(mailbox).ListAsync(_ => true, subscribedOnly: false, status: false, cancellationToken);

    /// <summary>The folders that are counted. The others among what is asked for are noted, with the reason.</summary>
    private IReadOnlyList<FolderPath> Choose(DuplicateScope scope, IReadOnlyList<ImapFolder> listed, IReadOnlyList<FolderPath> asked)
    {
        IReadOnlyList<FolderPath> wanted = asked.Count > 0 ? asked : [new FolderPath("*")];
        IReadOnlyList<FolderPath> chosen = scope.Choose(wanted, writer);
        IEnumerable<(string Path, bool Selectable)> meant = wanted
            .SelectMany(folder => FolderExpansion.Plain(folder) is { } path
                ? [(path, folder.Selectable)]
                : FolderExpansion.Match(folder.Path, listed).Select(found => (found.Path, found.Selectable)))
            .Where(folder => !chosen.Any(one => FolderNames.AreSame(one.Path, folder.Item1)))
            .Distinct();
        _uncounted.AddRange(meant.Select(folder => new UncountedFolder(folder.Path, folder.Selectable
            ? "It shows messages of other folders." : "It can hold folders only.")));
        return chosen;
    }

    private async Task<bool> TryAsync(FolderPath folder, Func<Task> work, CancellationToken cancellationToken)
    {
        bool isDone = false;
        await writer.ForItemAsync(
            folder.Path,
            async () =>
            {
                try
                {
                    await work().ConfigureAwait(false);
                    isDone = true;
                }
                catch (ImapException failed)
                {
                    bool isBegun = _tally.Folders.Contains(folder.Path, StringComparer.Ordinal);
                    _uncounted.Add(new UncountedFolder(folder.Path, (isBegun ? "Counted only in part. " : string.Empty) + failed.Message));
                    throw;
                }
            },
            cancellationToken).ConfigureAwait(false);
        return isDone;
    }

    private async Task CountAsync(FolderPath folder, bool comparesCopies, CancellationToken cancellationToken)
    {
        SearchResult found = await new MessageSearch(mailbox, WantedMessages.All.Criteria, ListingOrder.Arrival)
            .RunAsync(folder.Path, among: null, folder.UidValidity, cancellationToken).ConfigureAwait(false);
        if (!_tally.Open(found, comparesCopies)) return;

        long done = 0;
        Task counting = Task.CompletedTask;
        try
        {
            await foreach (MessageWindow window in new MessageReader(mailbox, MailboxTally.Items(IsGmail))
                .ReadAsync(found, cancellationToken).ConfigureAwait(false))
            {
                // One window is counted while the next one is read.
                await counting.ConfigureAwait(false);
                counting = Task.Run(() => Count(window.Messages), cancellationToken);
                done += window.Asked.Count;
                writer.Progress($"Counting {DisplayText.Printable(found.Folder)}",
                    DisplayText.CountOf(done, found.Uids.Count, "message"), done, found.Uids.Count);
            }
        }
        finally
        {
            // Whatever ended the reading: the next folder is counted in the same tables.
            await counting.ConfigureAwait(false);
        }
    }

    private void Count(IEnumerable<ImapMessage> messages)
    {
        foreach (ImapMessage message in messages) _tally.Add(message);
    }

    private async Task<QuotaTable> ReadQuotasAsync(CancellationToken cancellationToken)
    {
        var table = new QuotaTable(mailbox.SessionId);
        if (!Offers(QuotaAccess.Capability)) return table;

        foreach (string path in _tally.Folders)
        {
            await writer.ForItemAsync(path, () => table.ReadAsync(path, mailbox, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
        }

        return table;
    }
}
