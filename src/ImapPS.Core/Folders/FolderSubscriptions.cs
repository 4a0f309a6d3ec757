using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Mailbox;
using MailKit;
using MailKit.Net.Imap;

namespace ImapPS.Folders;

/// <summary>
/// The list of folders that a user is subscribed to. The server keeps it apart from the folders: it may name some that are gone.
/// </summary>
internal sealed class FolderSubscriptions(MailboxAccess mailbox)
{
    /// <returns>Whether there is such a folder: one that is gone can still be unsubscribed from.</returns>
    public Task<bool> SetAsync(string path, bool subscribed, CancellationToken cancellationToken) =>
        mailbox.RunAsync(
            async (client, abort) =>
            {
                IMailFolder folder;
                bool exists = true;
                try
                {
                    folder = await MailboxAccess.FindAsync(client, path, abort).ConfigureAwait(false);
                }
                catch (FolderNotFoundException) when (!subscribed)
                {
                    if (await FindAsync(client, [path], abort).ConfigureAwait(false) is not [var left]) throw;

                    folder = left;
                    exists = false;
                }

                await MailboxAccess
                    .OnFolderAsync(client, folder, () => subscribed ? folder.SubscribeAsync(abort) : folder.UnsubscribeAsync(abort), abort)
                    .ConfigureAwait(false);
                return exists;
            },
            cancellationToken,
            target: path);

    /// <summary>Refuses a folder that does not exist and, for one to unsubscribe from, is not on the list either.</summary>
    public Task CheckAsync(string path, bool subscribed, CancellationToken cancellationToken) =>
        mailbox.RunAsync(
            async (client, abort) =>
            {
                bool exists = await MailboxAccess.ListedAsync(client, path, abort).ConfigureAwait(false) is not null
                    || (!subscribed && (await FindAsync(client, [path], abort).ConfigureAwait(false)).Count > 0);
                return exists ? true : throw Failures.FolderNotFound(path);
            },
            cancellationToken,
            target: path);

    /// <summary>Unsubscribes from folders that are no longer there.</summary>
    public Task RemoveAsync(IReadOnlyCollection<string> paths, CancellationToken cancellationToken) =>
        mailbox.RunAsync(
            async (client, abort) =>
            {
                foreach (IMailFolder folder in await FindAsync(client, paths, abort).ConfigureAwait(false))
                {
                    await folder.UnsubscribeAsync(abort).ConfigureAwait(false);
                }

                return true;
            },
            cancellationToken);

    private static async Task<IReadOnlyList<IMailFolder>> FindAsync(ImapClient client, IReadOnlyCollection<string> paths,
        CancellationToken abort) =>
        [.. (await FolderReader.ListAllAsync(client, subscribedOnly: true, status: false, abort).ConfigureAwait(false))
            .Where(folder => paths.Contains(folder.FullName, System.StringComparer.Ordinal))];
}
