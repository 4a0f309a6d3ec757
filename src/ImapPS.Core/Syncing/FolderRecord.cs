using System.Collections.Generic;
using System.Linq;
using ImapPS.Models;

namespace ImapPS.Syncing;

/// <summary>What is recorded of a folder and its counterpart.</summary>
internal sealed class FolderRecord
{
    private readonly Dictionary<uint, uint> _pairs = [];
    private uint _uidValidity;
    private uint _destinationUidValidity;

    /// <summary>UIDs of the source, and of the destination.</summary>
    public IReadOnlyDictionary<uint, uint> Pairs => _pairs;

    /// <summary>How both were left; null when that is not known.</summary>
    public SettledFolder? Settled { get; private set; }

    /// <summary>Whether the UIDs are those of these UIDVALIDITYs.</summary>
    public bool IsOf(uint uidValidity, uint destinationUidValidity) =>
        _uidValidity == uidValidity && _destinationUidValidity == destinationUidValidity;

    /// <summary>
    /// True when a UID is recorded that the folder has yet to give away: then the server was set back, from a backup for instance, and
    /// what it gave since may be to others.
    /// </summary>
    public bool IsAhead(FolderSnapshot source, FolderSnapshot destination) =>
        IsAhead(_pairs.Keys, source.UidNext) || IsAhead(_pairs.Values, destination.UidNext);

    /// <summary>The recorded UIDs of the source, if they are of that UIDVALIDITY.</summary>
    public HashSet<uint> Here(uint uidValidity) => uidValidity == _uidValidity ? [.. _pairs.Keys] : [];

    /// <summary>The recorded UIDs of the destination, if they are of that UIDVALIDITY.</summary>
    public HashSet<uint> There(uint uidValidity) => uidValidity == _destinationUidValidity ? [.. _pairs.Values] : [];

    /// <summary>True when nothing has changed in either folder since they were left.</summary>
    public bool IsUntouched(ImapFolder source, ImapFolder destination) =>
        Settled is { } settled && source.UidValidity == _uidValidity && destination.UidValidity == _destinationUidValidity
            && IsSame(source, settled.Source) && IsSame(destination, settled.Destination);

    public void Take(SyncLine line)
    {
        if (line.Forgets || !IsOf(line.UidValidity, line.DestinationUidValidity))
        {
            _pairs.Clear();
            Settled = null;
            (_uidValidity, _destinationUidValidity) = (line.UidValidity, line.DestinationUidValidity);
        }

        if (line is { Uids: { } here, DestinationUids: { } there })
        {
            foreach ((uint uid, uint other) in here.Zip(there, (uid, other) => (uid, other))) _pairs[uid] = other;
        }

        if (line.Settled is not null) Settled = line.Settled;
    }

    private static bool IsAhead(IReadOnlyCollection<uint> uids, uint uidNext) => uidNext > 0 && uids.Count > 0 && uids.Max() >= uidNext;

    private static bool IsSame(ImapFolder folder, FolderMarks marks) => folder.UidNext == marks.UidNext
        && folder.HighestModSeq == marks.ModSeq && folder.MessageCount == marks.Count;
}
