using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MimeKit;

namespace ImapPS.Benchmarks.Workers;

/// <summary>MailKit as one uses it who knows its traps: windows, batches, sorted sets, MULTIAPPEND.</summary>
internal sealed class WellUsedWork(ImapClient client) : IMailWork
{
    private const int Window = 1_000;
    private const int LargestBatch = 500;
    private const int BatchOctets = 25_000_000;
    private const int Appended = 100;

    public async Task ListAsync(string folder, bool isRead, CancellationToken cancellationToken)
    {
        var mailbox = await OpenAsync(folder, FolderAccess.ReadOnly, cancellationToken);
        foreach (var window in (await mailbox.SearchAsync(SearchQuery.All, cancellationToken)).Chunk(Window))
        {
            var summaries = await mailbox.FetchAsync(Set(window), Summaries.Items, cancellationToken);
            if (isRead) Summaries.Read(summaries);
        }
    }

    public async Task MeasureAsync(string folder, CancellationToken cancellationToken)
    {
        const MessageSummaryItems Measured = MessageSummaryItems.UniqueId | MessageSummaryItems.Flags | MessageSummaryItems.Size
            | MessageSummaryItems.InternalDate;
        var request = new FetchRequest(Measured, [HeaderId.From]);
        var mailbox = await OpenAsync(folder, FolderAccess.ReadOnly, cancellationToken);
        var senders = new Dictionary<string, SenderTotals>(StringComparer.OrdinalIgnoreCase);
        foreach (var window in (await mailbox.SearchAsync(SearchQuery.All, cancellationToken)).Chunk(Window))
            Summaries.Count(await mailbox.FetchAsync(Set(window), request, cancellationToken), senders);
    }

    public async Task SaveAsync(string folder, string directory, CancellationToken cancellationToken)
    {
        var octets = int.Parse(MailKitWorker.Setting("OCTETS"), CultureInfo.InvariantCulture);
        var batch = Math.Clamp(BatchOctets / octets, 1, LargestBatch);
        var mailbox = await OpenAsync(folder, FolderAccess.ReadOnly, cancellationToken);
        foreach (var window in (await mailbox.SearchAsync(SearchQuery.All, cancellationToken)).Chunk(batch))
            await mailbox.GetStreamsAsync(Set(window), WriteAsync, cancellationToken);

        async Task WriteAsync(ImapFolder source, int index, UniqueId uid, Stream stream, CancellationToken cancelled)
        {
            await using var file = File.Create(Path.Combine(directory, $"{uid.Id}.eml"));
            await stream.CopyToAsync(file, cancelled);
        }
    }

    public async Task ImportAsync(string directory, string folder, CancellationToken cancellationToken)
    {
        var mailbox = await client.GetFolderAsync(folder, cancellationToken);
        foreach (var paths in Directory.EnumerateFiles(directory).Order(StringComparer.Ordinal).Chunk(Appended))
        {
            var requests = new List<IAppendRequest>(paths.Length);
            foreach (var path in paths) requests.Add(new AppendRequest(await MimeMessage.LoadAsync(path, cancellationToken)));
            await mailbox.AppendAsync(requests, cancellationToken);
            foreach (var request in requests) request.Message.Dispose();
        }
    }

    public async Task MoveAsync(string folder, string target, CancellationToken cancellationToken)
    {
        var destination = await client.GetFolderAsync(target, cancellationToken);
        var mailbox = await OpenAsync(folder, FolderAccess.ReadWrite, cancellationToken);
        await mailbox.MoveToAsync(await FindAsync(mailbox, cancellationToken), destination, cancellationToken);
    }

    public async Task FlagAsync(string folder, CancellationToken cancellationToken)
    {
        var mailbox = await OpenAsync(folder, FolderAccess.ReadWrite, cancellationToken);
        var found = await FindAsync(mailbox, cancellationToken);
        await mailbox.AddFlagsAsync(found, MessageFlags.Flagged, silent: true, cancellationToken);
    }

    /// <summary>Finds "invoice"; or by a wildcard, which no server knows: what it finds by a part of that is read and compared.</summary>
    private static async Task<UniqueIdSet> FindAsync(ImapFolder mailbox, CancellationToken cancellationToken)
    {
        var wildcard = MailKitWorker.Setting("WILDCARD");
        if (wildcard.Length == 0) return Set(await mailbox.SearchAsync(SearchQuery.SubjectContains("invoice"), cancellationToken));

        var pattern = new Regex(wildcard, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        var request = new FetchRequest(MessageSummaryItems.UniqueId, [HeaderId.Subject]);
        var found = new List<UniqueId>();
        foreach (var window in (await mailbox.SearchAsync(SearchQuery.SubjectContains("inv"), cancellationToken)).Chunk(Window))
        {
            found.AddRange((await mailbox.FetchAsync(Set(window), request, cancellationToken))
                .Where(summary => pattern.IsMatch(summary.Headers?[HeaderId.Subject] ?? string.Empty))
                .Select(summary => summary.UniqueId));
        }

        return Set(found);
    }

    private static UniqueIdSet Set(IEnumerable<UniqueId> uids) => new(uids, SortOrder.Ascending);

    private async Task<ImapFolder> OpenAsync(string folder, FolderAccess access, CancellationToken cancellationToken)
    {
        var mailbox = (ImapFolder)await client.GetFolderAsync(folder, cancellationToken);
        await mailbox.OpenAsync(access, cancellationToken);
        return mailbox;
    }
}
