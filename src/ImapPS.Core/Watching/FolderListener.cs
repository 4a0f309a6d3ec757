using System;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Mailbox;
using MailKit;

namespace ImapPS.Watching;

/// <summary>
/// Waits for news of one folder, on a connection that nothing else uses. What is told while nobody waits is kept, and a new
/// connection is news by itself: nobody told of what happened before it.
/// </summary>
/// <param name="mailbox">The account, on that connection.</param>
/// <param name="path">The folder.</param>
/// <param name="uidValidity">The UIDVALIDITY that the folder must have, if it is known.</param>
/// <param name="turn">How to wait.</param>
/// <param name="wanted">The news that are worth waking up for.</param>
internal sealed class FolderListener(MailboxAccess mailbox, string path, uint? uidValidity, IdleTurn turn, FolderNews wanted)
{
    private readonly object _lock = new();
    private IMailFolder? _folder;
    private int _count;
    private FolderNews _news;

    /// <summary>Waits until there is news, or for one turn.</summary>
    /// <param name="longest">How long to wait at the most.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    /// <returns>The news, which are given out once.</returns>
    public async Task<FolderNews> WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        await mailbox.InFolderAsync(
            path,
            FolderAccess.ReadOnly,
            uidValidity,
            async (client, folder, abort) =>
            {
                Attach(folder);
                await turn.RunAsync(client, longest, HasNews, cancellationToken, abort).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return Take();
    }

    /// <summary>Asks the server for what it has not told yet.</summary>
    /// <returns>The news, which are given out once.</returns>
    public async Task<FolderNews> AskAsync(CancellationToken cancellationToken)
    {
        await mailbox.InFolderAsync(
            path,
            FolderAccess.ReadOnly,
            uidValidity,
            async (client, folder, abort) =>
            {
                Attach(folder);
                await client.NoOpAsync(abort).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return Take();
    }

    private FolderNews Take()
    {
        lock (_lock)
        {
            FolderNews news = _news;
            _news = FolderNews.None;
            return news;
        }
    }

    private bool HasNews()
    {
        lock (_lock) return _news != FolderNews.None;
    }

    private void Attach(IMailFolder folder)
    {
        if (ReferenceEquals(_folder, folder)) return;

        _folder = folder;
        _count = folder.Count;
        folder.CountChanged += (_, _) => Tell(folder.Count > _count ? FolderNews.Arrived : FolderNews.None, folder);
        folder.MessageFlagsChanged += (_, _) => Tell(FolderNews.Changed, folder);
        folder.MessageLabelsChanged += (_, _) => Tell(FolderNews.Changed, folder);
        Tell(FolderNews.Unknown, folder);
    }

    /// <summary>On the thread that reads from the server.</summary>
    private void Tell(FolderNews news, IMailFolder folder)
    {
        lock (_lock)
        {
            _count = folder.Count;
            _news |= news & wanted;
        }

        if (HasNews()) turn.Wake();
    }
}
