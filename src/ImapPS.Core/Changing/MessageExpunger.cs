using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Sessions;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;

namespace ImapPS.Changing;

/// <summary>
/// Removes messages for good: marks them \Deleted, and expunges just these (UIDPLUS, RFC 4315). Whatever is repeated after a lost
/// connection removes the same messages, and no others.
/// </summary>
internal sealed class MessageExpunger(MailboxAccess mailbox)
{
    /// <summary>True while other clients' marks are off.</summary>
    private bool _areMarksOff;

    /// <summary>The messages of the command under way: those that may be gone when it fails, whatever the failure.</summary>
    public IReadOnlyCollection<uint> UnderWay { get; private set; } = [];

    /// <summary>The messages that the last command has left, although it was to expunge them; null when that is not known.</summary>
    public IReadOnlyCollection<uint>? Left { get; private set; }

    /// <summary>Refuses a server that cannot expunge some messages and leave the others; allowUnsafe takes the risk.</summary>
    public static void Require(ImapClient client, bool allowUnsafe)
    {
        if (allowUnsafe || client.Capabilities.HasFlag(ImapCapabilities.UidPlus)) return;

        throw Failures.NotSupported(
            "expunge some messages and leave others that are marked \\Deleted",
            "UIDPLUS (RFC 4315)",
            "Add -AllowUnsafeExpunge if no other client is likely to mark messages in this folder as \\Deleted at "
                + "the same moment: such a message would go as well.");
    }

    /// <summary>Expunges messages, a command line's worth of UIDs at a time.</summary>
    /// <param name="folder">Their folder.</param>
    /// <param name="uidValidity">The UIDVALIDITY that they were read under, if it is known.</param>
    /// <param name="ascending">Their UIDs, ascending. Those that are gone already are passed over.</param>
    /// <param name="allowUnsafe">Whether a server without UIDPLUS may be trusted with it.</param>
    /// <param name="cancellationToken">Asks to stop after the command in flight.</param>
    /// <returns>The UIDs, as they are done.</returns>
    public async IAsyncEnumerable<IReadOnlyList<uint>> ExpungeAsync(
        string folder,
        uint? uidValidity,
        IReadOnlyList<uint> ascending,
        bool allowUnsafe,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!await CanNameThemAsync(allowUnsafe, cancellationToken).ConfigureAwait(false))
        {
            ImapException? failed = await FailureAsync(() => SettleAsync(folder, uidValidity, ascending,
                () => ExpungeAllMarkedAsync(folder, uidValidity, ascending, cancellationToken))).ConfigureAwait(false);
            yield return [.. ascending.Except(Left!)];
            if (failed is not null) throw failed;
            yield break;
        }

        foreach (IReadOnlyList<uint> piece in UidSets.Split(ascending, _ => int.MaxValue))
        {
            cancellationToken.ThrowIfCancellationRequested();
            ImapException? failed = await FailureAsync(() => ExpungeSetAsync(folder, uidValidity, piece, cancellationToken))
                .ConfigureAwait(false);
            yield return [.. piece.Except(Left!)];
            if (failed is not null) throw failed;
        }
    }

    /// <summary>Expunges messages whose UIDs fit one command, on a server with UIDPLUS.</summary>
    public Task ExpungeSetAsync(string folder, uint? uidValidity, IReadOnlyCollection<uint> uids, CancellationToken cancellationToken) =>
        SettleAsync(folder, uidValidity, uids, () => SendAsync(folder, uidValidity, uids, cancellationToken));

    /// <summary>Why a command has not expunged all of its messages; what it has left is known.</summary>
    private async Task<ImapException?> FailureAsync(Func<Task> expunge)
    {
        try
        {
            await expunge().ConfigureAwait(false);
            return null;
        }
        catch (ImapException failed) when (Left is not null)
        {
            return failed;
        }
    }

    /// <summary>
    /// Looks what is left after a command that was refused, or that told of fewer messages than it was to expunge: a server may say NO
    /// after it has removed some, and OK without removing any.
    /// </summary>
    private async Task SettleAsync(string folder, uint? uidValidity, IReadOnlyCollection<uint> uids, Func<Task<int>> expunge)
    {
        Left = null;
        ImapException? refused = null;
        int told = 0;
        try
        {
            told = await expunge().ConfigureAwait(false);
        }
        catch (ImapException no) when (Loss.IsRefusal(no) && UnderWay.Count > 0 && no.Id != ImapErrorId.FolderNotFound)
        {
            refused = no;
        }

        Left = refused is null && told >= uids.Count ? [] : await LeftAsync(folder, uidValidity, uids).ConfigureAwait(false);
        UnderWay = [];
        if (Left.Count > 0) throw refused ?? Failures.NotExpunged(folder, Left.Count);
    }

    private Task<List<uint>> LeftAsync(string folder, uint? uidValidity, IReadOnlyCollection<uint> uids) =>
        mailbox.InFolderAsync(
            folder,
            FolderAccess.ReadOnly,
            uidValidity,
            async (_, opened, abort) =>
            {
                UniqueIdSet set = UidSets.ToSet(uids.OrderBy(uid => uid));
                return (await opened.FetchAsync(set, new FetchRequest(MessageSummaryItems.UniqueId), abort).ConfigureAwait(false))
                    .Where(message => set.Contains(message.UniqueId)).Select(message => message.UniqueId.Id).ToList();
            },
            CancellationToken.None,
            view: FolderView.WithNews);

    private Task<int> SendAsync(string folder, uint? uidValidity, IReadOnlyCollection<uint> uids, CancellationToken cancellationToken) =>
        mailbox.InFolderAsync(
            folder,
            FolderAccess.ReadWrite,
            uidValidity,
            async (client, opened, abort) =>
            {
                // Without UIDPLUS MailKit would expunge everything that is marked.
                Require(client, allowUnsafe: false);
                UniqueIdSet set = UidSets.ToSet(uids.OrderBy(uid => uid));
                UnderWay = uids;
                await opened.StoreAsync(set, Mark(StoreAction.Add), abort).ConfigureAwait(false);
                return await ExpungeNotices.CountAsync(opened, () => opened.ExpungeAsync(set, abort)).ConfigureAwait(false);
            },
            cancellationToken,
            view: FolderView.OpenedAnew);

    private Task<bool> CanNameThemAsync(bool allowUnsafe, CancellationToken cancellationToken) =>
        mailbox.RunAsync(
            (client, _) =>
            {
                Require(client, allowUnsafe);
                return Task.FromResult(client.Capabilities.HasFlag(ImapCapabilities.UidPlus));
            },
            cancellationToken);

    /// <summary>
    /// EXPUNGE takes everything that is marked \Deleted, so the marks of all others are taken off before it, and put back after it.
    /// </summary>
    private async Task<int> ExpungeAllMarkedAsync(string folder, uint? uidValidity, IReadOnlyList<uint> ascending,
        CancellationToken cancellationToken)
    {
        // It outlives a lost connection: the repetition no longer sees the marks that it has to put back.
        var others = new SortedSet<uint>();
        try
        {
            return await ExpungeAllMarkedAsync(folder, uidValidity, ascending, others, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (_areMarksOff) await PutBackAsync(folder, uidValidity, others).ConfigureAwait(false);
        }
    }

    private Task<int> ExpungeAllMarkedAsync(string folder, uint? uidValidity, IReadOnlyList<uint> ascending,
        SortedSet<uint> others, CancellationToken cancellationToken)
    {
        var ours = new HashSet<uint>(ascending);
        return mailbox.InFolderAsync(
            folder,
            FolderAccess.ReadWrite,
            uidValidity,
            async (_, opened, abort) =>
            {
                UnderWay = ascending;
                await StoreAsync(opened, ascending, StoreAction.Add, abort).ConfigureAwait(false);
                IList<UniqueId> marked = await opened.SearchAsync(SearchQuery.Deleted, abort).ConfigureAwait(false);
                bool isFirst = others.Count == 0;
                others.UnionWith(marked.Select(uid => uid.Id).Where(uid => !ours.Contains(uid)));
                if (isFirst && others.Count > 0) Warn(folder, others.Count);
                _areMarksOff = others.Count > 0;
                await StoreAsync(opened, others, StoreAction.Remove, abort).ConfigureAwait(false);
                int told = await ExpungeNotices.CountAsync(opened, () => opened.ExpungeAsync(abort)).ConfigureAwait(false);
                await StoreAsync(opened, others, StoreAction.Add, abort).ConfigureAwait(false);
                _areMarksOff = false;
                return told;
            },
            cancellationToken,
            view: FolderView.OpenedAnew);
    }

    /// <summary>Marks the others again after whatever has failed: a refusal, retries that ran out, Ctrl+C.</summary>
    private async Task PutBackAsync(string folder, uint? uidValidity, SortedSet<uint> others)
    {
        using var caller = new RescueCaller(mailbox.Caller);
        try
        {
            await new MailboxAccess(mailbox.Session, caller).InFolderAsync(
                folder,
                FolderAccess.ReadWrite,
                uidValidity,
                async (_, opened, abort) =>
                {
                    await StoreAsync(opened, others, StoreAction.Add, abort).ConfigureAwait(false);
                    return true;
                },
                caller.Abort).ConfigureAwait(false);
        }
        catch (Exception failed) when (failed is ImapException or OperationCanceledException)
        {
            mailbox.Caller.Warning(string.Format(
                CultureInfo.InvariantCulture,
                "The mark \\Deleted was removed from {0} of '{1}' that must not be expunged, and could not be set again. Their UIDs: {2}. "
                + "Set-ImapMessage -Deleted sets it again.",
                DisplayText.Count(others.Count, "message"),
                DisplayText.Printable(folder),
                string.Join(",", others)));
        }
    }

    private void Warn(string folder, int others) => mailbox.Caller.Warning(string.Format(
        CultureInfo.InvariantCulture,
        "The server does not support UIDPLUS, and expunges all messages that are marked \\Deleted. The folder '{1}' has {0} "
            + "with this mark that must remain. The mark is removed before the EXPUNGE, and set again afterwards.",
        DisplayText.Count(others, "message"),
        DisplayText.Printable(folder)));

    private static async Task StoreAsync(IMailFolder folder, IEnumerable<uint> ascending, StoreAction action, CancellationToken abort)
    {
        foreach (IReadOnlyList<uint> piece in UidSets.Split(ascending, _ => int.MaxValue))
        {
            await folder.StoreAsync(UidSets.ToSet(piece), Mark(action), abort).ConfigureAwait(false);
        }
    }

    private static StoreFlagsRequest Mark(StoreAction action) => new(action, MessageFlags.Deleted) { Silent = true };
}
