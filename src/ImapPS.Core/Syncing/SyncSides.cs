using ImapPS.Mailbox;

namespace ImapPS.Syncing;

/// <summary>The two accounts of a synchronization.</summary>
/// <param name="Source">Where messages are read.</param>
/// <param name="Target">Where messages are changed.</param>
internal sealed record SyncSides(MailboxAccess Source, MailboxAccess Target);
