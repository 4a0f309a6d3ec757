namespace ImapPS.Models;

/// <summary>A message of which another copy is kept, and the place of that copy.</summary>
public sealed class ImapDuplicate : ImapMessage
{
    internal ImapDuplicate(ImapMessage message)
        : base(message)
    {
    }

    /// <summary>The path of the folder of the copy that is kept.</summary>
    public string KeptFolder { get; internal init; } = string.Empty;

    /// <summary>The UIDVALIDITY of that folder.</summary>
    public uint? KeptUidValidity { get; internal init; }

    /// <summary>The UID of the copy that is kept.</summary>
    public uint KeptUid { get; internal init; }
}
