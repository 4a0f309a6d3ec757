using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace ImapPS.Syncing;

/// <summary>A line of a state file: which message of a folder is which of its counterpart, or how both were left.</summary>
internal sealed record SyncLine
{
    /// <summary>The two accounts: UIDs mean nothing in others.</summary>
    public string Accounts { get; init; } = string.Empty;

    public string Folder { get; init; } = string.Empty;

    public uint UidValidity { get; init; }

    public string Destination { get; init; } = string.Empty;

    public uint DestinationUidValidity { get; init; }

    /// <summary>True when nothing holds any more of what earlier lines say of the two.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Forgets { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<uint>? Uids { get; init; }

    /// <summary>The UIDs in the destination, in the same order.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<uint>? DestinationUids { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SettledFolder? Settled { get; init; }
}

/// <summary>How a folder and its counterpart were left, when the one was as the other.</summary>
/// <param name="Source">The folder.</param>
/// <param name="Destination">The counterpart.</param>
/// <param name="Extra">How many messages only the counterpart has.</param>
internal sealed record SettledFolder(FolderMarks Source, FolderMarks Destination, long Extra);

/// <summary>By which it shows whether anything has changed in a folder.</summary>
internal sealed record FolderMarks(uint UidNext, ulong ModSeq, long Count, long Bytes);
