using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Mailbox;
using ImapPS.Models;
using MailKit;
using MailKit.Net.Imap;

namespace ImapPS.Watching;

/// <summary>
/// What a watch asks of each new connection: that the server says what vanished, and tells of the folders that are not open.
/// </summary>
/// <param name="mailbox">The account, on that connection.</param>
/// <param name="folders">The folders that are watched.</param>
internal sealed class WatchConnection(MailboxAccess mailbox, IReadOnlyList<WatchedFolder> folders)
{
    /// <summary>What NOTIFY's list of folders may take of a command line.</summary>
    private const int LongestList = 7_500;

    /// <summary>True when the server tells of all folders.</summary>
    public bool IsNotified { get; private set; }

    /// <summary>
    /// What a new connection needs before a folder is opened: QRESYNC can be enabled only then, and what NOTIFY tells must not be missed.
    /// </summary>
    public async Task PrepareAsync(ImapClient client, CancellationToken cancellationToken)
    {
        IsNotified = false;
        try
        {
            if (client.Capabilities.HasFlag(ImapCapabilities.QuickResync))
            {
                await client.EnableQuickResyncAsync(cancellationToken).ConfigureAwait(false);
            }

            if (folders.Count > 1 && client.Capabilities.HasFlag(ImapCapabilities.Notify))
            {
                await NotifyAsync(client, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (ImapCommandException refused)
        {
            mailbox.Caller.Verbose(
                string.Format(CultureInfo.InvariantCulture, "The server refused: {0}", DisplayText.Printable(refused.ResponseText)));
        }
    }

    /// <summary>Says how a folder is watched.</summary>
    public void Explain(ImapClient client, IMailFolder folder)
    {
        string how = folder.Supports(FolderFeature.QuickResync) ? "QRESYNC" : folder.Supports(FolderFeature.ModSequences)
            ? "CONDSTORE" : "neither QRESYNC nor CONDSTORE";
        string waits = client.Capabilities.HasFlag(ImapCapabilities.Idle) ? "IDLE" : "polling";
        string others = folders.Count == 1 ? string.Empty
            : IsNotified ? ", NOTIFY for the other folders"
            : ", STATUS for the other folders";
        mailbox.Caller.Verbose($"Watching '{DisplayText.Printable(folder.FullName)}' with {waits} and {how}{others}.");
    }

    private async Task NotifyAsync(ImapClient client, CancellationToken cancellationToken)
    {
        if (folders.Sum(folder => (2 * folder.Path.Length) + 3) > LongestList) return;

        var there = new List<IMailFolder>();
        foreach (WatchedFolder folder in folders)
        {
            try
            {
                IMailFolder found = await MailboxAccess.FindAsync(client, folder.Path, cancellationToken).ConfigureAwait(false);
                folder.Signals.Attach(found);
                there.Add(found);
            }
            catch (FolderNotFoundException)
            {
                // The next look says so.
            }
        }

        if (there.Count == 0) return;

        ImapEvent[] events = [new ImapEvent.MessageNew(), ImapEvent.MessageExpunge, ImapEvent.FlagChange];
        await client.NotifyAsync(
            status: false,
            [new ImapEventGroup(ImapMailboxFilter.SelectedDelayed, events),
                new ImapEventGroup(new ImapMailboxFilter.Mailboxes(there), events)],
            cancellationToken).ConfigureAwait(false);
        IsNotified = true;
    }
}
