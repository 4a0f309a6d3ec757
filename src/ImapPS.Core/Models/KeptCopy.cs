namespace ImapPS.Models;

/// <summary>Where the copy of a message is that is to be kept when the message is removed.</summary>
internal sealed record KeptCopy(string Folder, uint? UidValidity, uint Uid)
{
    /// <summary>The copy that is to be kept of a message, if the message is known to be another one.</summary>
    public static KeptCopy? Of(ImapMessage message) => message is ImapDuplicate { KeptFolder.Length: > 0, KeptUid: > 0 } duplicate
        ? new KeptCopy(duplicate.KeptFolder, duplicate.KeptUidValidity, duplicate.KeptUid)
        : message.Kept;
}
