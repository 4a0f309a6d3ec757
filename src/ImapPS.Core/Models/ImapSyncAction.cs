namespace ImapPS.Models;

/// <summary>What Sync-ImapFolder would do in one folder, as -WhatIf shows it.</summary>
public sealed class ImapSyncAction
{
    internal ImapSyncAction()
    {
    }

    /// <summary>The path of the folder in the source.</summary>
    public string Folder { get; internal init; } = string.Empty;

    /// <summary>The path of the folder in the destination.</summary>
    public string Destination { get; internal init; } = string.Empty;

    /// <summary>What would be done: Create, Copy, SetFlags or Remove.</summary>
    public ImapSyncActionKind Action { get; internal init; }

    /// <summary>The number of messages. 0 for Create.</summary>
    public long Count { get; internal init; }

    /// <summary>The total size of the messages, in octets (RFC822.SIZE). 0 for Create.</summary>
    public long Bytes { get; internal init; }
}
