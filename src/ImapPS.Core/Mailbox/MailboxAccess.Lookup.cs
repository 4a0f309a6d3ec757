using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Folders;
using ImapPS.Sessions;
using MailKit;
using MailKit.Net.Imap;

namespace ImapPS.Mailbox;

/// <content>Folders by their paths.</content>
internal sealed partial class MailboxAccess
{
    /// <summary>The folder of that path, as MailKit has it.</summary>
    public static async Task<IMailFolder> FindAsync(ImapClient client, string path, CancellationToken cancellationToken)
    {
        if (path.Length == 0) throw Failures.FolderPathEmpty();

        if (await FindUncommonAsync(client, path, cancellationToken).ConfigureAwait(false) is { } uncommon) return uncommon;

        IMailFolder folder = await client.GetFolderAsync(path, cancellationToken).ConfigureAwait(false);

        // MailKit keeps folders that were deleted, and does not ask again for one that may have been created since.
        return folder.Exists || await ListedAsync(client, path, cancellationToken).ConfigureAwait(false) is not null
            ? folder
            : throw new FolderNotFoundException(path);
    }

    /// <summary>The folder of that path, if the server lists it now: one LIST of that name.</summary>
    public static async Task<IMailFolder?> ListedAsync(ImapClient client, string path, CancellationToken cancellationToken)
    {
        if (FolderNames.IsInbox(path)) return client.Inbox;
        if (client is StreamingClient { } streaming && streaming.FindUncommon(path) is { } uncommon)
        {
            IList<IMailFolder> all = await FolderReader.ListAllAsync(client, subscribedOnly: false, status: false, cancellationToken)
                .ConfigureAwait(false);
            return all.Contains(uncommon) ? uncommon : null;
        }

        try
        {
            // MailKit lists a name that it knows only with what begins like it: it puts the delimiter and a * behind.
            IList<IMailFolder> listed = await client.GetFoldersAsync(new FolderNamespace('*', path), cancellationToken: cancellationToken)
                .ConfigureAwait(false);
            return listed.FirstOrDefault(folder => FolderNames.AreSame(folder.FullName, path));
        }
        catch (FolderNotFoundException)
        {
            // It has not asked, since it does not know the name; so it does now.
        }

        try
        {
            return await client.GetFolderAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (FolderNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The folder of that path if its name on the line is not as it should be: for that it must have been listed.</summary>
    private static async Task<IMailFolder?> FindUncommonAsync(ImapClient client, string path, CancellationToken cancellationToken)
    {
        if (client is not StreamingClient streaming || FolderNameEncoding.Encode(path) == path) return null;
        if (streaming.FindUncommon(path) is { } known) return known;

        try
        {
            // The usual case: the name is as it should be.
            IMailFolder common = await client.GetFolderAsync(path, cancellationToken).ConfigureAwait(false);
            if (common.Exists) return common;
        }
        catch (FolderNotFoundException)
        {
            // So is a name that the server has only otherwise.
        }

        await FolderReader.ListAllAsync(client, subscribedOnly: false, status: false, cancellationToken).ConfigureAwait(false);
        return streaming.FindUncommon(path);
    }
}
