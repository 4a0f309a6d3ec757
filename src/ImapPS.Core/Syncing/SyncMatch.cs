using System.Collections.Generic;
using ImapPS.Models;

namespace ImapPS.Syncing;

/// <summary>Which message of the destination is which of the source, and what either has alone.</summary>
internal sealed class SyncMatch
{
    /// <summary>UIDs of the source, and of the destination.</summary>
    public Dictionary<uint, uint> Pairs { get; } = [];

    /// <summary>Messages that the destination lacks.</summary>
    public List<ImapMessage> Missing { get; } = [];

    /// <summary>Messages that only the destination has.</summary>
    public List<ImapMessage> Extra { get; } = [];

    /// <summary>
    /// Messages of either side of which it cannot be told whether the other has them, since they cannot be read: they are neither copied
    /// nor removed.
    /// </summary>
    public List<(ImapMessage? Here, ImapMessage? There)> Undecided { get; } = [];
}
