using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using MailKit;

namespace ImapPS.Watching;

/// <summary>Looks for what is new in a folder. A message that cannot be read does not end it.</summary>
/// <param name="mailbox">The account.</param>
/// <param name="connection">How the folder is watched.</param>
/// <param name="kinds">Which events are wanted.</param>
internal sealed class FolderLook(MailboxAccess mailbox, WatchConnection connection, IReadOnlyCollection<ImapFolderEventKind> kinds)
{
    /// <summary>What is new in a folder.</summary>
    public async Task<FolderDifference> CompareAsync(WatchedFolder folder, CancellationToken cancellationToken)
    {
        var unread = new UnreadFlags(mailbox, folder.State);
        while (true)
        {
            folder.State.Asked = null;
            try
            {
                return await CompareOnceAsync(folder, cancellationToken).ConfigureAwait(false);
            }
            catch (ImapException failed) when (unread.MayCause(failed))
            {
                if (!await unread.FindAsync(cancellationToken).ConfigureAwait(false)) throw;
            }
        }
    }

    private Task<FolderDifference> CompareOnceAsync(WatchedFolder folder, CancellationToken cancellationToken) =>
        mailbox.InFolderAsync(
            folder.Path,
            FolderAccess.ReadOnly,
            folder.State.UidValidity,
            async (client, opened, abort) =>
            {
                folder.Signals.Attach(opened);
                var comparison = new FolderComparison(client, opened, folder.State, kinds);
                FolderSignal signal = folder.Signals.Take();
                try
                {
                    if (!folder.State.IsBegun)
                    {
                        await comparison.BeginAsync(abort).ConfigureAwait(false);
                        connection.Explain(client, opened);
                    }

                    return await comparison.CompareAsync(signal, abort).ConfigureAwait(false);
                }
                catch
                {
                    folder.Signals.Return(signal);
                    throw;
                }
            },
            cancellationToken);
}
