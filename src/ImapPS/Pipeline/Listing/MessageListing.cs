using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Reading;
using ImapPS.Search;

namespace ImapPS.Pipeline.Listing;

/// <summary>One listing of messages, over however many folders: what is wanted, in which order, and which page of it.</summary>
internal sealed class MessageListing(WantedMessages all, ListingOrder order, ulong skip, ulong first)
{
    private readonly bool _isPage = first != ulong.MaxValue;
    private ulong _toSkip = skip;
    private ulong _toWrite = first;
    private long _leftOfFolder = long.MaxValue;
    private Task _before = Task.CompletedTask;
    private WantedMessages _wanted = WantedMessages.All;

    /// <summary>True when the page is full, and no folder need be looked into any more.</summary>
    public bool IsFull => _toWrite == 0;

    /// <summary>What is fetched of each message.</summary>
    public FetchItems Items { get; init; } = FetchItems.Usual;

    /// <summary>What is needed of each message, beside what is compared.</summary>
    public MessageParts Needs { get; init; } = MessageParts.All;

    /// <summary>
    /// Where less than all is needed, it is one of the module's own cmdlets that takes the messages, and takes several of them as one
    /// object: to bind each by itself takes PowerShell longer than what is done with it.
    /// </summary>
    private bool InGroups => Needs != MessageParts.All;

    /// <summary>Makes of a number, and how sure it is, what -IncludeTotalCount emits; null when that was not asked for.</summary>
    public Func<ulong, double, object>? TotalCount { get; init; }

    /// <summary>Writes what is wanted of one folder parameter.</summary>
    /// <param name="folder">The folder, or the wildcards that stand for several.</param>
    /// <param name="uids">Only these, or null.</param>
    /// <param name="uidValidity">What the UIDs were read under, if that is known.</param>
    /// <param name="mailbox">Where the folder is.</param>
    /// <param name="writer">Where messages go.</param>
    /// <param name="cancellationToken">Asks the listing to stop.</param>
    /// <param name="group">What is wanted of this folder besides.</param>
    public async Task WriteAsync(FolderPath folder, IReadOnlyList<uint>? uids, uint? uidValidity, MailboxAccess mailbox,
        PipelineWriter writer, CancellationToken cancellationToken, WantedMessages? group = null)
    {
        _wanted = group is null ? all : all.And(group);
        var reader = new MessageReader(mailbox, _wanted.Compared(Items));
        bool isByUid = uids is not null;
        var search = new MessageSearch(mailbox, _wanted.Criteria, order);

        // UIDs alone are each expected to be there; a few of them need no search.
        bool byUid = uids is not null && _wanted.Criteria.IsEmpty && order == ListingOrder.Arrival;
        bool few = byUid && uids!.Count <= MessageReader.LargestWindow;
        ExpectedUids? expected = byUid ? new ExpectedUids(mailbox, uids!) { AreOfMessage = folder.Uid is not null } : null;
        uint? readUnder = uids is null ? null : uidValidity ?? folder.UidValidity;
        IEnumerable<Func<Task<SearchResult>>> searches =
            (await FolderExpansion.ExpandAsync(folder, mailbox, cancellationToken).ConfigureAwait(false))
            .Select<string, Func<Task<SearchResult>>>(path => () => few
                ? reader.TakeAsync(path, uids!, readUnder, cancellationToken)
                : search.RunAsync(path, uids, readUnder, cancellationToken));

        if (TotalCount is not null) searches = await CountAsync(searches, writer, cancellationToken).ConfigureAwait(false);

        foreach (Func<Task<SearchResult>> run in searches)
        {
            if (IsFull) return;

            await writer.ForItemAsync(
                target: null,
                async () =>
                {
                    SearchResult found = await run().ConfigureAwait(false);
                    _wanted.Tell(found, writer);
                    found = await OrderAsync(reader, mailbox, found, writer, cancellationToken).ConfigureAwait(false);
                    var wanted = new MessageReader(mailbox, ItemsOf(found, isByUid));
                    await WriteFoundAsync(wanted, found, expected, writer, cancellationToken).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What is to be fetched of what was found. What is known by its UID alone has yet to be seen.</summary>
    private FetchItems ItemsOf(SearchResult found, bool isByUid)
    {
        bool needsAll = Needs == MessageParts.All || (order != ListingOrder.Arrival && order.Newest == 0);
        return needsAll ? _wanted.Compared(Items) : _wanted.Least(Items, isByUid ? Needs | MessageParts.Flags : Needs, found);
    }

    /// <summary>Orders what the server could not.</summary>
    private async Task<SearchResult> OrderAsync(MessageReader reader, MailboxAccess mailbox, SearchResult found,
        PipelineWriter writer, CancellationToken cancellationToken)
    {
        if (found.IsOrdered) return found;

        if (order.Threads) return await MessageThreads.BuildAsync(mailbox, found, cancellationToken).ConfigureAwait(false);

        writer.Verbose("The server cannot sort. The module reads and sorts the messages.");
        var sort = new LocalSort(order, _toWrite > ulong.MaxValue - _toSkip ? ulong.MaxValue : _toSkip + _toWrite);
        await foreach (MessageWindow window in reader.ReadAsync(found, cancellationToken).ConfigureAwait(false))
        {
            foreach (ImapMessage message in await _wanted.KeepAsync(found, window.Messages, writer, cancellationToken)
                .ConfigureAwait(false))
            {
                sort.Add(message);
            }
        }

        return found with { Uids = sort.Uids, IsAscending = false, IsOrdered = true, IsCompared = true };
    }

    private async Task WriteFoundAsync(MessageReader reader, SearchResult found, ExpectedUids? expected,
        PipelineWriter writer, CancellationToken cancellationToken)
    {
        // Where the server's answer is exact, skipping costs nothing.
        if (_wanted.AreAll(found) && expected is null) found = TakePage(found);

        if (expected is not null)
        {
            await expected.ReportMissingAsync(found.Folder, expected.Uids.Except(found.Uids), writer, cancellationToken)
                .ConfigureAwait(false);
        }

        long done = 0;
        _leftOfFolder = order.Newest > 0 ? order.Newest : long.MaxValue;

        // A page that a comparison fills may be full before the folder is read: then nothing is read ahead.
        bool isPaged = (_isPage || order.Newest > 0) && !_wanted.AreAll(found);
        using var relay = new MessageRelay(messages => writer.Post(cmdlet => Write(found, messages, cmdlet)));
        await foreach (MessageWindow window in reader.ReadAsync(found, cancellationToken, isPaged ? null : relay.Add).ConfigureAwait(false))
        {
            relay.Flush();
            if (expected is not null)
            {
                await expected.ReportMissingAsync(found.Folder, window.Missing, writer, cancellationToken).ConfigureAwait(false);
            }

            if (isPaged)
            {
                await writer.AskAsync(cmdlet => Write(found, window.Messages, cmdlet), cancellationToken).ConfigureAwait(false);
                if (IsFull || _leftOfFolder == 0) return;
            }

            // One window is read while the pipeline takes the one before, and no more than one: it may want no further.
            await _before.ConfigureAwait(false);
            _before = writer.DrainedAsync(cancellationToken);

            done += window.Asked.Count;
            writer.Progress($"Reading {DisplayText.Printable(found.Folder)}", DisplayText.CountOf(done, found.Uids.Count, "message"),
                done, found.Uids.Count);
        }

        // What counts the page is the pipeline thread.
        if (_isPage) await writer.DrainedAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Compares messages with what the server could not, and writes those that are on the page: one by one, as Where-Object does, so that
    /// what was found before the filter throws has been written. On the pipeline thread, which has the time while others are read.
    /// </summary>
    private bool Write(SearchResult found, IReadOnlyList<ImapMessage> messages, ImapCmdlet cmdlet)
    {
        IEnumerable<ImapMessage> matching = _wanted.Matching(found, messages);
        bool isFiltered = _wanted.HasFilter && !_wanted.AreAll(found);
        IEnumerable<ImapMessage> written = OnPage(isFiltered ? _wanted.Filter(matching) : matching);
        if (InGroups && !isFiltered)
        {
            ImapMessage[] group = [.. written];
            if (group.Length > 0) cmdlet.WriteObject(group);
        }
        else
        {
            foreach (ImapMessage message in written) cmdlet.WriteObject(message);
        }

        return true;
    }

    private IEnumerable<ImapMessage> OnPage(IEnumerable<ImapMessage> matching)
    {
        foreach (ImapMessage message in matching)
        {
            if (IsFull || _leftOfFolder == 0) yield break;
            if (IsOnPage()) yield return message;
            if (IsFull || _leftOfFolder == 0) yield break;
        }
    }

    /// <summary>Counts a message that matches, and says whether it is one of those to be written.</summary>
    private bool IsOnPage()
    {
        _leftOfFolder--;
        if (_toSkip > 0)
        {
            _toSkip--;
            return false;
        }

        _toWrite--;
        return true;
    }

    private SearchResult TakePage(SearchResult found)
    {
        ulong count = (ulong)found.Uids.Count;
        if (order.Newest > 0) count = Math.Min(count, (ulong)order.Newest);
        int skipped = (int)Math.Min(_toSkip, count);
        _toSkip -= (ulong)skipped;
        return found with { Uids = [.. found.Uids.Take((int)count).Skip(skipped).Take((int)Math.Min(_toWrite, int.MaxValue))] };
    }

    private async Task<IEnumerable<Func<Task<SearchResult>>>> CountAsync(IEnumerable<Func<Task<SearchResult>>> searches,
        PipelineWriter writer, CancellationToken cancellationToken)
    {
        var results = new List<SearchResult>();
        foreach (Func<Task<SearchResult>> search in searches) results.Add(await search().ConfigureAwait(false));

        ulong total = (ulong)results.Sum(result =>
            (long)(order.Newest > 0 ? Math.Min(result.Uids.Count, order.Newest) : result.Uids.Count));
        await writer.WriteObjectAsync(TotalCount!(total, results.TrueForAll(_wanted.AreAll) ? 1.0 : 0.5), cancellationToken)
            .ConfigureAwait(false);
        return results.Select<SearchResult, Func<Task<SearchResult>>>(result => () => Task.FromResult(result));
    }
}
