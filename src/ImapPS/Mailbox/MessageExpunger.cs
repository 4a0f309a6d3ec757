using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Models;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;

namespace ImapPS.Mailbox;

/// <summary>
/// Removes messages for good: marks them \Deleted, and expunges just these (UIDPLUS, RFC 4315). Whatever is repeated after a lost
/// connection removes the same messages, and no others.
/// </summary>
internal sealed class MessageExpunger(MailboxAccess mailbox)
{
    /// <summary>Refuses a server that cannot expunge some messages and leave the others; force takes the risk.</summary>
    public static void Require(ImapClient client, bool force)
    {
        if (force || client.Capabilities.HasFlag(ImapCapabilities.UidPlus)) return;

        throw Failures.NotSupported(
            "expunge some messages and leave others that are marked \\Deleted",
            "UIDPLUS (RFC 4315)",
            "Add -Force if no other client is likely to mark messages in this folder as \\Deleted at the same moment: such a message would go as well.");
    }

    /// <summary>Expunges messages, a command line's worth of UIDs at a time.</summary>
    /// <param name="folder">Their folder.</param>
    /// <param name="uidValidity">The UIDVALIDITY that they were read under, if it is known.</param>
    /// <param name="ascending">Their UIDs, ascending. Those that are gone already are passed over.</param>
    /// <param name="force">Whether a server without UIDPLUS may be trusted with it.</param>
    /// <param name="cancellationToken">Asks to stop after the command in flight.</param>
    /// <returns>The UIDs, as they are done.</returns>
    public async IAsyncEnumerable<IReadOnlyList<uint>> ExpungeAsync(
        string folder,
        uint? uidValidity,
        IReadOnlyList<uint> ascending,
        bool force,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!await CanNameThemAsync(force, cancellationToken).ConfigureAwait(false))
        {
            await ExpungeAllMarkedAsync(folder, uidValidity, ascending, cancellationToken).ConfigureAwait(false);
            yield return ascending;
            yield break;
        }

        foreach (IReadOnlyList<uint> piece in UidSets.Split(ascending, _ => int.MaxValue))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await ExpungeSetAsync(folder, uidValidity, piece, cancellationToken).ConfigureAwait(false);
            yield return piece;
        }
    }

    /// <summary>Expunges messages whose UIDs fit one command, on a server with UIDPLUS.</summary>
    public Task ExpungeSetAsync(string folder, uint? uidValidity, IReadOnlyCollection<uint> uids, CancellationToken cancellationToken) =>
        mailbox.InFolderAsync(
            folder,
            FolderAccess.ReadWrite,
            uidValidity,
            async (client, opened, abort) =>
            {
                // Without UIDPLUS MailKit would expunge everything that is marked.
                Require(client, force: false);
                UniqueIdSet set = UidSets.ToSet(uids.OrderBy(uid => uid));
                await opened.StoreAsync(set, Mark(StoreAction.Add), abort).ConfigureAwait(false);
                await opened.ExpungeAsync(set, abort).ConfigureAwait(false);
                return true;
            },
            cancellationToken,
            view: FolderView.OpenedAnew);

    private Task<bool> CanNameThemAsync(bool force, CancellationToken cancellationToken) =>
        mailbox.RunAsync(
            (client, _) =>
            {
                Require(client, force);
                return Task.FromResult(client.Capabilities.HasFlag(ImapCapabilities.UidPlus));
            },
            cancellationToken);

    /// <summary>EXPUNGE takes everything that is marked \Deleted, so the marks of all others are taken off before it, and put back after it.</summary>
    private Task<bool> ExpungeAllMarkedAsync(string folder, uint? uidValidity, IReadOnlyList<uint> ascending, CancellationToken cancellationToken)
    {
        var ours = new HashSet<uint>(ascending);

        // It outlives a lost connection: the repetition no longer sees the marks that it has to put back.
        var others = new SortedSet<uint>();
        return mailbox.InFolderAsync(
            folder,
            FolderAccess.ReadWrite,
            uidValidity,
            async (_, opened, abort) =>
            {
                await StoreAsync(opened, ascending, StoreAction.Add, abort).ConfigureAwait(false);
                IList<UniqueId> marked = await opened.SearchAsync(SearchQuery.Deleted, abort).ConfigureAwait(false);
                bool isFirst = others.Count == 0;
                others.UnionWith(marked.Select(uid => uid.Id).Where(uid => !ours.Contains(uid)));
                if (isFirst && others.Count > 0) Warn(folder, others.Count);
                await StoreAsync(opened, others, StoreAction.Remove, abort).ConfigureAwait(false);
                try
                {
                    await opened.ExpungeAsync(abort).ConfigureAwait(false);
                }
                catch (ImapCommandException)
                {
                    await StoreAsync(opened, others, StoreAction.Add, abort).ConfigureAwait(false);
                    throw;
                }

                await StoreAsync(opened, others, StoreAction.Add, abort).ConfigureAwait(false);
                return true;
            },
            cancellationToken,
            view: FolderView.OpenedAnew);
    }

    private void Warn(string folder, int others) => mailbox.Caller.Warning(string.Format(
        CultureInfo.InvariantCulture,
        "The server lacks UIDPLUS, and expunges all that is marked \\Deleted. {0} other messages in '{1}' are; their marks are taken off before, and put back after.",
        others,
        Text.Printable(folder)));

    private static async Task StoreAsync(IMailFolder folder, IEnumerable<uint> ascending, StoreAction action, CancellationToken abort)
    {
        foreach (IReadOnlyList<uint> piece in UidSets.Split(ascending, _ => int.MaxValue))
        {
            await folder.StoreAsync(UidSets.ToSet(piece), Mark(action), abort).ConfigureAwait(false);
        }
    }

    private static StoreFlagsRequest Mark(StoreAction action) => new(action, MessageFlags.Deleted) { Silent = true };
}
