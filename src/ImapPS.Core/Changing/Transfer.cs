using System.Collections.Generic;
using MailKit;

namespace ImapPS.Changing;

/// <summary>The messages that the server took, and where it says that they are.</summary>
internal sealed record Transfer(HashSet<uint> Uids, IReadOnlyDictionary<uint, uint> Places)
{
    /// <summary>The UIDVALIDITY that the places were told under, if they were told.</summary>
    public uint? UidValidity { get; private init; }

    /// <summary>Refused, since some of the messages are no more. What became of the others is not known.</summary>
    public static readonly Transfer Stale = Unmapped([]);

    public static Transfer FromMap(UniqueIdMap map)
    {
        // Its lookups are linear; going through it is not.
        var places = new Dictionary<uint, uint>(map.Count);
        foreach (KeyValuePair<UniqueId, UniqueId> pair in map) places[pair.Key.Id] = pair.Value.Id;
        return FromFound(places) with { UidValidity = map.Count > 0 ? map.Destination[0].Validity : null };
    }

    public static Transfer FromFound(Dictionary<uint, uint> places) => new([.. places.Keys], places);

    public static Transfer Unmapped(HashSet<uint> uids) => new(uids, new Dictionary<uint, uint>());
}
