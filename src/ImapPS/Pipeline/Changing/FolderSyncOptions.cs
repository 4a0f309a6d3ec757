using System;
using System.Collections.Generic;

namespace ImapPS.Pipeline.Changing;

/// <summary>What Sync-ImapFolder was asked for.</summary>
internal sealed record FolderSyncOptions
{
    public IReadOnlyDictionary<string, string> Map { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public bool RemoveExtra { get; init; }

    public bool Force { get; init; }

    public int MaxMessages { get; init; }

    public int MaxPercent { get; init; }

    public long MaxBytesPerSecond { get; init; }

    public double MaxMessagesPerSecond { get; init; }

    public string? StatePath { get; init; }
}
