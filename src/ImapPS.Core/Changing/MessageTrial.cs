using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using MailKit;
using MailKit.Net.Imap;

namespace ImapPS.Changing;

/// <summary>
/// What a change would find: the messages that it would change, in the order in which they came, and an error for each that it would not.
/// </summary>
internal sealed record MessageTrial(IReadOnlyList<ImapMessage> Messages, IReadOnlyList<ImapException> Errors)
{
    /// <summary>The messages that are as they are to be already.</summary>
    public IReadOnlyList<ImapMessage> Unchanged { get; init; } = [];

    /// <summary>Looks which of the messages are there. The folder is opened for reading only, and its UIDVALIDITY compared.</summary>
    /// <param name="batch">The messages.</param>
    /// <param name="mailbox">The account.</param>
    /// <param name="tellsMissing">Whether one that is gone is an error, or passed over.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public static Task<MessageTrial> LookAsync(MessageBatch batch, MailboxAccess mailbox, bool tellsMissing,
        CancellationToken cancellationToken) =>
        CheckAsync(batch, mailbox, tellsMissing, check: null, refuse: null, cancellationToken);

    /// <summary>Looks which of the messages are there, and would be changed.</summary>
    /// <param name="batch">The messages.</param>
    /// <param name="mailbox">The account.</param>
    /// <param name="tellsMissing">Whether one that is gone is an error, or passed over.</param>
    /// <param name="check">Checks in the folder what the change depends on.</param>
    /// <param name="refuse">Why a message that is there would not be changed; null when it would be.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public static async Task<MessageTrial> CheckAsync(
        MessageBatch batch,
        MailboxAccess mailbox,
        bool tellsMissing,
        Action<ImapClient, IMailFolder>? check,
        Func<IMessageSummary, ImapException?>? refuse,
        CancellationToken cancellationToken)
    {
        var present = new HashSet<uint>();
        var errors = new List<ImapException>();
        uint? uidValidity = batch.UidValidity;
        foreach (IReadOnlyList<uint> uids in UidSets.Split(batch.Uids, _ => int.MaxValue))
        {
            cancellationToken.ThrowIfCancellationRequested();
            (uidValidity, IList<IMessageSummary> found) = await mailbox.InFolderAsync<(uint?, IList<IMessageSummary>)>(
                batch.Folder,
                FolderAccess.ReadOnly,
                uidValidity,
                async (client, folder, abort) =>
                {
                    check?.Invoke(client, folder);
                    MessageSummaryItems items = MessageSummaryItems.UniqueId;
                    if (refuse is not null && client.Capabilities.HasFlag(ImapCapabilities.CondStore)) items |= MessageSummaryItems.ModSeq;
                    return (folder.UidValidity, await folder.FetchAsync(UidSets.ToSet(uids), new FetchRequest(items), abort)
                        .ConfigureAwait(false));
                },
                cancellationToken,
                view: FolderView.WithNews).ConfigureAwait(false);
            var there = found
                .Where(message => batch.Contains(message.UniqueId.Id))
                .GroupBy(message => message.UniqueId.Id)
                .ToDictionary(group => group.Key, group => group.First());
            foreach (uint uid in uids)
            {
                ImapException? error = there.TryGetValue(uid, out IMessageSummary? message) ? refuse?.Invoke(message)
                    : tellsMissing ? Failures.MessageNotFound(batch.Folder, uid, batch[uid])
                    : null;
                if (error is not null) errors.Add(error);
                else if (message is not null) present.Add(uid);
            }
        }

        return new MessageTrial([.. batch.Arrived.Where(message => present.Contains(message.Uid))], errors);
    }
}
