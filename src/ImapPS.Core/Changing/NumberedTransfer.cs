using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Mailbox;
using MailKit;
using MailKit.Net.Imap;

namespace ImapPS.Changing;

/// <summary>
/// Without UIDPLUS MailKit moves and copies by sequence numbers. They hold as long as no EXPUNGE is told, which no server may do between
/// this lookup and the command (RFC 9051, 7.5.1); if one came with the lookup itself, look again.
/// </summary>
internal static class NumberedTransfer
{
    /// <summary>Sends a command for those of the messages that are there.</summary>
    public static async Task<Transfer> SendAsync(ImapClient client, IMailFolder folder, IReadOnlyList<uint> uids,
        Func<IList<int>, Task> send, CancellationToken abort)
    {
        int expunged = 0;
        void Count(object? sender, MessageEventArgs e) => expunged++;

        folder.MessageExpunged += Count;
        try
        {
            IList<IMessageSummary> present;
            do
            {
                await client.NoOpAsync(abort).ConfigureAwait(false);
                expunged = 0;
                present = await LookUpAsync(folder, uids, abort).ConfigureAwait(false);
            }
            while (expunged > 0);

            if (present.Count > 0) await send([.. present.Select(summary => summary.Index)]).ConfigureAwait(false);
            return Transfer.Unmapped([.. present.Select(summary => summary.UniqueId.Id)]);
        }
        finally
        {
            folder.MessageExpunged -= Count;
        }
    }

    /// <summary>Which of the messages are there.</summary>
    public static Task<IList<IMessageSummary>> LookUpAsync(IMailFolder folder, IReadOnlyList<uint> uids, CancellationToken abort) =>
        folder.FetchAsync(UidSets.ToSet(uids), new FetchRequest(MessageSummaryItems.UniqueId), abort);
}
