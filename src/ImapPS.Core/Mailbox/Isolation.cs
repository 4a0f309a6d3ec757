using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Sessions;
using MailKit;
using MailKit.Net.Imap;

namespace ImapPS.Mailbox;

/// <summary>
/// Reads a set of messages so that one which the server refuses, or which cannot be parsed, stops only itself. Where answers came before
/// the failure, the next message is the suspect; else the set is halved.
/// </summary>
/// <param name="mailbox">Where the messages are.</param>
/// <param name="folder">Their folder.</param>
/// <param name="uidValidity">What the UIDs were read under, if that is known.</param>
/// <param name="read">Reads the messages of a set, which are ascending and not done. Called again for what is left of it.</param>
/// <param name="isDone">True for a message that needs no further reading.</param>
internal sealed class Isolation(
    MailboxAccess mailbox,
    string folder,
    uint? uidValidity,
    Func<ImapClient, StreamingFolder, IReadOnlyList<uint>, CancellationToken, Task> read,
    Predicate<uint> isDone)
{
    /// <summary>How many messages in a row may be unreadable while no other was read: then it is not the messages.</summary>
    private const int MostUnproved = 8;

    /// <summary>How many may be unreadable in a row.</summary>
    private const int MostInARow = 32;

    private readonly Stack<IReadOnlyList<uint>> _sets = new();
    private readonly List<UnreadMessage> _unread = [];
    private ImapException? _first;
    private bool _isAlone;
    private bool _isInOrder = true;
    private uint? _suspect;
    private bool _hasBegun;
    private int _inARow;

    /// <summary>What is known of the connection from other sets of the same work.</summary>
    public Evidence Evidence { get; init; } = new();

    /// <summary>
    /// Tries to read less of a message that cannot be read as it was asked for; true when that is done. Null where there is no less.
    /// </summary>
    public Func<uint, CancellationToken, Task<bool>>? TryLess { get; init; }

    /// <summary>Reads the sets, one after the other.</summary>
    /// <returns>The messages that cannot be read.</returns>
    public async Task<IReadOnlyList<UnreadMessage>> RunAsync(IEnumerable<IReadOnlyList<uint>> sets, CancellationToken cancellationToken)
    {
        foreach (IReadOnlyList<uint> set in sets.Reverse()) _sets.Push(set);
        _isAlone = _sets.Sum(set => set.Count) == 1;
        while (_sets.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            List<uint> set = [.. _sets.Pop().Where(uid => !isDone(uid))];
            if (set.Count == 0) continue;

            try
            {
                await ReadAsync(set, read, isPatient: _first is null || set.Count == 1, cancellationToken).ConfigureAwait(false);
                Succeed();
                _isInOrder &= set[0] != _suspect;
            }
            catch (ImapException failed) when (IsAboutMessages(failed) && !IsUnproved(failed))
            {
                _first ??= failed;
                await DivideAsync(set, failed, cancellationToken).ConfigureAwait(false);
            }
            catch (ImapException lost) when (_hasBegun && lost.Id == ImapErrorId.ConnectionLost
                && mailbox.Session.RetryCount == 0 && set.Exists(uid => !isDone(uid)))
            {
                // Not isolated: without retries nothing connects again. Which message it was can be told all the same.
                throw Failures.LostWhileReading(folder, set.FindAll(uid => !isDone(uid)), lost);
            }
        }

        await ProveAsync(cancellationToken).ConfigureAwait(false);
        return _unread;
    }

    /// <summary>Reads one message in another way; false when it cannot be read in that way either.</summary>
    public async Task<bool> TryAsync(uint uid, Func<ImapClient, StreamingFolder, IReadOnlyList<uint>, CancellationToken, Task> other,
        CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync([uid], other, isPatient: false, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (ImapException failed) when (IsAboutMessages(failed))
        {
            return false;
        }
    }

    private async Task DivideAsync(List<uint> set, ImapException failed, CancellationToken cancellationToken)
    {
        List<uint> left = set.FindAll(uid => !isDone(uid));
        if (left.Count < set.Count) Succeed();
        if (left.Count == 0) return;

        if (set.Count == 1)
        {
            await GiveUpAsync(left[0], failed, cancellationToken).ConfigureAwait(false);
            return;
        }

        // Servers answer in order, and MailKit stops at the first answer that it cannot read. Once that has proved wrong, it is halves.
        bool isFirst = _isInOrder && (left.Count < set.Count || failed.Id == ImapErrorId.ProtocolError);
        _suspect = isFirst ? left[0] : null;
        int first = isFirst ? 1 : Math.Max(1, left.Count / 2);
        _sets.Push(left.GetRange(first, left.Count - first));
        _sets.Push(left.GetRange(0, first));
    }

    private async Task GiveUpAsync(uint uid, ImapException failed, CancellationToken cancellationToken)
    {
        if (TryLess is { } less && await less(uid, cancellationToken).ConfigureAwait(false))
        {
            Succeed();
            return;
        }

        _unread.Add(new UnreadMessage(uid, failed));
        _inARow++;
        if (_inARow >= (Evidence.Works ? MostInARow : MostUnproved)) throw _first ?? failed;

        // Before it is the server's fault, one from the other end is tried.
        if (!Evidence.Works && _inARow == MostUnproved - 1 && _sets.LastOrDefault(set => set.Count > 0) is { } last)
        {
            _sets.Push([last[last.Count - 1]]);
        }
    }

    private void Succeed()
    {
        Evidence.Works = true;
        _inARow = 0;
    }

    /// <summary>
    /// A connection that was lost with each message is lost with whatever is asked; unless the server answers something about one of them.
    /// </summary>
    private async Task ProveAsync(CancellationToken cancellationToken)
    {
        if (Evidence.Works || _unread.Find(message => message.Reason.Id == ImapErrorId.ConnectionLost) is not { } doubtful) return;

        if (!await TryAsync(doubtful.Uid, (_, opened, uids, abort) =>
            opened.FetchAsync(UidSets.ToSet(uids), new FetchRequest(MessageSummaryItems.UniqueId), abort), cancellationToken)
            .ConfigureAwait(false))
        {
            throw doubtful.Reason;
        }
    }

    /// <param name="set">The messages.</param>
    /// <param name="reading">Reads them.</param>
    /// <param name="isPatient">Whether a lost connection may have been the line's fault, once.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    private Task<bool> ReadAsync(IReadOnlyList<uint> set,
        Func<ImapClient, StreamingFolder, IReadOnlyList<uint>, CancellationToken, Task> reading,
        bool isPatient, CancellationToken cancellationToken)
    {
        _hasBegun = false;
        return mailbox.InFolderAsync(
            folder,
            FolderAccess.ReadOnly,
            uidValidity,
            async (client, opened, abort) =>
            {
                _hasBegun = true;
                List<uint> left = [.. set.Where(uid => !isDone(uid))];
                if (left.Count == 0) return true;

                try
                {
                    await reading(client, (StreamingFolder)opened, left, abort).ConfigureAwait(false);
                }
                catch (ImapCommandException refused) when (_first is not null)
                {
                    // That the folder is still there was looked up at the first refusal.
                    throw Translation.Translate(refused, mailbox.Session.Rejections, folder);
                }
                catch (Exception broken) when (broken is ArgumentException || UnreadableResponseException.IsStumble(broken))
                {
                    throw new UnreadableResponseException(broken.Message, broken);
                }

                return true;
            },
            cancellationToken,
            repeats: IsRepeated);

        bool IsRepeated(Exception failure)
        {
            if (failure is ImapException || Translation.IsLate(failure)) return true;
            if (Translation.IsNonsense(failure) || !isPatient) return false;

            isPatient = _isAlone && !Evidence.Works;
            return true;
        }
    }

    /// <summary>A connection that is lost with the first message that was ever asked for may be lost with any.</summary>
    private bool IsUnproved(ImapException failed) => failed.Id == ImapErrorId.ConnectionLost && _isAlone && !Evidence.Works
        && !mailbox.Session.Memory.Fetches.HasWorked;

    private bool IsAboutMessages(ImapException failed) => _hasBegun && (failed.Id is ImapErrorId.ProtocolError
        || (failed.Id == ImapErrorId.CommandRejected && Loss.IsRefusal(failed))
        || (failed.Id == ImapErrorId.ConnectionLost && mailbox.Session.RetryCount > 0));
}
