using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Search;

namespace ImapPS.Pipeline;

/// <summary>One listing of messages, over however many folders: what is wanted, and which page of it.</summary>
internal sealed class MessageListing(MessageCriteria criteria, ulong skip, ulong first)
{
    private ulong _toSkip = skip;
    private ulong _toWrite = first;

    /// <summary>True when the page is full, and no folder need be looked into any more.</summary>
    public bool IsFull => _toWrite == 0;

    /// <summary>Makes of a number, and how sure it is, what -IncludeTotalCount emits; null when that was not asked for.</summary>
    public Func<ulong, double, object>? TotalCount { get; init; }

    /// <summary>Writes what is wanted of one folder parameter.</summary>
    /// <param name="folder">The folder, or the wildcards that stand for several.</param>
    /// <param name="uids">Only these, or null.</param>
    /// <param name="uidValidity">What the UIDs were read under, if that is known.</param>
    /// <param name="mailbox">Where the folder is.</param>
    /// <param name="writer">Where messages go.</param>
    /// <param name="cancellationToken">Asks the listing to stop.</param>
    public async Task WriteAsync(
        FolderPath folder,
        IReadOnlyList<uint>? uids,
        uint? uidValidity,
        MailboxAccess mailbox,
        PipelineWriter writer,
        CancellationToken cancellationToken)
    {
        var reader = new MessageReader(mailbox);

        // UIDs alone are each expected to be there; a few of them need no search.
        bool byUid = uids is not null && criteria.IsEmpty;
        bool few = byUid && uids!.Count <= MessageReader.LargestWindow;
        uint? readUnder = uids is null ? null : uidValidity ?? folder.UidValidity;
        IEnumerable<Func<Task<SearchResult>>> searches = (await FolderExpansion.ExpandAsync(folder, mailbox, cancellationToken).ConfigureAwait(false))
            .Select<string, Func<Task<SearchResult>>>(path => () => few
                ? reader.TakeAsync(path, uids!, readUnder, cancellationToken)
                : reader.SearchAsync(path, criteria, uids, readUnder, cancellationToken));

        if (TotalCount is not null) searches = await CountAsync(searches, writer, cancellationToken).ConfigureAwait(false);

        foreach (Func<Task<SearchResult>> search in searches)
        {
            if (IsFull) return;

            await writer.ForItemAsync(
                target: null,
                async () => await WriteFoundAsync(reader, await search().ConfigureAwait(false), byUid ? uids : null, writer, cancellationToken).ConfigureAwait(false),
                cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WriteFoundAsync(MessageReader reader, SearchResult found, IReadOnlyList<uint>? expected, PipelineWriter writer, CancellationToken cancellationToken)
    {
        writer.Verbose(string.Format(CultureInfo.CurrentCulture, "{0:N0} messages found in '{1}'{2}.", found.Uids.Count, Text.Printable(found.Folder), found.IsExact ? string.Empty : ", to be compared here"));

        // Where the server's answer is exact, skipping costs nothing.
        if (found.IsExact && expected is null) found = TakePage(found);

        if (expected is not null) await ReportMissingAsync(found.Folder, expected.Except(found.Uids), writer, cancellationToken).ConfigureAwait(false);

        long done = 0;
        Task before = Task.CompletedTask;
        await foreach (MessageWindow window in reader.ReadAsync(found, cancellationToken).ConfigureAwait(false))
        {
            if (expected is not null) await ReportMissingAsync(found.Folder, window.Missing, writer, cancellationToken).ConfigureAwait(false);

            foreach (ImapMessage message in window.Messages)
            {
                if (!found.IsExact && !MessageMatcher.IsMatch(criteria, message, reader.SearchesAsciiOnly)) continue;

                if (_toSkip > 0)
                {
                    _toSkip--;
                    continue;
                }

                await writer.WriteObjectAsync(message, cancellationToken).ConfigureAwait(false);
                if (--_toWrite == 0) return;
            }

            // One window is read while the pipeline takes the one before, and no more than one: it may want no further.
            await before.ConfigureAwait(false);
            before = writer.Reached(cancellationToken);

            done += window.Asked.Count;
            writer.Progress($"Reading {Text.Printable(found.Folder)}", string.Format(CultureInfo.CurrentCulture, "{0:N0} of {1:N0} messages", done, found.Uids.Count), done, found.Uids.Count);
        }
    }

    private SearchResult TakePage(SearchResult found)
    {
        int skipped = (int)Math.Min(_toSkip, (ulong)found.Uids.Count);
        _toSkip -= (ulong)skipped;
        return found with { Uids = [.. found.Uids.Skip(skipped).Take((int)Math.Min(_toWrite, int.MaxValue))] };
    }

    /// <summary>One error for each run of missing UIDs: a million of them may be one.</summary>
    private static async Task ReportMissingAsync(string folder, IEnumerable<uint> missing, PipelineWriter writer, CancellationToken cancellationToken)
    {
        (uint First, uint Last)? run = null;
        foreach (uint uid in missing)
        {
            if (run is { } current && uid == current.Last + 1)
            {
                run = (current.First, uid);
                continue;
            }

            if (run is { } ended) await WriteAsync(ended).ConfigureAwait(false);
            run = (uid, uid);
        }

        if (run is { } last) await WriteAsync(last).ConfigureAwait(false);

        Task WriteAsync((uint First, uint Last) uids) => writer.WriteErrorAsync(
            uids.First == uids.Last ? Failures.MessageNotFound(folder, uids.First, uids.First) : Failures.MessagesNotFound(folder, uids.First, uids.Last),
            cancellationToken);
    }

    private async Task<IEnumerable<Func<Task<SearchResult>>>> CountAsync(IEnumerable<Func<Task<SearchResult>>> searches, PipelineWriter writer, CancellationToken cancellationToken)
    {
        var results = new List<SearchResult>();
        foreach (Func<Task<SearchResult>> search in searches) results.Add(await search().ConfigureAwait(false));

        ulong total = (ulong)results.Sum(result => (long)result.Uids.Count);
        await writer.WriteObjectAsync(TotalCount!(total, results.TrueForAll(result => result.IsExact) ? 1.0 : 0.5), cancellationToken).ConfigureAwait(false);
        return results.Select<SearchResult, Func<Task<SearchResult>>>(result => () => Task.FromResult(result));
    }
}
