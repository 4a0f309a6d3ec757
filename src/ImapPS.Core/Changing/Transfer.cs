using System.Collections.Generic;
using ImapPS.Mailbox;
using MailKit;

namespace ImapPS.Changing;

/// <summary>The messages that the server took, and where it says that they are.</summary>
internal sealed record Transfer(HashSet<uint> Uids, IReadOnlyDictionary<uint, uint> Places)
{
    /// <summary>The UIDVALIDITY that the places were told under, if they were told.</summary>
    public uint? UidValidity { get; private init; }

    /// <summary>Refused, since some of the messages are no more. What became of the others is not known.</summary>
    public static readonly Transfer Stale = Unmapped([]);

    /// <summary>What the server tells (COPYUID, RFC 4315) of the messages that were sent for.</summary>
    /// <param name="map">All that it tells. What it says of other messages must not have them removed.</param>
    /// <param name="uids">The messages that were sent for.</param>
    public static Transfer FromMap(UniqueIdMap map, IReadOnlyCollection<uint> uids)
    {
        UidSets.Checked(map.Source);
        UidSets.Checked(map.Destination);
        var asked = new HashSet<uint>(uids);
        var places = new Dictionary<uint, uint>(uids.Count);

        // Its lookups are linear; going through it is not.
        foreach (KeyValuePair<UniqueId, UniqueId> pair in map)
        {
            if (asked.Contains(pair.Key.Id)) places[pair.Key.Id] = pair.Value.Id;
        }

        return FromFound(places) with { UidValidity = map.Count > 0 ? map.Destination[0].Validity : null };
    }

    public static Transfer FromFound(Dictionary<uint, uint> places) => new([.. places.Keys], places);

    public static Transfer Unmapped(HashSet<uint> uids) => new(uids, new Dictionary<uint, uint>());
}
