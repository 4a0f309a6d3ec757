using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Folders;
using ImapPS.Mailbox;
using ImapPS.Models;

namespace ImapPS.Backups;

/// <summary>
/// Makes the folder that messages are restored to, with its role where the server gives roles. What is above it, and is no folder of the
/// backup, held only folders, and is left to the server: most make such a node of it.
/// </summary>
internal sealed class RestoreFolderMaker(MailboxAccess mailbox)
{
    /// <returns>The path that it has.</returns>
    public async Task<string> CreateAsync(string path, ImapSpecialUse role, CancellationToken cancellationToken)
    {
        if (role != ImapSpecialUse.None && mailbox.Session.Capabilities.Contains("CREATE-SPECIAL-USE", StringComparer.OrdinalIgnoreCase))
        {
            try
            {
                return await new FolderCreator(mailbox, keepsNodes: true)
                    .CreateAsync(path, role, subscribe: false, mayExist: true, cancellationToken).ConfigureAwait(false);
            }
            catch (ImapException refused) when (Loss.IsRefusal(refused) || refused.Id == ImapErrorId.FolderExists)
            {
                mailbox.Caller.Verbose($"The server does not give '{DisplayText.Printable(path)}' the role \\{role}: {refused.Message}");
            }
        }

        return await new FolderCreator(mailbox, keepsNodes: true)
            .CreateAsync(path, ImapSpecialUse.None, subscribe: false, mayExist: true, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Subscribes to a folder, or unsubscribes from one that the server has subscribed to as it was made.</summary>
    /// <returns>Whether anything was changed.</returns>
    public async Task<bool> SubscribeAsync(string path, bool subscribed, bool isMade, CancellationToken cancellationToken)
    {
        ImapFolder now = await new FolderReader(mailbox).ReadAsync(path, status: false, cancellationToken, isMade: true)
            .ConfigureAwait(false);
        if (now.Subscribed == subscribed || (!subscribed && !isMade)) return false;

        await new FolderSubscriptions(mailbox).SetAsync(path, subscribed, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
