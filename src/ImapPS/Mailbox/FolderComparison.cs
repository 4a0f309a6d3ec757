using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Models;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;

namespace ImapPS.Mailbox;

/// <summary>
/// Compares a folder, which is open, with what has been told of it. With QRESYNC or CONDSTORE (RFC 7162) one FETCH does, however large
/// the folder; without, the flags and UIDs of all its messages are compared.
/// </summary>
/// <param name="client">The connection.</param>
/// <param name="folder">The folder.</param>
/// <param name="state">What has been told of it.</param>
/// <param name="kinds">Which events are wanted.</param>
internal sealed class FolderComparison(ImapClient client, IMailFolder folder, FolderState state, IReadOnlyCollection<ImapFolderEventKind> kinds)
{
    private bool HasModSeqs => folder.Supports(FolderFeature.ModSequences);

    /// <summary>True when the server says the UIDs of messages that are gone.</summary>
    private bool TellsVanished => HasModSeqs && folder.Supports(FolderFeature.QuickResync);

    private bool WantsExpunged => kinds.Contains(ImapFolderEventKind.Expunged);

    private bool WantsFlags => kinds.Contains(ImapFolderEventKind.FlagsChanged);

    /// <summary>The first look: what is there has been there before, unless a mark says otherwise.</summary>
    public async Task BeginAsync(CancellationToken abort)
    {
        bool isMarked = state.UidNext > 0;
        List<uint>? all = null;
        if ((WantsExpunged && !TellsVanished) || (!isMarked && folder.UidNext is null)) all = await AllAsync(abort).ConfigureAwait(false);

        if (!isMarked)
        {
            state.UidNext = folder.UidNext?.Id ?? (all!.Count == 0 ? 1 : all[all.Count - 1] + 1);
            state.Count = folder.Count;
            if (HasModSeqs) state.Advance(folder.HighestModSeq, folder.HighestModSeq);
        }

        if (WantsExpunged && !TellsVanished) state.Known = [.. all!.Where(uid => uid < state.UidNext)];
        if (WantsFlags && !HasModSeqs)
        {
            foreach (IMessageSummary message in await FetchAsync(1, changedSince: null, abort).ConfigureAwait(false))
            {
                if (message.UniqueId.Id < state.UidNext) state.Note(message.UniqueId.Id, FlagsOf(message).Flags, FlagsOf(message).Keywords);
            }
        }

        state.UidValidity = folder.UidValidity;
        state.IsBegun = true;
    }

    /// <param name="notice">What the server told.</param>
    /// <param name="abort">Cuts a command in flight.</param>
    public async Task<FolderChanges> CompareAsync(FolderNotice notice, CancellationToken abort)
    {
        FolderFigures figures = FolderFigures.Of(folder);
        bool bySequence = HasModSeqs && state.ModSeq > 0 && (WantsFlags || (WantsExpunged && TellsVanished));
        bool byFlags = !HasModSeqs && WantsFlags && (notice.IsOpened || notice.IsChanged);
        HashSet<uint> vanished = [.. notice.Vanished];
        int before = folder.Count;
        IList<IMessageSummary> seen = await VanishingAsync(
            vanished,
            () => FetchAsync(bySequence || byFlags ? 1 : state.UidNext, bySequence ? Since(notice) : null, abort)).ConfigureAwait(false);

        // What the server tells unasked may lack the UID.
        List<FlagsOfMessage> messages = [.. seen.Where(message => message.UniqueId.IsValid && message.Flags is not null).Select(FlagsOf)];
        List<uint> arrived = [.. messages.Select(message => message.Uid).Where(IsNew)];
        var changes = new FolderChanges
        {
            Changed = [.. messages.Where(message => WantsFlags && !IsNew(message.Uid))],
            Arrived = arrived,
            ModSeq = HasModSeqs ? seen.Where(message => message.UniqueId.IsValid).Select(message => message.ModSeq ?? 0).Append(folder.HighestModSeq).Max() : 0,
            Opened = notice.IsOpened ? figures : null,
            IsPartial = messages.Count < seen.Count,
        };
        if (!WantsExpunged) return changes;

        return TellsVanished
            ? WithVanished(changes, vanished, notice.IsOpened && state.Count is { } count ? count + arrived.Count - before : int.MaxValue)
            : await WithExpungedAsync(changes, notice.IsExpunged, abort).ConfigureAwait(false);
    }

    private static FlagsOfMessage FlagsOf(IMessageSummary message) =>
        new(message.UniqueId.Id, MessageMapping.Flags(message.Flags ?? MessageFlags.None), MessageMapping.Keywords(message));

    private bool IsNew(uint uid) => uid >= state.UidNext;

    private ulong Since(FolderNotice notice) => notice.IsOpened ? state.OpenModSeq : state.ModSeq;

    /// <summary>Runs a command, and takes what the server says is gone.</summary>
    private async Task<T> VanishingAsync<T>(HashSet<uint> vanished, Func<Task<T>> command)
    {
        void Take(object? sender, MessagesVanishedEventArgs gone) => vanished.UnionWith(UidSets.Of(gone.UniqueIds));
        folder.MessagesVanished += Take;
        try
        {
            return await command().ConfigureAwait(false);
        }
        finally
        {
            folder.MessagesVanished -= Take;
        }
    }

    /// <param name="changes">What else is new.</param>
    /// <param name="vanished">The UIDs that the server says are gone.</param>
    /// <param name="most">How many of the known messages can be gone.</param>
    private FolderChanges WithVanished(FolderChanges changes, HashSet<uint> vanished, int most)
    {
        List<uint> gone = [.. vanished.Where(uid => !IsNew(uid) && !state.IsGone(uid)).OrderBy(uid => uid)];

        // A server that no longer knows what went since may name all UIDs that are not there (RFC 7162, 3.2.5.1).
        return gone.Count > most
            ? changes with { IsForgotten = true, Skipped = gone }
            : changes with { Gone = gone, Skipped = [.. vanished.Where(IsNew)] };
    }

    private async Task<FolderChanges> WithExpungedAsync(FolderChanges changes, bool isTold, CancellationToken abort)
    {
        HashSet<uint> known = state.Known ?? [];
        if (!isTold && known.Count + changes.Arrived.Count == folder.Count) return changes;

        HashSet<uint> there = [.. await AllAsync(abort).ConfigureAwait(false)];
        return changes with
        {
            Gone = [.. known.Where(uid => !there.Contains(uid)).OrderBy(uid => uid)],
            Arrived = [.. there.Where(IsNew).OrderBy(uid => uid)],
        };
    }

    private async Task<List<uint>> AllAsync(CancellationToken abort)
    {
        // With ESEARCH an answer of ranges, however many messages there are.
        IEnumerable<UniqueId> all = client.Capabilities.HasFlag(ImapCapabilities.ESearch)
            ? (await folder.SearchAsync(SearchOptions.All, SearchQuery.All, abort).ConfigureAwait(false)).UniqueIds
            : await folder.SearchAsync(SearchQuery.All, abort).ConfigureAwait(false);
        return [.. UidSets.Of(all).OrderBy(uid => uid)];
    }

    private async Task<IList<IMessageSummary>> FetchAsync(uint first, ulong? changedSince, CancellationToken abort)
    {
        MessageSummaryItems items = MessageSummaryItems.UniqueId | MessageSummaryItems.Flags;
        if (HasModSeqs) items |= MessageSummaryItems.ModSeq;
        var request = new FetchRequest(items) { ChangedSince = changedSince };
        return await folder.FetchAsync(new UniqueIdRange(new UniqueId(first), UniqueId.MaxValue), request, abort).ConfigureAwait(false);
    }
}
