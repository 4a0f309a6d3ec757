using System;
using System.Collections.Generic;
using System.Linq;
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
/// What moving and copying have in common: a command that is sent once, and a look at what became of it when the connection broke.
/// </summary>
internal abstract class MessageTransfer(MailboxAccess mailbox, TransferDestination destination)
{
    protected MailboxAccess Mailbox { get; } = mailbox;

    protected TransferDestination Destination { get; } = destination;

    /// <summary>True once messages have been sent for, until it is seen that none of them has arrived.</summary>
    protected bool MayHaveArrived { get; set; }

    /// <summary>
    /// After a broken connection the server is done with the command, or will never be. One that is only slow may still be at
    /// it, and would move or copy the messages twice.
    /// </summary>
    protected static bool IsDecided(ImapException lost) => Loss.Is(lost)
        && lost.Id != ImapErrorId.Timeout && !Loss.IsRefusalForNow(lost);

    /// <summary>Sends a command from one folder to the other that is never sent twice without a look at what it did.</summary>
    /// <param name="batch">The messages.</param>
    /// <param name="access">How their folder is opened.</param>
    /// <param name="mayBeStale">
    /// Whether it is no error that another client has expunged some of them, and the server refuses the command, since it has not
    /// told this one yet (EXPUNGEISSUED, RFC 5530). It has told then.
    /// </param>
    /// <param name="transfer">Sends it.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    protected async Task<Transfer> OnceAsync(
        MessageBatch batch,
        FolderAccess access,
        bool mayBeStale,
        Func<ImapClient, IMailFolder, IMailFolder, CancellationToken, Task<Transfer>> transfer,
        CancellationToken cancellationToken)
    {
        try
        {
            return await Mailbox.InFolderAsync(
                batch.Folder,
                access,
                batch.UidValidity,
                async (client, folder, abort) =>
                {
                    IMailFolder target = await MailboxAccess.FindAsync(client, Destination.Path, abort).ConfigureAwait(false);
                    try
                    {
                        MayHaveArrived = true;
                        Transfer done = await transfer(client, folder, target, abort).ConfigureAwait(false);
                        foreach (uint uid in done.Places.Values) Destination.Confirm(uid, done.UidValidity);
                        return done;
                    }
                    catch (FolderNotFoundException)
                    {
                        // Nothing arrives in a folder that is not there.
                        MayHaveArrived = false;
                        throw;
                    }
                    catch (ImapCommandException)
                        when (mayBeStale && Mailbox.Session.Rejections.Contains("EXPUNGEISSUED", StringComparer.Ordinal))
                    {
                        await client.NoOpAsync(abort).ConfigureAwait(false);
                        return Transfer.Stale;
                    }
                },
                cancellationToken,
                mayRepeat: false,
                FolderView.OpenedAnew).ConfigureAwait(false);
        }
        catch (ImapException late) when (late.Id == ImapErrorId.Timeout)
        {
            throw Failures.TimeoutInChange(late);
        }
    }

    /// <summary>
    /// Sends messages. When that ends in the midst, by Ctrl+C or since the connection does not come back, says of each message of which
    /// nothing is known that nothing is known.
    /// </summary>
    /// <param name="verb">What is done: move, copy.</param>
    /// <param name="batch">The messages.</param>
    /// <param name="uids">Which of them.</param>
    /// <param name="result">What is known.</param>
    /// <param name="unknown">What to say of one of which nothing is known, when the connection is lost for good.</param>
    /// <param name="work">Sends them.</param>
    protected async Task TellUnknownAsync(string verb, MessageBatch batch, IReadOnlyList<uint> uids, ChangeResult result,
        Func<string, uint, string, object, ImapException> unknown, Func<Task> work)
    {
        MayHaveArrived = false;
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (MayHaveArrived)
        {
            string what = $"{verb} to '{DisplayText.Printable(Destination.Path)}'";
            result.Errors.AddRange(Unknown().Select(uid => Failures.CutOff(what, batch.Folder, uid, batch[uid])));
            throw;
        }
        catch (ImapException failed) when (MayHaveArrived)
        {
            // A folder that is gone or rebuilt by now stops the look at what the command did; the other one may still show it.
            if (!Loss.Is(failed)) await SeekAsync(batch, [.. Unknown()], result).ConfigureAwait(false);
            result.Errors.AddRange(Unknown().Select(uid => unknown(batch.Folder, uid, Destination.Path, batch[uid])));
            if (Loss.Is(failed)) throw Failures.LostInTransfer(failed, Destination.Path);
            throw;
        }

        IEnumerable<uint> Unknown()
        {
            HashSet<uint> known =
            [
                .. result.Changes.Select(change => change.Before.Uid),
                .. result.Errors.Select(error => error.Target).OfType<ImapMessage>().Select(message => message.Uid),
            ];
            return uids.Where(uid => !known.Contains(uid));
        }
    }

    /// <summary>Looks in the destination alone for messages that may have arrived there: true of the one command that was sent.</summary>
    protected virtual async Task SeekAsync(MessageBatch batch, IReadOnlyList<uint> uids, ChangeResult result)
    {
        try
        {
            Dictionary<uint, uint> found = await Destination.FindAsync(uids.Select(uid => batch[uid]), byNumber: false,
                CancellationToken.None).ConfigureAwait(false);
            foreach (KeyValuePair<uint, uint> copy in found) Arrive(batch[copy.Key], copy.Value, result);
        }
        catch (ImapException)
        {
            // Then nobody knows.
        }
    }

    /// <param name="batch">The messages.</param>
    /// <param name="uids">Which of them to copy.</param>
    /// <param name="access">ReadWrite when the originals are to go afterwards: a folder that is read-only is then found out before.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    protected async Task<Transfer> CopyOnceAsync(MessageBatch batch, IReadOnlyList<uint> uids, FolderAccess access,
        CancellationToken cancellationToken)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                Transfer copied = await CopyOnceAsync(batch, uids, access, mayBeStale: true, cancellationToken).ConfigureAwait(false);
                return ReferenceEquals(copied, Transfer.Stale)
                    ? await CopyOnceAsync(batch, uids, access, mayBeStale: false, cancellationToken).ConfigureAwait(false)
                    : copied;
            }
            catch (ImapException refused) when (Loss.IsRefusal(refused))
            {
                // A COPY is all or nothing (RFC 9051, 6.4.7): what was refused has copied none.
                MayHaveArrived = false;
                if (!Loss.IsRefusalForNow(refused) || attempt >= Mailbox.Session.RetryCount) throw;
                await Mailbox.Session.WaitOutAsync(refused, attempt, Mailbox.Caller.Verbose, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private Task<Transfer> CopyOnceAsync(MessageBatch batch, IReadOnlyList<uint> uids, FolderAccess access,
        bool mayBeStale, CancellationToken cancellationToken) =>
        OnceAsync(
            batch,
            access,
            mayBeStale,
            async (client, folder, target, abort) => client.Capabilities.HasFlag(ImapCapabilities.UidPlus)
                ? Transfer.FromMap(await folder.CopyToAsync(UidSets.ToSet(uids), target, abort).ConfigureAwait(false), uids)
                : await NumberedTransfer.SendAsync(client, folder, uids, numbers => folder.CopyToAsync(numbers, target, abort), abort)
                    .ConfigureAwait(false),
            cancellationToken);

    /// <summary>Which of the messages, all of them still in their folder, are in the destination as well.</summary>
    protected async Task<Dictionary<uint, uint>> FindCopiesAsync(MessageBatch batch, IReadOnlyList<uint> uids,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<ImapMessage> known = await new MessageReader(Mailbox)
            .CompleteAsync([.. uids.Select(uid => batch[uid])], cancellationToken).ConfigureAwait(false);
        return await Destination.FindAsync(known, byNumber: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Which of the messages are still in their folder.</summary>
    protected Task<IReadOnlyList<uint>> PresentAsync(MessageBatch batch, IReadOnlyList<uint> uids, CancellationToken cancellationToken) =>
        Mailbox.InFolderAsync<IReadOnlyList<uint>>(
            batch.Folder,
            FolderAccess.ReadOnly,
            batch.UidValidity,
            async (_, folder, abort) =>
            [
                .. (await NumberedTransfer.LookUpAsync(folder, uids, abort).ConfigureAwait(false)).Select(summary => summary.UniqueId.Id)
                    .OrderBy(uid => uid),
            ],
            cancellationToken);

    protected Task<Dictionary<uint, uint>> WhereAsync(MessageBatch batch, IEnumerable<uint> uids, CancellationToken cancellationToken) =>
        Destination.FindAsync(uids.Select(uid => batch[uid]), byNumber: true, cancellationToken);

    /// <param name="batch">The messages.</param>
    /// <param name="uids">Which of them to report.</param>
    /// <param name="places">Where they are.</param>
    /// <param name="result">What the report goes into.</param>
    /// <param name="failure">What to say of one that is in none of the places; null when the server took it all the same.</param>
    protected void Report(MessageBatch batch, IEnumerable<uint> uids, IReadOnlyDictionary<uint, uint> places,
        ChangeResult result, Func<uint, ImapException?> failure)
    {
        foreach (uint uid in uids)
        {
            if (places.TryGetValue(uid, out uint place)) Arrive(batch[uid], place, result);
            else if (failure(uid) is { } error) result.Errors.Add(error);
            else result.Add(batch[uid], after: null, Destination.Path);
        }
    }

    protected void Arrive(ImapMessage message, uint uid, ChangeResult result)
    {
        Destination.Confirm(uid);
        result.Add(message, message.At(Mailbox.SessionId, Destination.Path, Destination.UidValidity, uid));
    }
}
