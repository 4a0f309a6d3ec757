namespace ImapPS.Backups;

/// <summary>What came of the backup of one folder.</summary>
internal sealed class FolderBackupResult
{
    /// <summary>The messages that the folder has on the server, of those that are backed up.</summary>
    public int Count { get; set; }

    /// <summary>The messages that were fetched.</summary>
    public int New { get; set; }

    /// <summary>The messages whose octets the backup had already.</summary>
    public int Known { get; set; }

    public int FlagChanges { get; set; }

    /// <summary>The messages that the server no longer has, which was not known before.</summary>
    public int Gone { get; set; }

    /// <summary>The messages that were taken out of the backup.</summary>
    public int Removed { get; set; }

    /// <summary>The messages that could not be backed up.</summary>
    public int Failed { get; set; }

    /// <summary>The messages that were there when they were looked for, and of which the server then said nothing.</summary>
    public int Vanished { get; set; }

    /// <summary>How many octets of messages were fetched.</summary>
    public long Bytes { get; set; }

    /// <summary>The UIDVALIDITY of the folder.</summary>
    public uint? UidValidity { get; set; }

    /// <summary>True when it is known of every message in the backup whether the folder still has it.</summary>
    public bool IsRead { get; set; }

    /// <summary>False for a folder of which nothing could be learned: then nothing of it is removed.</summary>
    public bool MayRemove { get; set; } = true;

    /// <summary>False when the folder has no message at all.</summary>
    public bool HasMessages { get; set; }
}
