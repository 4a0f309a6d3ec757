namespace ImapPS.Models;

/// <summary>What can be wrong with a backup.</summary>
public enum ImapBackupProblemKind : long
{
    /// <summary>The file of a message does not exist.</summary>
    Missing,

    /// <summary>The file of a message does not have the size or the SHA-256 that the manifest says.</summary>
    Damaged,

    /// <summary>A file is in the directory of the backup, and the manifest does not know it.</summary>
    Extra,

    /// <summary>The last line of the manifest is incomplete. The next backup cuts it off.</summary>
    TornManifest,

    /// <summary>A line of the manifest cannot be read.</summary>
    UnreadableLine,

    /// <summary>The server has a message that is not in the backup.</summary>
    NotInBackup,

    /// <summary>The backup has a message, not marked as deleted, that the server does not have.</summary>
    NotOnServer,

    /// <summary>The UIDVALIDITY of the folder is not the one of the last backup.</summary>
    UidValidityChanged,

    /// <summary>No backup of the folder was ever complete: each was interrupted, or could not fetch a message.</summary>
    Incomplete,
}
