namespace ImapPS.Models;

/// <summary>A message in which a folder and its counterpart differ after Sync-ImapFolder has synchronized them.</summary>
public sealed class ImapSyncDifference
{
    internal ImapSyncDifference()
    {
    }

    /// <summary>What the difference is: Missing, Extra, Flags or Unread.</summary>
    public ImapSyncDifferenceKind Kind { get; internal init; }

    /// <summary>The path of the folder in the source.</summary>
    public string Folder { get; internal init; } = string.Empty;

    /// <summary>The UID of the message in the source. 0 if it is not there.</summary>
    public uint Uid { get; internal init; }

    /// <summary>The path of the folder in the destination.</summary>
    public string Destination { get; internal init; } = string.Empty;

    /// <summary>The UID of the message in the destination. 0 if it is not there.</summary>
    public uint DestinationUid { get; internal init; }

    /// <summary>The Message-ID without angle brackets. Empty if the message has none.</summary>
    public string MessageId { get; internal init; } = string.Empty;

    /// <summary>The size of the message in octets (RFC822.SIZE). 0 if it cannot be read.</summary>
    public long Size { get; internal init; }

    /// <summary>The flags of the message in the source, without those that the destination does not keep.</summary>
    public ImapMessageFlags Flags { get; internal init; }

    /// <summary>The keywords of the message in the source, without those that the destination does not keep.</summary>
    public ImapList<string> Keywords { get; internal init; } = ImapList<string>.Empty;

    /// <summary>The flags of the message in the destination.</summary>
    public ImapMessageFlags DestinationFlags { get; internal init; }

    /// <summary>The keywords of the message in the destination.</summary>
    public ImapList<string> DestinationKeywords { get; internal init; } = ImapList<string>.Empty;

    /// <summary>Returns what the difference is, and the message.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Uid > 0 ? $"{Kind} {Folder} {Uid}" : $"{Kind} {Destination} {DestinationUid}";
}
