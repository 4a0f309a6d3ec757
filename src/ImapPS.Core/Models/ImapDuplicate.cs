namespace ImapPS.Models;

/// <summary>A message of which there is another copy, and where that one is, which is to be kept.</summary>
public sealed class ImapDuplicate : ImapMessage
{
    internal ImapDuplicate(ImapMessage message)
        : base(message)
    {
    }

    /// <summary>The path of the folder that holds the copy to be kept.</summary>
    public string KeptFolder { get; internal init; } = string.Empty;

    /// <summary>The UIDVALIDITY of that folder.</summary>
    public uint? KeptUidValidity { get; internal init; }

    /// <summary>The UID of the copy to be kept.</summary>
    public uint KeptUid { get; internal init; }
}
