using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Mailbox;
using MailKit;
using MailKit.Search;

namespace ImapPS.Watching;

/// <summary>
/// Finds the messages on which the FETCH of a watch fails. Each is told once, and asked for no more; the watch goes on with the others.
/// </summary>
/// <param name="mailbox">The account.</param>
/// <param name="state">The folder.</param>
internal sealed class UnreadFlags(MailboxAccess mailbox, FolderState state)
{
    /// <summary>More of them are no exceptions, and each takes a command of every look.</summary>
    private const int Most = 100;

    /// <summary>True for what a single message may have caused.</summary>
    public bool MayCause(ImapException failed) => state.Asked is not null && state.Unread.Count < Most && (
        failed.Id is ImapErrorId.ProtocolError
        || (failed.Id == ImapErrorId.CommandRejected && Loss.IsRefusal(failed))
        || (failed.Id == ImapErrorId.ConnectionLost && mailbox.Session.RetryCount > 0));

    /// <summary>Asks the same of fewer and fewer messages.</summary>
    /// <returns>False when each of them can be read.</returns>
    public async Task<bool> FindAsync(CancellationToken cancellationToken)
    {
        FlagQuestion question = state.Asked!;
        state.Asked = null;
        HashSet<uint> seen = [];
        var isolation = new Isolation(
            mailbox,
            state.Path,
            state.UidValidity,
            async (_, folder, uids, abort) =>
            {
                void OnFetched(object? sender, MessageSummaryFetchedEventArgs args)
                {
                    if (args.Message is { UniqueId.IsValid: true, Flags: not null }) seen.Add(args.Message.UniqueId.Id);
                }

                folder.MessageSummaryFetched += OnFetched;
                try
                {
                    await folder.FetchAsync(UidSets.ToSet(uids), FlagFetch.Request(folder, question.ChangedSince), abort)
                        .ConfigureAwait(false);
                }
                finally
                {
                    folder.MessageSummaryFetched -= OnFetched;
                }
            },
            seen.Contains);
        IReadOnlyList<UnreadMessage> unread = await isolation.RunAsync(
            UidSets.Split(await ThereAsync(question.First, cancellationToken).ConfigureAwait(false), _ => int.MaxValue), cancellationToken)
            .ConfigureAwait(false);
        foreach (UnreadMessage message in unread)
        {
            state.Unread.Add(message.Uid);
            mailbox.Caller.Error(Failures.MessageUnreadable(state.Path, message.Uid, message.Reason));
        }

        return unread.Count > 0;
    }

    private Task<List<uint>> ThereAsync(uint first, CancellationToken cancellationToken) =>
        mailbox.InFolderAsync<List<uint>>(
            state.Path,
            FolderAccess.ReadOnly,
            state.UidValidity,
            async (_, folder, abort) =>
            [
                .. UidSets.Of(await folder.SearchAsync(SearchQuery.All, abort).ConfigureAwait(false))
                    .Where(uid => uid >= first && !state.Unread.Contains(uid)).OrderBy(uid => uid),
            ],
            cancellationToken);
}
