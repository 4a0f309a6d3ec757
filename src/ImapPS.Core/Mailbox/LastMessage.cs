using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Sessions;
using MailKit;
using MailKit.Net.Imap;

namespace ImapPS.Mailbox;

/// <summary>
/// The last message of a folder, so that a set need not end in "*": imap4d finds nothing by "8:*" where "8:8" finds the message, GreenMail
/// answers BAD, and smtp4dev never.
/// </summary>
internal static class LastMessage
{
    /// <summary>
    /// Its UID; 0 in an empty folder; null when the server tells of a message that it does not show yet. Only where messages have come
    /// since the folder was opened the server is asked.
    /// </summary>
    public static async Task<uint?> UidAsync(IMailFolder folder, CancellationToken cancellationToken)
    {
        if (folder.Count == 0) return 0;
        if (folder is StreamingFolder { LastUid: { } known }) return known;

        int last = folder.Count - 1;
        try
        {
            // A server that knows only lists in parentheses gets one.
            IList<IMessageSummary> shown = await folder.FetchAsync(
                last, last, MessageSummaryItems.UniqueId | MessageSummaryItems.InternalDate, cancellationToken).ConfigureAwait(false);
            return shown.FirstOrDefault(message => message.Index == last && message.UniqueId.IsValid)?.UniqueId.Id;
        }
        catch (ImapCommandException)
        {
            return null;
        }
    }
}
