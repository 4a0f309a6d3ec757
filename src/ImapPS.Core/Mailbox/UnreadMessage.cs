using ImapPS.Errors;

namespace ImapPS.Mailbox;

/// <summary>A message that cannot be read.</summary>
/// <param name="Uid">Its UID.</param>
/// <param name="Reason">What the server said, or what is wrong with its answer.</param>
internal sealed record UnreadMessage(uint Uid, ImapException Reason);
