namespace ImapPS.Models;

/// <summary>What Sync-ImapFolder would do in a folder of the destination.</summary>
public enum ImapSyncActionKind : long
{
    /// <summary>The folder would be created.</summary>
    Create,

    /// <summary>Messages would be copied to the folder.</summary>
    Copy,

    /// <summary>The flags or keywords of messages would be changed.</summary>
    SetFlags,

    /// <summary>Messages that are not in the source would be removed.</summary>
    Remove,
}
