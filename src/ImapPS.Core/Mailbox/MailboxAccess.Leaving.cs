using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Folders;
using MailKit;
using MailKit.Net.Imap;

namespace ImapPS.Mailbox;

/// <content>Leaving the folder that is selected.</content>
internal sealed partial class MailboxAccess
{
    /// <summary>
    /// Sees to it that neither a folder nor one below it is selected, before it goes: a server ends the connection of a client whose
    /// selected folder is no more.
    /// </summary>
    public async Task LeaveAsync(ImapClient client, string path, char delimiter, CancellationToken cancellationToken)
    {
        if (Session.Selected is not { IsOpen: true } selected) return;
        if (!FolderNames.AreSame(selected.FullName, path) && !FolderNames.IsBelow(selected.FullName, path, delimiter)) return;

        if (client.Capabilities.HasFlag(ImapCapabilities.Unselect))
        {
            Session.Selected = null;
            await selected.CloseAsync(expunge: false, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            // CLOSE would expunge what is marked \Deleted (RFC 9051, 6.4.1); to open another folder does not.
            await OpenAsync(client, client.Inbox!.FullName, FolderAccess.ReadOnly, uidValidity: null, FolderView.AsTold, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Sees to it that no folder is selected in which a command could change anything: which one is nothing that the user sees.
    /// </summary>
    public async Task LeaveAsync(ImapClient client, CancellationToken cancellationToken)
    {
        if (Session.Selected is not { IsOpen: true } selected) return;

        Session.Selected = null;
        if (client.Capabilities.HasFlag(ImapCapabilities.Unselect))
        {
            await selected.CloseAsync(expunge: false, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            // CLOSE would expunge what is marked \Deleted (RFC 9051, 6.4.1); to open a folder does not.
            await Session.News.LookAsync(() => selected.OpenAsync(FolderAccess.ReadOnly, cancellationToken)).ConfigureAwait(false);
            Session.Selected = selected;
        }
    }

    /// <summary>
    /// The same, before it is asked what the folders are: of one that is selected, and was made anew meanwhile, Dovecot tells what the old
    /// one was.
    /// </summary>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(
                async (client, abort) =>
                {
                    await LeaveAsync(client, abort).ConfigureAwait(false);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (ImapException gone) when (gone.Id == ImapErrorId.FolderNotFound || Loss.IsRefusal(gone))
        {
            // After a SELECT that failed no folder is selected: that is as good.
        }
    }

    /// <summary>
    /// Sees to it that a folder is not open for reading only, before something is added to it: some servers refuse that (Courier).
    /// </summary>
    public async Task ReleaseAsync(ImapClient client, string path, CancellationToken cancellationToken)
    {
        if (Session.Selected is not { IsOpen: true, Access: FolderAccess.ReadOnly } selected
            || !FolderNames.AreSame(selected.FullName, path)) return;

        Session.Selected = null;
        try
        {
            if (client.Capabilities.HasFlag(ImapCapabilities.Unselect))
            {
                await selected.CloseAsync(expunge: false, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await Session.News.LookAsync(() => selected.OpenAsync(FolderAccess.ReadWrite, cancellationToken)).ConfigureAwait(false);
                Session.Selected = selected;
            }
        }
        catch (ImapCommandException)
        {
            // After a SELECT that failed no folder is selected: that is as good.
        }
    }
}
