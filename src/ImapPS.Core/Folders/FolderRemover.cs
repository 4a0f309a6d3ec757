using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Mailbox;
using MailKit;
using MailKit.Net.Imap;

namespace ImapPS.Folders;

/// <summary>Removes one folder, which has none below it.</summary>
internal sealed class FolderRemover(MailboxAccess mailbox)
{
    /// <summary>Refuses a folder that is not the one that was read, and removes nothing.</summary>
    public Task CheckAsync(string path, uint? uidValidity, CancellationToken cancellationToken) =>
        mailbox.RunAsync(
            async (client, abort) =>
            {
                IMailFolder folder = await MailboxAccess.FindAsync(client, path, abort).ConfigureAwait(false);
                if (uidValidity is { } expected && FolderMapping.IsSelectable(folder))
                {
                    await MailboxAccess.CheckUidValidityAsync(client, folder, expected, abort).ConfigureAwait(false);
                }

                return true;
            },
            cancellationToken,
            target: path);

    /// <summary>Counts the messages, and removes the folder if there are no more than may be lost.</summary>
    public Task RemoveAsync(string path, uint? uidValidity, long mostMessages, CancellationToken cancellationToken)
    {
        bool sent = false;
        return mailbox.RunAsync(
            async (client, abort) =>
            {
                bool repeated = sent;
                IMailFolder folder;
                try
                {
                    folder = await MailboxAccess.FindAsync(client, path, abort).ConfigureAwait(false);
                }
                catch (FolderNotFoundException) when (repeated)
                {
                    return true;
                }

                // A server ends the connection of a client whose selected folder goes.
                await mailbox.LeaveAsync(client, path, folder.DirectorySeparator, abort).ConfigureAwait(false);
                bool selectable = FolderMapping.IsSelectable(folder);
                if (selectable)
                {
                    const StatusItems Items = StatusItems.Count | StatusItems.UidValidity;
                    await MailboxAccess.OnFolderAsync(client, folder, () => folder.StatusAsync(Items, abort), abort).ConfigureAwait(false);
                    if (uidValidity is { } expected && folder.UidValidity != expected)
                    {
                        throw Failures.FolderRebuilt(path, expected, folder.UidValidity);
                    }

                    if (folder.Count > mostMessages) throw Failures.FolderHasMessages(path, folder.Count);
                }

                sent = true;
                mailbox.Session.Memory.Folders.Forget();
                try
                {
                    await folder.DeleteAsync(abort).ConfigureAwait(false);
                }
                catch (ImapCommandException refused) when (refused.Response == ImapCommandResponse.No)
                {
                    // A node that held folders only may have gone with the last of them.
                    if (await MailboxAccess.ListedAsync(client, path, abort).ConfigureAwait(false) is not null) throw;
                    if (selectable && !repeated) throw Failures.FolderNotFound(path, inner: refused);
                }

                return true;
            },
            cancellationToken,
            target: path);
    }
}
