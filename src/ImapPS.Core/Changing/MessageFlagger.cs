using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Reading;
using MailKit;
using MailKit.Net.Imap;

namespace ImapPS.Changing;

/// <summary>
/// Changes flags, keywords and labels: a STORE for what is added and one for what is removed, a command line's worth of UIDs at a
/// time. To set a flag twice does no harm, so a lost connection only means to send it again.
/// </summary>
internal sealed class MessageFlagger(MailboxAccess mailbox, FlagChange change)
{
    private bool _isSent;

    /// <summary>What is sent. A repetition must do what was planned first: what it sees by then may be its own doing.</summary>
    private List<FlagStore>? _plan;

    /// <param name="batch">The messages.</param>
    /// <param name="reread">Whether the result is to hold the messages as they are afterwards.</param>
    /// <param name="cancellationToken">Asks to stop after the command in flight.</param>
    public IAsyncEnumerable<ChangeResult> ChangeAsync(MessageBatch batch, bool reread, CancellationToken cancellationToken) =>
        ChangeResult.EachAsync(batch, (uids, result) => ChangeSetAsync(batch, uids, reread, result, cancellationToken), cancellationToken);

    /// <summary>
    /// What the change would find. Which flags the folder keeps is not seen: a folder that is opened for reading only keeps none.
    /// </summary>
    public Task<MessageTrial> TryAsync(MessageBatch batch, bool tellsMissing, CancellationToken cancellationToken) =>
        MessageTrial.CheckAsync(
            batch,
            mailbox,
            tellsMissing,
            RequireExtensions,
            message => change.UnchangedSince is { } since && message.ModSeq > since
                ? Failures.MessageChanged(batch.Folder, message.UniqueId.Id, batch[message.UniqueId.Id])
                : null,
            cancellationToken);

    private async Task ChangeSetAsync(MessageBatch batch, IReadOnlyList<uint> uids, bool reread, ChangeResult result,
        CancellationToken cancellationToken)
    {
        HashSet<uint> refused;
        List<uint> left = [];
        ImapException? no = null;
        _isSent = false;
        try
        {
            refused = await StoreAsync(batch, uids, cancellationToken).ConfigureAwait(false);
        }
        catch (ImapException failed) when (_isSent && Loss.IsRefusal(failed) && failed.Id != ImapErrorId.FolderNotFound)
        {
            // Some of it may have been done all the same.
            refused = [];
            no = failed;
            left = await LeftAsync(batch, uids, result).ConfigureAwait(false);
        }
        catch (Exception failed) when (_isSent && failed is OperationCanceledException or ImapException)
        {
            Unknown(batch, uids, result);
            throw;
        }

        foreach (uint uid in uids.Where(refused.Contains)) result.Errors.Add(Failures.MessageChanged(batch.Folder, uid, batch[uid]));

        List<ImapMessage> changed = [.. uids.Where(uid => !refused.Contains(uid)).Except(left).Select(uid => batch[uid])];
        if (reread && changed.Count > 0) await RereadAsync(batch.With(changed), result, cancellationToken).ConfigureAwait(false);
        else changed.ForEach(message => result.Add(message, message));
        if (left.Count > 0) ExceptionDispatchInfo.Capture(no!).Throw();
    }

    private static void Unknown(MessageBatch batch, IEnumerable<uint> uids, ChangeResult result) =>
        result.Errors.AddRange(uids.Select(uid => Failures.CutOff("change", batch.Folder, uid, batch[uid])));

    private async Task<List<uint>> LeftAsync(MessageBatch batch, IReadOnlyList<uint> uids, ChangeResult result)
    {
        try
        {
            return await LeftAsync(batch, uids).ConfigureAwait(false);
        }
        catch (ImapException)
        {
            Unknown(batch, uids, result);
            throw;
        }
    }

    /// <summary>The messages that are not as they were to be.</summary>
    private Task<List<uint>> LeftAsync(MessageBatch batch, IReadOnlyList<uint> uids) =>
        mailbox.InFolderAsync(
            batch.Folder,
            FolderAccess.ReadOnly,
            batch.UidValidity,
            async (_, folder, abort) =>
            {
                UniqueIdSet set = UidSets.ToSet(uids);
                IEnumerable<uint> done = uids;
                foreach (FlagStore store in _plan!)
                {
                    done = done.Intersect(await DoneAsync(folder, store, set, abort).ConfigureAwait(false)).ToList();
                }

                return uids.Except(done).ToList();
            },
            CancellationToken.None);

    /// <returns>The messages that were left alone, since they have changed since -UnchangedSince.</returns>
    private async Task<HashSet<uint>> StoreAsync(MessageBatch batch, IReadOnlyList<uint> uids, CancellationToken cancellationToken)
    {
        _plan = null;
        return await mailbox.InFolderAsync(
            batch.Folder,
            FolderAccess.ReadWrite,
            batch.UidValidity,
            async (client, folder, abort) =>
            {
                Require(client, folder);
                bool isRepeated = _plan is not null;
                _plan ??= await PlanAsync(folder, uids, abort).ConfigureAwait(false);
                return await SendAsync(folder, _plan, uids, isRepeated, abort).ConfigureAwait(false);
            },
            cancellationToken,
            view: FolderView.OpenedAnew).ConfigureAwait(false);
    }

    private async Task<HashSet<uint>> SendAsync(IMailFolder folder, List<FlagStore> plan, IReadOnlyList<uint> uids,
        bool isRepeated, CancellationToken abort)
    {
        var refused = new HashSet<uint>();
        UniqueIdSet left = UidSets.ToSet(uids);

        // The first STORE raises the modification sequence, so the condition can only be put to that one.
        ulong? unchangedSince = change.UnchangedSince;
        foreach (FlagStore store in plan)
        {
            if (left.Count == 0) break;

            _isSent = true;
            IList<UniqueId> modified = await store.SendAsync(folder, left, unchangedSince, abort).ConfigureAwait(false);
            if (unchangedSince is not null && modified.Count > 0)
            {
                refused.UnionWith(modified.Select(uid => uid.Id));
                if (isRepeated)
                {
                    refused.ExceptWith(await DoneAsync(folder, store, UidSets.ToSet(refused.OrderBy(uid => uid)), abort)
                        .ConfigureAwait(false));
                }

                left = UidSets.ToSet(uids.Where(uid => !refused.Contains(uid)));
            }

            unchangedSince = null;
        }

        return refused;
    }

    /// <summary>When the connection broke, the STORE may have been carried out, and be what has changed the messages since.</summary>
    private static async Task<IEnumerable<uint>> DoneAsync(IMailFolder folder, FlagStore store, UniqueIdSet uids, CancellationToken abort)
    {
        MessageSummaryItems items = MessageSummaryItems.UniqueId | MessageSummaryItems.Flags;
        if (store.AreLabels) items |= MessageSummaryItems.GMailLabels;
        IList<IMessageSummary> now = await folder.FetchAsync(uids, new FetchRequest(items), abort).ConfigureAwait(false);
        return now.Where(message => message.Flags is not null && store.HoldsFor(message)).Select(message => message.UniqueId.Id);
    }

    private async Task<List<FlagStore>> PlanAsync(IMailFolder folder, IReadOnlyList<uint> uids, CancellationToken abort)
    {
        IReadOnlyList<string> unwanted = change.RemoveKeywords;
        if (change.Keywords is { } wanted)
        {
            // STORE FLAGS would replace the system flags as well, so the keywords that are not wanted are taken off by name.
            IList<IMessageSummary> now = await folder
                .FetchAsync(UidSets.ToSet(uids), new FetchRequest(MessageSummaryItems.UniqueId | MessageSummaryItems.Flags), abort)
                .ConfigureAwait(false);
            unwanted = [.. now.SelectMany(message => message.Keywords).Except(wanted, StringComparer.OrdinalIgnoreCase)];
        }

        return
        [
            .. FlagStore.Split(StoreAction.Add, MessageMapping.Flags(change.Add), change.Keywords ?? change.AddKeywords, areLabels: false),
            .. FlagStore.Split(StoreAction.Remove, MessageMapping.Flags(change.Remove), unwanted, areLabels: false),
            .. FlagStore.Split(StoreAction.Add, MessageFlags.None, change.AddLabels, areLabels: true),
            .. FlagStore.Split(StoreAction.Remove, MessageFlags.None, change.RemoveLabels, areLabels: true),
        ];
    }

    /// <summary>Refuses what the server cannot do; MailKit leaves out flags that are not permanent without a word.</summary>
    private void Require(ImapClient client, IMailFolder folder)
    {
        RequireExtensions(client, folder);
        MessageFlags lost = MessageMapping.Flags(change.Add | change.Remove) & ~folder.PermanentFlags;
        if (lost != MessageFlags.None) throw Failures.FlagsNotKept(folder.FullName, $"the flags {lost}");

        if (folder.PermanentFlags.HasFlag(MessageFlags.UserDefined))
        {
            mailbox.Session.Memory.LearnKeywords(change.Keywords ?? change.AddKeywords);
            return;
        }

        foreach (string keyword in (change.Keywords ?? change.AddKeywords)
            .Except(folder.PermanentKeywords, StringComparer.OrdinalIgnoreCase))
        {
            throw Failures.FlagsNotKept(folder.FullName, $"the keyword '{keyword}'");
        }
    }

    private void RequireExtensions(ImapClient client, IMailFolder folder)
    {
        if (change.HasLabels && !client.Capabilities.HasFlag(ImapCapabilities.GMailExt1))
        {
            throw Failures.NotSupported("label messages", "Gmail's X-GM-EXT-1", "Use keywords: -AddKeyword and -RemoveKeyword.");
        }

        if (change.UnchangedSince is not null
            && !(client.Capabilities.HasFlag(ImapCapabilities.CondStore) && folder.Supports(FolderFeature.ModSequences)))
        {
            throw Failures.NotSupported("tell whether messages have changed", "CONDSTORE (RFC 7162)", "Leave out -UnchangedSince.");
        }
    }

    private async Task RereadAsync(MessageBatch changed, ChangeResult result, CancellationToken cancellationToken)
    {
        MessageBatch now;
        try
        {
            now = await new MessageRefresher(mailbox).RefreshAsync(changed, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // They have been changed all the same; only how they are now is not known.
            foreach (ImapMessage message in changed.Messages) result.Add(message, message.AsPartial());
            throw;
        }

        foreach (ImapMessage message in changed.Messages)
        {
            if (now.Contains(message.Uid)) result.Add(message, now[message.Uid]);
            else result.Errors.Add(Failures.MessageNotFound(changed.Folder, message.Uid, message));
        }
    }
}
