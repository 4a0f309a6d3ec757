namespace ImapPS.Backups;

/// <summary>Why the server no longer has a message.</summary>
internal static class GoneReason
{
    /// <summary>It was removed from its folder.</summary>
    public const string Expunged = "expunged";

    /// <summary>The folder has a new UIDVALIDITY, and the message is not in it.</summary>
    public const string UidValidity = "uidValidity";

    /// <summary>The folder is not there.</summary>
    public const string Folder = "folder";
}
