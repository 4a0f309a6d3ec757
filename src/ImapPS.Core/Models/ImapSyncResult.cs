namespace ImapPS.Models;

/// <summary>What a folder and its counterpart hold after Sync-ImapFolder has synchronized them, and what was done for it.</summary>
public sealed class ImapSyncResult
{
    internal ImapSyncResult()
    {
    }

    /// <summary>The path of the folder in the source.</summary>
    public string Folder { get; internal init; } = string.Empty;

    /// <summary>The path of the folder in the destination.</summary>
    public string Destination { get; internal init; } = string.Empty;

    /// <summary>The number of messages in the source.</summary>
    public long SourceCount { get; internal init; }

    /// <summary>The number of messages in the destination.</summary>
    public long DestinationCount { get; internal init; }

    /// <summary>The total size of the messages in the source, in octets (RFC822.SIZE).</summary>
    public long SourceBytes { get; internal init; }

    /// <summary>The total size of the messages in the destination, in octets. Servers may count line ends in different ways.</summary>
    public long DestinationBytes { get; internal init; }

    /// <summary>The number of messages that were copied.</summary>
    public long Copied { get; internal init; }

    /// <summary>The number of messages whose flags or keywords were changed.</summary>
    public long FlagsChanged { get; internal init; }

    /// <summary>The number of messages that were removed from the destination.</summary>
    public long Removed { get; internal init; }

    /// <summary>
    /// The messages that one of the folders lacks, whose flags or keywords differ, or that cannot be read. Flags and keywords that the
    /// destination does not keep do not count.
    /// </summary>
    public ImapList<ImapSyncDifference> Differences { get; internal init; } = ImapList<ImapSyncDifference>.Empty;

    /// <summary>
    /// The number of differences. It is higher than that of Differences if a server does not return all messages that it says it has.
    /// </summary>
    public long DifferenceCount { get; internal init; }

    /// <summary>True if there are no differences.</summary>
    public bool IsEqual => DifferenceCount == 0;
}
