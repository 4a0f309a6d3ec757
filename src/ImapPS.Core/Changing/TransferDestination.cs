using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Folders;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Reading;
using MailKit;
using MailKit.Net.Imap;
using MimeKit;

namespace ImapPS.Changing;

/// <summary>The folder that messages go to, and which of its UIDs were there before: what is above may be ours.</summary>
internal sealed class TransferDestination
{
    private readonly MailboxAccess _mailbox;
    private uint _uidNext;

    private TransferDestination(MailboxAccess mailbox, IMailFolder folder, uint? largestMessage, bool canLook)
    {
        _mailbox = mailbox;
        Path = folder.FullName;
        UidValidity = canLook ? folder.UidValidity : null;
        _uidNext = UidSets.Next(folder) ?? 1;
        LargestMessage = largestMessage;
        CanLook = canLook;
    }

    public string Path { get; }

    /// <summary>Null when it is not known, of a folder that cannot be looked into.</summary>
    public uint? UidValidity { get; private set; }

    /// <summary>
    /// False when the server takes messages for the folder, and lets nobody see what is in it (RFC 4314, the right i without r): then
    /// what it confirms is all that is known.
    /// </summary>
    public bool CanLook { get; private set; }

    /// <summary>The largest message that the folder takes (APPENDLIMIT, RFC 7889), where the server tells.</summary>
    public uint? LargestMessage { get; }

    /// <summary>Finds the folder, and creates it, level by level, if it is missing and may be created.</summary>
    public static Task<TransferDestination> PrepareAsync(MailboxAccess mailbox, string path, bool create,
        CancellationToken cancellationToken) =>
        mailbox.RunAsync(
            async (client, abort) =>
            {
                try
                {
                    return await FindAsync(mailbox, client, path, abort).ConfigureAwait(false);
                }
                catch (Exception missing)
                    when (create && missing is FolderNotFoundException or ImapException { Id: ImapErrorId.FolderNotFound })
                {
                    IMailFolder made = await new FolderCreator(mailbox).CreateMissingAsync(client, path, abort).ConfigureAwait(false);
                    return await FindAsync(mailbox, client, made.FullName, abort).ConfigureAwait(false);
                }
            },
            cancellationToken,
            target: path);

    /// <summary>Finds the folder, and creates nothing.</summary>
    /// <returns>Null for one that is missing, may be, and could be created by its path.</returns>
    public static Task<TransferDestination?> FindAsync(MailboxAccess mailbox, string path, bool mayBeMissing,
        CancellationToken cancellationToken) =>
        mailbox.RunAsync(
            async (client, abort) =>
            {
                try
                {
                    return await FindAsync(mailbox, client, path, abort).ConfigureAwait(false);
                }
                catch (Exception missing)
                    when (mayBeMissing && missing is FolderNotFoundException or ImapException { Id: ImapErrorId.FolderNotFound })
                {
                    FolderNames.CheckPath(path, FolderNames.DelimiterFor(client, path));
                    return null;
                }
            },
            cancellationToken,
            target: path);

    /// <summary>
    /// Whether no message was ever in it: then no UID of it is known, and it may get another UIDVALIDITY, as Courier gives one to a folder
    /// that is selected for the first time.
    /// </summary>
    public bool IsUntouched => _uidNext <= 1;

    /// <summary>Notes the UIDVALIDITY that the folder has, now that it was selected.</summary>
    public void Selected(uint uidValidity)
    {
        if (UidValidity is not null && IsUntouched) UidValidity = uidValidity;
    }

    /// <summary>Notes that the server has named this UID as one of ours.</summary>
    /// <param name="uid">The UID.</param>
    /// <param name="uidValidity">The UIDVALIDITY that it was told under, if it was.</param>
    public void Confirm(uint uid, uint? uidValidity = null)
    {
        _uidNext = Math.Max(_uidNext, UidSets.After(uid));
        UidValidity ??= uidValidity;
    }

    /// <summary>
    /// Looks for messages among those that have arrived, for when the connection broke before the server could say where they are.
    /// A message is known by its size and Message-ID.
    /// </summary>
    /// <param name="messages">What to look for.</param>
    /// <param name="byNumber">
    /// Whether messages of which only the UID is known count as found when just as many have arrived. Good enough to tell where
    /// they went, never to remove an original.
    /// </param>
    /// <param name="cancellationToken">Asks to stop.</param>
    /// <returns>The new UID of each message that was found, by its old one.</returns>
    public async Task<Dictionary<uint, uint>> FindAsync(IEnumerable<ImapMessage> messages, bool byNumber,
        CancellationToken cancellationToken)
    {
        List<Arrival> arrivals = await ArrivalsAsync(cancellationToken).ConfigureAwait(false);
        var alike = arrivals
            .GroupBy(arrival => ((long)arrival.Size, arrival.MessageId))
            .ToDictionary(group => group.Key, group => new Queue<Arrival>(group));
        var found = new Dictionary<uint, uint>();
        var taken = new HashSet<uint>();
        var bare = new List<ImapMessage>();
        foreach (ImapMessage message in messages.OrderBy(message => message.Uid))
        {
            if (message.IsPartial && message.Size == 0)
            {
                bare.Add(message);
                continue;
            }

            if (!alike.TryGetValue((message.Size, message.MessageId), out Queue<Arrival>? matches) || matches.Count == 0) continue;

            uint uid = matches.Dequeue().Uid;
            found[message.Uid] = uid;
            taken.Add(uid);
        }

        if (byNumber && bare.Count == arrivals.Count - taken.Count)
        {
            List<Arrival> others = arrivals.FindAll(arrival => !taken.Contains(arrival.Uid));
            for (int i = 0; i < bare.Count; i++) found[bare[i].Uid] = others[i].Uid;
        }

        foreach (uint uid in found.Values) Confirm(uid);
        return found;
    }

    /// <summary>What has arrived since the beginning, above what was named as ours; nothing where nobody can look.</summary>
    public async Task<List<Arrival>> ArrivalsAsync(CancellationToken cancellationToken)
    {
        if (!CanLook) return [];

        List<Arrival> arrivals;
        try
        {
            arrivals = await ReadAsync(new UniqueIdRange(new UniqueId(_uidNext), UniqueId.MaxValue), cancellationToken,
                FolderView.WithNews).ConfigureAwait(false);
        }
        catch (ImapException refused) when (Loss.IsRefusal(refused)
            && refused.Id is ImapErrorId.PermissionDenied or ImapErrorId.CommandRejected)
        {
            CanLook = false;
            return [];
        }

        // "n:*" means the last message even when its UID is below n (RFC 9051, 6.4.9).
        arrivals.RemoveAll(arrival => arrival.Uid < _uidNext);
        return arrivals;
    }

    /// <summary>What tells messages of the folder apart, in the order of their UIDs.</summary>
    public Task<List<Arrival>> ReadAsync(IList<UniqueId> uids, CancellationToken cancellationToken, FolderView view = FolderView.AsTold,
        MessageSummaryItems more = MessageSummaryItems.None) =>
        _mailbox.InFolderAsync(
            Path,
            FolderAccess.ReadOnly,
            UidValidity,
            async (_, folder, abort) =>
            {
                var request = new FetchRequest(MessageSummaryItems.UniqueId | MessageSummaryItems.Size | more, [HeaderId.MessageId]);
                IList<IMessageSummary> summaries = await folder.FetchAsync(uids, request, abort).ConfigureAwait(false);
                return summaries
                    .Where(summary => summary.Size is not null)
                    .Select(summary =>
                        new Arrival(summary.UniqueId.Id, summary.Size!.Value,
                        MessageMapping.Identifier(summary.Headers, HeaderId.MessageId), summary.InternalDate))
                    .OrderBy(arrival => arrival.Uid)
                    .ToList();
            },
            cancellationToken,
            view: view);

    private static async Task<TransferDestination> FindAsync(MailboxAccess mailbox, ImapClient client, string path,
        CancellationToken abort)
    {
        IMailFolder folder = await MailboxAccess.FindAsync(client, path, abort).ConfigureAwait(false);
        if (!FolderMapping.IsSelectable(folder)) throw Failures.FolderNotSelectable(path);

        // A capability without a number says that each folder has a limit of its own.
        bool asksForLimit = client.Capabilities.HasFlag(ImapCapabilities.AppendLimit) && client.AppendLimit is null;
        StatusItems items = StatusItems.UidNext | StatusItems.UidValidity | (asksForLimit ? StatusItems.AppendLimit : StatusItems.None);
        await mailbox.CatchUpAsync(client, selected => ReferenceEquals(selected, folder), abort).ConfigureAwait(false);
        bool canLook = true;
        try
        {
            await MailboxAccess.OnFolderAsync(client, folder, () => folder.StatusAsync(items, abort), abort).ConfigureAwait(false);
        }
        catch (ImapCommandException refused) when (refused.Response == ImapCommandResponse.No
            && !NotNow.Is(mailbox.Session.Rejections, refused.ResponseText))
        {
            // Whether it takes messages all the same is for the command that brings them to say.
            canLook = false;
        }

        return new TransferDestination(mailbox, folder, folder.AppendLimit ?? client.AppendLimit, canLook);
    }
}

/// <summary>A message that has arrived in a folder.</summary>
/// <param name="Uid">Its UID.</param>
/// <param name="Size">Its RFC822.SIZE.</param>
/// <param name="MessageId">Its Message-ID without angle brackets, or empty.</param>
/// <param name="Received">Its INTERNALDATE, where it was asked for.</param>
internal sealed record Arrival(uint Uid, uint Size, string MessageId, DateTimeOffset? Received = null);
