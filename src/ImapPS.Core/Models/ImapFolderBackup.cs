using System;

namespace ImapPS.Models;

/// <summary>What Backup-ImapFolder did for a folder.</summary>
public sealed class ImapFolderBackup
{
    internal ImapFolderBackup()
    {
    }

    /// <summary>The path of the folder.</summary>
    public string Folder { get; internal init; } = string.Empty;

    /// <summary>The number of messages that the folder has on the server. With criteria, the number of those that match.</summary>
    public int Count { get; internal init; }

    /// <summary>The number of messages that were fetched.</summary>
    public int New { get; internal init; }

    /// <summary>
    /// The number of messages that are new in the folder, and were not fetched, because the backup had their octets already.
    /// </summary>
    public int Known { get; internal init; }

    /// <summary>The number of messages that were in the backup before, with the same flags.</summary>
    public int Unchanged { get; internal init; }

    /// <summary>The number of messages whose flags or keywords have changed since the last backup.</summary>
    public int FlagChanges { get; internal init; }

    /// <summary>The number of messages that were marked, because the server no longer has them. Always 0 without -Mirror.</summary>
    public int Gone { get; internal init; }

    /// <summary>The number of messages that were removed from the backup. Always 0 without -KeepDeleted.</summary>
    public int Removed { get; internal init; }

    /// <summary>The number of messages that could not be backed up. Each of them is an error. The next backup tries them again.</summary>
    public int Failed { get; internal init; }

    /// <summary>The size of the messages that were fetched, in octets.</summary>
    public long Bytes { get; internal init; }

    /// <summary>The directory of the folder's messages.</summary>
    public string Directory { get; internal init; } = string.Empty;

    /// <summary>The UIDVALIDITY of the folder. Null if the server no longer has the folder.</summary>
    public uint? UidValidity { get; internal init; }

    /// <summary>The id of the session.</summary>
    public int SessionId { get; internal init; }

    /// <summary>The time that the backup of the folder took.</summary>
    public TimeSpan Elapsed { get; internal init; }
}
