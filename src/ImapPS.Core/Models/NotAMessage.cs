namespace ImapPS.Models;

/// <summary>
/// What was given where a message should be, for an error that says so. It has no UID, as no message has; its Folder is the folder, or
/// the text, that was given.
/// </summary>
internal sealed class NotAMessage(ItemKind kind, object given) : ImapMessage
{
    public ItemKind Kind { get; } = kind;

    public object Given { get; } = given;

    /// <summary>What of a row cannot be read.</summary>
    public RowFlaw? Flaw { get; init; }
}
