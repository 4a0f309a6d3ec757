using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using MailKit;
using MailKit.Net.Imap;
using MimeKit;

namespace ImapPS.Benchmarks.Workers;

/// <summary>MailKit as most programs use it: one call to list, then a call for each message.</summary>
internal sealed class NaiveWork(ImapClient client) : IMailWork
{
    public async Task ListAsync(string folder, bool isRead, CancellationToken cancellationToken)
    {
        var mailbox = await OpenAsync(folder, FolderAccess.ReadOnly, cancellationToken);
        var summaries = await mailbox.FetchAsync(0, -1, Summaries.Items, cancellationToken);
        if (isRead) Summaries.Read(summaries);
    }

    public async Task MeasureAsync(string folder, CancellationToken cancellationToken)
    {
        var mailbox = await OpenAsync(folder, FolderAccess.ReadOnly, cancellationToken);
        Summaries.Count(await mailbox.FetchAsync(0, -1, Summaries.Items, cancellationToken), []);
    }

    public async Task SaveAsync(string folder, string directory, CancellationToken cancellationToken)
    {
        var mailbox = await OpenAsync(folder, FolderAccess.ReadOnly, cancellationToken);
        for (var index = 0; index < mailbox.Count; index++)
        {
            using var message = await mailbox.GetMessageAsync(index, cancellationToken);
            await message.WriteToAsync(Path.Combine(directory, $"{index}.eml"), cancellationToken);
        }
    }

    public async Task ImportAsync(string directory, string folder, CancellationToken cancellationToken)
    {
        var mailbox = await client.GetFolderAsync(folder, cancellationToken);
        foreach (var path in Directory.EnumerateFiles(directory))
        {
            using var message = await MimeMessage.LoadAsync(path, cancellationToken);
            await mailbox.AppendAsync(message, MessageFlags.None, cancellationToken);
        }
    }

    public async Task MoveAsync(string folder, string target, CancellationToken cancellationToken)
    {
        var destination = await client.GetFolderAsync(target, cancellationToken);
        await ForEachFoundAsync(folder, (mailbox, uid) => mailbox.MoveToAsync(uid, destination, cancellationToken), cancellationToken);
    }

    public Task FlagAsync(string folder, CancellationToken cancellationToken) => ForEachFoundAsync(folder,
        (mailbox, uid) => mailbox.AddFlagsAsync(uid, MessageFlags.Flagged, silent: true, cancellationToken), cancellationToken);

    private async Task ForEachFoundAsync(string folder, Func<IMailFolder, UniqueId, Task> change, CancellationToken cancellationToken)
    {
        var mailbox = await OpenAsync(folder, FolderAccess.ReadWrite, cancellationToken);
        var summaries = await mailbox.FetchAsync(0, -1, MessageSummaryItems.UniqueId | MessageSummaryItems.Envelope, cancellationToken);
        foreach (var summary in summaries)
        {
            if (summary.Envelope?.Subject?.Contains("invoice", StringComparison.OrdinalIgnoreCase) is true)
                await change(mailbox, summary.UniqueId);
        }
    }

    private async Task<IMailFolder> OpenAsync(string folder, FolderAccess access, CancellationToken cancellationToken)
    {
        var mailbox = await client.GetFolderAsync(folder, cancellationToken);
        await mailbox.OpenAsync(access, cancellationToken);
        return mailbox;
    }
}
