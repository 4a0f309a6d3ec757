using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Folders;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Sessions;
using ImapPS.Syncing;

namespace ImapPS.Pipeline.Changing;

/// <summary>One synchronization of an account's folders with another account.</summary>
/// <param name="cmdlet">The cmdlet, for what only the pipeline thread may do.</param>
/// <param name="consent">What the user agrees to.</param>
/// <param name="source">Where the folders are.</param>
/// <param name="target">Where their counterparts are.</param>
/// <param name="options">What was asked for.</param>
internal sealed class FolderSyncRun(ImapCmdlet cmdlet, Consent consent, SessionConnection source, SessionConnection target,
    FolderSyncOptions options)
{
    private readonly List<FolderSync> _waiting = [];
    private readonly HashSet<(string Id, long Size)> _uncopied = [];
    private readonly SyncPace _pace = new(options.MaxBytesPerSecond, options.MaxMessagesPerSecond);

    /// <summary>Synchronizes folders.</summary>
    /// <param name="asked">The folders; null for all of the user's own.</param>
    public void Go(IReadOnlyList<FolderPath>? asked)
    {
        using SyncState state = OpenState();
        foreach (FolderPair pair in Plan(asked, state))
        {
            if (!consent.Allows($"Synchronize the folder '{pair.Source.Path}' with '{pair.Destination}' of {target.Handle.Name}.",
                options.Force))
            {
                if (!consent.IsWhatIf) continue;
            }

            var sync = new FolderSync(pair, state);
            if (!RunFor(pair, (sides, writer, stop) => sync.CompareAsync(sides, Report(writer, pair), stop))) continue;

            if (consent.IsWhatIf) Tell(sync);
            else if (RunFor(pair, (sides, writer, stop) => sync.ApplyAsync(sides, _pace, Report(writer, pair), stop)))
            {
                if (options.RemoveExtra && sync.ExtraCount > 0 && sync.End is null) _waiting.Add(sync);
                else Reconcile(sync);
            }

            if (sync.End is not null) End(sync.End);
            if (options.RemoveExtra && !consent.IsWhatIf && sync.HasUncopied) Note(sync);
        }

        Remove();
    }

    private SyncState OpenState()
    {
        return cmdlet.OrThrow(() => SyncState.Open(options.StatePath, $"{Name(source)} {Name(target)}", consent.IsWhatIf));

        static string Name(SessionConnection session) => $"{session.Handle.UserName}@{session.Handle.Server}:{session.Handle.Port}";
    }

    private IReadOnlyList<FolderPair> Plan(IReadOnlyList<FolderPath>? asked, SyncState state)
    {
        IReadOnlyList<FolderPair> pairs = [];
        cmdlet.Run(async (writer, cancellationToken) =>
        {
            SyncSides sides = Sides(writer);
            bool status = state.HasSettled;
            IReadOnlyList<ImapFolder> here = await new FolderReader(sides.Source)
                .ListAsync(_ => true, subscribedOnly: false, status, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<ImapFolder> there = await new FolderReader(sides.Target)
                .ListAsync(_ => true, subscribedOnly: false, status, cancellationToken).ConfigureAwait(false);
            var wanted = new Dictionary<ImapFolder, uint?>();
            if (asked is null)
            {
                List<ImapFolder> own = await FolderPairing.OwnAsync(sides, here, cancellationToken).ConfigureAwait(false);
                foreach (ImapFolder folder in own.Where(folder => folder.Selectable)) wanted[folder] = null;
            }

            foreach (FolderPath path in asked ?? [])
            {
                await writer.ForItemAsync(path.Path, () => Find(path, here, wanted), cancellationToken).ConfigureAwait(false);
            }

            FolderPlan plan = await new FolderPairing(here, there, options.Map).PairAsync(wanted.Keys, sides, cancellationToken)
                .ConfigureAwait(false);
            pairs = [.. plan.Pairs.Select(pair => pair with { UidValidity = wanted[pair.Source] })];
            foreach (ImapException impossible in plan.Failures)
            {
                await writer.WriteErrorAsync(impossible, cancellationToken).ConfigureAwait(false);
            }
        });
        return pairs;
    }

    private static Task Find(FolderPath asked, IReadOnlyList<ImapFolder> listed, Dictionary<ImapFolder, uint?> wanted)
    {
        foreach (string path in FolderExpansion.Expand(asked, listed))
        {
            ImapFolder folder = listed.FirstOrDefault(folder => FolderNames.AreSame(folder.Path, path))
                ?? throw Failures.FolderNotFound(path, FolderNames.Nearest(path, listed.Select(folder => folder.Path)));
            if (!folder.Selectable) throw Failures.FolderNotSelectable(path);

            wanted[folder] = asked.UidValidity;
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// Removes last what only the destination has: a message that was moved in the source is in its new folder by then. What forbids it in
    /// one folder, beside what was found there, forbids it in all.
    /// </summary>
    private void Remove()
    {
        List<FolderSync> certain = [.. _waiting.Where(IsCertain)];
        Spare(certain);
        List<FolderSync> allowed = certain.FindAll(sync => sync.ExtraCount > 0);
        if (Refusal(allowed) is { } refusal)
        {
            cmdlet.WriteError(refusal);
            allowed = [];
        }

        foreach (FolderSync sync in _waiting)
        {
            FolderPair pair = sync.Pair;
            if (consent.IsWhatIf) continue;

            if (allowed.Contains(sync) && IsAgreed(sync))
            {
                RunFor(pair, (sides, writer, stop) => sync.RemoveAsync(sides, Report(writer, pair), stop));
            }

            Reconcile(sync);
        }
    }

    /// <summary>A message may have been moved in the source to where it could not be copied: then its copy is kept where it is.</summary>
    private void Spare(List<FolderSync> folders)
    {
        if (_uncopied.Count == 0) return;

        foreach (FolderSync sync in folders)
        {
            int all = sync.ExtraCount;
            if (!RunFor(sync.Pair, (sides, _, stop) => sync.SpareAsync(sides, _uncopied, stop)) || sync.ExtraCount == all) continue;

            cmdlet.WriteWarning($"{DisplayText.Count(all - sync.ExtraCount, "message")} of '{sync.Pair.Destination}' were kept: messages "
                + "like them could not be copied to another folder.");
        }
    }

    private void Note(FolderSync sync) => RunFor(sync.Pair, async (sides, _, stop) => _uncopied
        .UnionWith((await sync.UncopiedAsync(sides, stop).ConfigureAwait(false)).Select(message => (message.MessageId, message.Size))));

    private bool IsCertain(FolderSync sync)
    {
        FolderPair pair = sync.Pair;
        if (sync.IsUncertain)
        {
            cmdlet.WriteWarning($"Not all messages of '{pair.Source.Path}' could be read or copied. "
                + $"{DisplayText.Count(sync.ExtraCount, "message")} of '{pair.Destination}' that were not found there were kept.");
        }
        else if (sync.IsSourceEmpty && options.MaxPercent < 100)
        {
            cmdlet.WriteError(Failures.SourceIsEmpty(pair.Source.Path, pair.Destination, sync.DestinationCount));
        }
        else
        {
            return true;
        }

        return false;
    }

    private ImapException? Refusal(List<FolderSync> allowed)
    {
        long all = allowed.Sum(sync => (long)sync.ExtraCount);
        if (options.MaxMessages > 0 && all > options.MaxMessages) return Failures.TooManyToRemove(options.MaxMessages, all);

        return options.MaxPercent > 0
            && allowed.Find(sync => sync.ExtraCount * 100L > sync.DestinationCount * options.MaxPercent) is { } one
            ? Failures.TooLargeShareToRemove(one.Pair.Destination, options.MaxPercent, one.ExtraCount, one.DestinationCount)
            : null;
    }

    private bool IsAgreed(FolderSync sync)
    {
        string messages = DisplayText.Count(sync.ExtraCount, "message");
        string path = DisplayText.Printable(sync.Pair.Destination);
        return consent.AllowsLoss(path, $"Expunge {messages}",
            $"The folder '{path}' of {target.Handle.Name} holds {messages} that are not in the source. They will be removed for good. "
                + "This cannot be undone.", options.Force);
    }

    private void Tell(FolderSync sync)
    {
        foreach (ImapSyncAction action in sync.Actions(options.RemoveExtra)) cmdlet.WriteObject(action);
        if (options.RemoveExtra && sync.ExtraCount > 0) _waiting.Add(sync);
    }

    private void Reconcile(FolderSync sync) =>
        RunFor(sync.Pair, async (sides, writer, stop) => await writer
            .WriteObjectAsync(await sync.ReconcileAsync(sides, stop).ConfigureAwait(false), stop).ConfigureAwait(false));

    /// <summary>What ends it all ends it once all is told that was done.</summary>
    private void End(ImapException failure)
    {
        foreach (FolderSync sync in _waiting) Reconcile(sync);
        cmdlet.Throw(failure);
    }

    private bool RunFor(FolderPair pair, Func<SyncSides, PipelineWriter, CancellationToken, Task> work) =>
        cmdlet.RunFor(pair.Source.Path, source, (_, writer, cancellationToken) => work(Sides(writer), writer, cancellationToken));

    private static FolderSyncReport Report(PipelineWriter writer, FolderPair pair) => new(writer, pair.Source.Path);

    private SyncSides Sides(PipelineWriter writer) => new(new MailboxAccess(source, writer), new MailboxAccess(target, writer));
}
