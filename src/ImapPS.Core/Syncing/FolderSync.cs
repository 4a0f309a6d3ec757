using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Changing;
using ImapPS.Errors;
using ImapPS.Models;

namespace ImapPS.Syncing;

/// <summary>
/// Brings one folder of the destination to the state of its counterpart in the source: compares both, creates, copies, sets flags, and
/// removes what it is told to. What was done is known after each step, and a step that fails leaves the folder for the next run.
/// </summary>
internal sealed partial class FolderSync(FolderPair pair, SyncState state)
{
    private readonly HashSet<uint> _dealtWith = [];
    private HashSet<uint> _spared = [];
    private FolderSnapshot _source = FolderSnapshot.Missing(pair.Source.Path);
    private FolderSnapshot _destination = FolderSnapshot.Missing(pair.Destination);
    private SyncMatch _match = new();
    private FlagDifferences _flags = new();
    private KeptFlags? _kept;
    private SettledFolder? _untouched;
    private long _copied;
    private long _removed;
    private bool _hasChanged;
    private bool _isFailed;

    public FolderPair Pair { get; } = pair;

    /// <summary>How many messages only the destination has, and may be removed.</summary>
    public int ExtraCount => Removable.Count();

    /// <summary>How many messages the destination has.</summary>
    public long DestinationCount => _destination.Count;

    /// <summary>Whether the source has no message at all.</summary>
    public bool IsSourceEmpty => _source.Count == 0;

    /// <summary>True when not all of the source is known, or in the destination: then nobody can say what is too many there.</summary>
    public bool IsUncertain => _isFailed || !_source.IsComplete || !_destination.IsComplete || _match.Undecided.Count > 0;

    /// <summary>The error that ends the whole run, such as a full mailbox.</summary>
    public ImapException? End { get; private set; }

    private IEnumerable<ImapMessage> Removable => _match.Extra.Where(message => !_spared.Contains(message.Uid));

    /// <summary>Reads and compares both folders, and changes nothing.</summary>
    /// <param name="sides">The accounts.</param>
    /// <param name="told">Told of what cannot be read.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public async Task CompareAsync(SyncSides sides, ISyncObserver told, CancellationToken cancellationToken)
    {
        FolderRecord record = state.Of(Pair.Source.Path, Pair.Destination);

        // What only the destination has is to be told, and for that it must be read.
        if (Pair.There is { } there && record.IsUntouched(Pair.Source, there) && record.Settled!.Extra == 0
            && (there.Subscribed || !Pair.Source.Subscribed))
        {
            _untouched = record.Settled;
            return;
        }

        _source = await ReadAsync(sides.Source, Pair.Source.Path, Pair.UidValidity, record.Here, cancellationToken)
            .ConfigureAwait(false);
        if (Pair.There is not null)
        {
            _destination = await ReadAsync(sides.Target, Pair.There.Path, uidValidity: null, record.There, cancellationToken)
                .ConfigureAwait(false);
        }

        if (_destination.Unseen > 0) throw Failures.DestinationNotCertain(_destination.Path, _destination.Unseen);

        _match = await MatchAsync(sides, record, cancellationToken).ConfigureAwait(false);
        _flags = await CompareFlagsAsync(sides, cancellationToken).ConfigureAwait(false);
        if (_source.Unseen == 0) return;

        await told.FailedAsync(Failures.SourceNotCertain(_source.Path, _source.Unseen), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What would be done.</summary>
    /// <param name="removes">Whether messages that only the destination has are to go.</param>
    public IEnumerable<ImapSyncAction> Actions(bool removes)
    {
        if (Pair.There is null) yield return Action(ImapSyncActionKind.Create, 0, 0);
        if (_match.Missing.Count > 0)
        {
            yield return Action(ImapSyncActionKind.Copy, _match.Missing.Count, _match.Missing.Sum(message => message.Size));
        }

        if (_flags.Count > 0) yield return Action(ImapSyncActionKind.SetFlags, _flags.Count, _flags.Bytes);
        if (removes && _match.Extra.Count > 0)
        {
            yield return Action(ImapSyncActionKind.Remove, _match.Extra.Count, _match.Extra.Sum(message => message.Size));
        }
    }

    /// <summary>Looks at the destination again where it was changed, and says how it now stands to the source.</summary>
    public async Task<ImapSyncResult> ReconcileAsync(SyncSides sides, CancellationToken cancellationToken)
    {
        if (_untouched is { } settled) return Untouched(settled);

        long flagsChanged = _flagged.Count;
        if (_hasChanged)
        {
            Dictionary<uint, uint> pairs = new(_match.Pairs);
            var known = new HashSet<uint>(pairs.Values);
            uint uidValidity = _destination.UidValidity;

            // Courier gives a folder its UIDVALIDITY when it is selected for the first time. Of one that was empty nothing was known by it.
            _destination = await ReadAsync(sides.Target, _destination.Path, _destination.Count == 0 ? null : uidValidity, _ => known,
                cancellationToken).ConfigureAwait(false);
            _match = await MatchAsync(sides, pairs, isCertain: _destination.UidValidity == uidValidity, cancellationToken)
                .ConfigureAwait(false);
            _flags = await CompareFlagsAsync(sides, cancellationToken).ConfigureAwait(false);
        }

        var differences = ImapList<ImapSyncDifference>.Of(
            await new FolderDifferences(sides, _source, _destination).ListAsync(_match, _flags, cancellationToken).ConfigureAwait(false));
        long unseen = _source.Unseen + _destination.Unseen;
        state.Add(_source, _destination.Path, _destination.UidValidity, _match.Pairs);
        if (differences.Count + unseen == _match.Extra.Count && !IsUncertain) state.Settle(_source, _destination, _match.Extra.Count);
        return new ImapSyncResult
        {
            Folder = Pair.Source.Path,
            Destination = _destination.Path,
            SourceCount = _source.Count,
            DestinationCount = _destination.Count,
            SourceBytes = _source.Bytes,
            DestinationBytes = _destination.Bytes,
            Copied = _copied,
            FlagsChanged = flagsChanged,
            Removed = _removed,
            Differences = differences,
            DifferenceCount = differences.Count + unseen,
        };
    }

    private static Task<FolderSnapshot> ReadAsync(Mailbox.MailboxAccess mailbox, string path, uint? uidValidity,
        Func<uint, HashSet<uint>> recorded, CancellationToken cancellationToken)
    {
        (uint UidValidity, HashSet<uint> Uids)? known = null;
        return FolderSnapshot.ReadAsync(mailbox, path, uidValidity, IsKnown, cancellationToken);

        bool IsKnown(uint validity, uint uid)
        {
            if (known is null || known.Value.UidValidity != validity) known = (validity, recorded(validity));
            return known.Value.Uids.Contains(uid);
        }
    }

    private async Task MatchAgainAsync(SyncSides sides, CancellationToken cancellationToken)
    {
        _match = await MatchAsync(sides, [], isCertain: true, cancellationToken).ConfigureAwait(false);
        _flags = await CompareFlagsAsync(sides, cancellationToken).ConfigureAwait(false);
    }

    private Task<SyncMatch> MatchAsync(SyncSides sides, FolderRecord record, CancellationToken cancellationToken)
    {
        if (!record.IsOf(_source.UidValidity, _destination.UidValidity)) return MatchAsync(sides, [], isCertain: false, cancellationToken);
        if (record.IsAhead(_source, _destination)) state.Forget(_source, _destination);
        return MatchAsync(sides, record.Pairs, isCertain: false, cancellationToken);
    }

    private Task<SyncMatch> MatchAsync(SyncSides sides, IEnumerable<KeyValuePair<uint, uint>> known, bool isCertain,
        CancellationToken cancellationToken) =>
        new MessageMatcher(sides, _source, _destination).RunAsync(known, isCertain, cancellationToken);

    private async Task<FlagDifferences> CompareFlagsAsync(SyncSides sides, CancellationToken cancellationToken)
    {
        var differences = new FlagDifferences();
        foreach (KeyValuePair<uint, uint> matched in _match.Pairs)
        {
            ImapMessage here = _source.Messages[matched.Key];
            ImapMessage there = _destination.Messages[matched.Value];
            if (FlagDifferences.AreSame(here, there)) continue;

            KeptFlags kept = await KeptAsync(sides, cancellationToken).ConfigureAwait(false);
            differences.Add(kept.Of(here), there, kept.Flags);
        }

        return differences;
    }

    private async Task<KeptFlags> KeptAsync(SyncSides sides, CancellationToken cancellationToken)
    {
        if (_kept is not null) return _kept;

        TransferDestination destination = await TransferDestination
            .PrepareAsync(sides.Target, _destination.Path, create: false, cancellationToken).ConfigureAwait(false);
        _kept = new KeptFlags(sides.Target, destination);
        await _kept.LoadAsync(cancellationToken).ConfigureAwait(false);
        return _kept;
    }

    private ImapSyncResult Untouched(SettledFolder settled) => new()
    {
        Folder = Pair.Source.Path,
        Destination = Pair.Destination,
        SourceCount = settled.Source.Count,
        DestinationCount = settled.Destination.Count,
        SourceBytes = settled.Source.Bytes,
        DestinationBytes = settled.Destination.Bytes,
    };

    private ImapSyncAction Action(ImapSyncActionKind kind, long count, long bytes) => new()
    {
        Folder = Pair.Source.Path,
        Destination = Pair.Destination,
        Action = kind,
        Count = count,
        Bytes = bytes,
    };
}
