using System.Collections.Generic;
using ImapPS.Models;

namespace ImapPS.Search;

/// <summary>In which order messages are listed. As it stands: as they came into the folder.</summary>
internal sealed record ListingOrder
{
    public static readonly ListingOrder Arrival = new();

    /// <summary>What they are sorted by: first by the first, then by the next.</summary>
    public IReadOnlyList<ImapSortKey> Keys { get; init; } = [];

    public bool Descending { get; init; }

    /// <summary>The last so many that came into the folder, the last one first; 0 for all of them, the first one first.</summary>
    public int Newest { get; init; }

    /// <summary>Thread by thread.</summary>
    public bool Threads { get; init; }

    public bool IsSorted => Keys.Count > 0;
}
