using ImapPS.Models;

namespace ImapPS.Mailbox;

/// <summary>A message that was changed.</summary>
/// <param name="Before">As it was handed over.</param>
/// <param name="After">Where it is now, and as it is now as far as that was read again; null when it is no more, or the server does not tell where it is.</param>
internal sealed record MessageChange(ImapMessage Before, ImapMessage? After);
