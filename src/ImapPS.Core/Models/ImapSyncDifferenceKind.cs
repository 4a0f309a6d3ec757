namespace ImapPS.Models;

/// <summary>How a message of a folder and its counterpart differ.</summary>
public enum ImapSyncDifferenceKind : long
{
    /// <summary>The destination does not have the message.</summary>
    Missing,

    /// <summary>Only the destination has the message.</summary>
    Extra,

    /// <summary>The flags or keywords differ.</summary>
    Flags,

    /// <summary>The message cannot be read on one side. It is not known whether the other side has it.</summary>
    Unread,
}
