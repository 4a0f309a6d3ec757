using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Reading;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;

namespace ImapPS.Watching;

/// <summary>
/// Compares a folder, which is open, with what has been told of it. With QRESYNC or CONDSTORE (RFC 7162) one FETCH does, however large
/// the folder; without, the flags and UIDs of all its messages are compared.
/// </summary>
/// <param name="client">The connection.</param>
/// <param name="folder">The folder.</param>
/// <param name="state">What has been told of it.</param>
/// <param name="kinds">Which events are wanted.</param>
internal sealed class FolderComparison(ImapClient client, IMailFolder folder, FolderState state,
    IReadOnlyCollection<ImapFolderEventKind> kinds)
{
    private readonly FlagFetch _fetch = new(folder, state);

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
        if ((WantsExpunged && !TellsVanished) || (!isMarked && UidSets.Next(folder) is null))
        {
            all = await AllAsync(abort).ConfigureAwait(false);
        }

        if (!isMarked) state.Begin(UidSets.Next(folder) ?? (all!.Count == 0 ? 1 : UidSets.After(all[all.Count - 1])), folder.Count);
        if (HasModSeqs && state.ModSeq == 0) state.Advance(folder.HighestModSeq, folder.HighestModSeq);

        if (WantsExpunged) state.KeepTrack(TellsVanished ? null : all);
        state.NotesFlags = WantsFlags;
        if (WantsFlags && !HasModSeqs)
        {
            foreach (IMessageSummary message in await _fetch.RunAsync(1, changedSince: null, abort).ConfigureAwait(false))
            {
                if (message.UniqueId.Id < state.UidNext) state.Note(message.UniqueId.Id, FlagsOf(message).Flags, FlagsOf(message).Keywords);
            }
        }

        state.UidValidity = folder.UidValidity;
        state.IsBegun = true;
    }

    /// <param name="signal">What the server told.</param>
    /// <param name="abort">Cuts a command in flight.</param>
    public async Task<FolderDifference> CompareAsync(FolderSignal signal, CancellationToken abort)
    {
        FolderDifference difference = await CompareOnceAsync(signal, abort).ConfigureAwait(false);
        if (difference.Forgotten.Count > 0)
        {
            // What went just now looks the same as long as the server has not told of it.
            await client.NoOpAsync(abort).ConfigureAwait(false);
            difference = await CompareOnceAsync(signal, abort).ConfigureAwait(false);
        }

        return difference.Present is null && state.IsTooLarge(folder.Count + difference.Gone.Count)
            ? await WithPresentAsync(difference, abort).ConfigureAwait(false)
            : difference;
    }

    private async Task<FolderDifference> CompareOnceAsync(FolderSignal signal, CancellationToken abort)
    {
        // What the server says in the midst of a FETCH, the FETCH may not have seen. So what counts is what it said before.
        FolderStatus figures = FolderStatus.Of(folder);
        ulong since = signal.IsOpened ? state.OpenModSeq : state.ModSeq;
        bool bySequence = HasModSeqs && (WantsFlags || (WantsExpunged && TellsVanished));
        bool byFlags = !HasModSeqs && WantsFlags && (signal.IsOpened || signal.IsChanged);
        HashSet<uint> vanished = [.. signal.Vanished];
        var seen = new List<IMessageSummary>();
        await VanishingAsync(
            vanished,
            async () =>
            {
                if (bySequence || byFlags) seen.AddRange(await _fetch.RunAsync(1, bySequence ? since : null, abort).ConfigureAwait(false));

                // A server may show a flag sooner than an older message, which its modification sequence would then hide.
                if (!byFlags && (signal.IsOpened || signal.IsCounted))
                {
                    seen.AddRange(await _fetch.RunAsync(state.UidNext, changedSince: null, abort).ConfigureAwait(false));
                }
            }).ConfigureAwait(false);

        // What the server tells unasked may lack the UID. What it was asked for holds its last message, whatever its UID (RFC 9051, 6.4.9).
        List<IMessageSummary> messages = [.. seen.Where(message => message.UniqueId.IsValid && message.Flags is not null)];
        var difference = new FolderDifference
        {
            Changed = [.. messages.Where(message => WantsFlags && !IsNew(message.UniqueId.Id) && (!HasModSeqs || message.ModSeq > since))
                .Select(FlagsOf)],
            Arrived = UidSets.Normalize(messages.Select(message => message.UniqueId.Id).Where(IsNew)),
            Unread = [.. state.Unread.Where(IsNew).OrderBy(uid => uid)],
            ModSeq = HasModSeqs ? figures.HighestModSeq : 0,
            Opened = signal.IsOpened ? figures : null,
            IsPartial = messages.Count < seen.Count,
        };
        if (!WantsExpunged) return difference;

        return TellsVanished
            ? WithVanished(difference, vanished, signal.IsOpened
                && state.Count is { } count ? count + difference.Arrived.Count + difference.Unread.Count - figures.Count : int.MaxValue)
            : await WithExpungedAsync(difference, signal.IsExpunged, abort).ConfigureAwait(false);
    }

    private static FlagsOfMessage FlagsOf(IMessageSummary message) =>
        new(message.UniqueId.Id, MessageMapping.Flags(message.Flags ?? MessageFlags.None), MessageMapping.Keywords(message));

    private bool IsNew(uint uid) => uid >= state.UidNext;

    /// <summary>Runs commands, and takes what the server says is gone.</summary>
    private async Task VanishingAsync(HashSet<uint> vanished, Func<Task> commands)
    {
        void Take(object? sender, MessagesVanishedEventArgs gone) => vanished.UnionWith(UidSets.Of(gone.UniqueIds));
        folder.MessagesVanished += Take;
        try
        {
            await commands().ConfigureAwait(false);
        }
        finally
        {
            folder.MessagesVanished -= Take;
        }
    }

    /// <param name="difference">What else is new.</param>
    /// <param name="vanished">The UIDs that the server says are gone.</param>
    /// <param name="most">How many of the known messages can be gone.</param>
    private FolderDifference WithVanished(FolderDifference difference, HashSet<uint> vanished, int most)
    {
        List<uint> gone = [.. vanished.Where(state.MayBeThere).OrderBy(uid => uid)];

        // A server that no longer knows what went since may name all UIDs that are not there (RFC 7162, 3.2.5.1). Of what was told it is
        // known that it was there.
        return gone.Count > most
            ? difference with { Gone = [.. gone.Where(state.HasCome)], Forgotten = [.. gone.Where(uid => !state.HasCome(uid))] }
            : difference with { Gone = gone };
    }

    private async Task<FolderDifference> WithExpungedAsync(FolderDifference difference, bool isTold, CancellationToken abort)
    {
        // What may be there is no base for what is gone: the server that was to say so no longer does.
        UidRanges? known = state.IsExact ? state.Known : null;
        if (!isTold && known?.Count + difference.Arrived.Count + difference.Unread.Count == folder.Count) return difference;

        List<uint> all = await AllAsync(abort).ConfigureAwait(false);
        var there = new UidRanges(all);
        return difference with
        {
            Gone = [.. (known ?? new UidRanges()).Where(uid => !there.Contains(uid))],
            Arrived = [.. all.Where(IsNew).Except(difference.Unread)],
            Present = known is null ? all : null,
        };
    }

    /// <summary>
    /// What is there, for a state that holds far more: UIDs that no message ever had, or flags of messages of which nobody said that they
    /// went. While a message goes, nothing is made out: it is to be told yet.
    /// </summary>
    private async Task<FolderDifference> WithPresentAsync(FolderDifference difference, CancellationToken abort)
    {
        HashSet<uint> vanished = [];
        List<uint> all = [];
        await VanishingAsync(vanished, async () => all = await AllAsync(abort).ConfigureAwait(false)).ConfigureAwait(false);
        if (vanished.Count == 0 && all.Count == folder.Count) return difference with { Present = all };

        state.PutOffKeeping();
        return difference;
    }

    private async Task<List<uint>> AllAsync(CancellationToken abort)
    {
        // With ESEARCH an answer of ranges, however many messages there are.
        IList<UniqueId> all = client.Capabilities.HasFlag(ImapCapabilities.ESearch)
            ? (await folder.SearchAsync(SearchOptions.All, SearchQuery.All, abort).ConfigureAwait(false)).UniqueIds
            : await folder.SearchAsync(SearchQuery.All, abort).ConfigureAwait(false);
        return [.. UidSets.Of(all).OrderBy(uid => uid)];
    }
}
