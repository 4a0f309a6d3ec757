namespace ImapPS.Mailbox;

/// <summary>Whether the server reads messages at all, so that a lost connection is about the message that was asked for.</summary>
internal sealed class Evidence
{
    /// <summary>True once some message was read.</summary>
    public bool Works { get; set; }
}
