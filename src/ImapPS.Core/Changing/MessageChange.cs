using ImapPS.Models;

namespace ImapPS.Changing;

/// <summary>A message that was changed.</summary>
/// <param name="Before">As it was handed over.</param>
/// <param name="After">Where it is now, and as it is now as far as that was read again; null when it is no more, or the server does not
/// tell where it is.</param>
/// <param name="Folder">The folder that it is in now, even where the server does not tell its UID there; null when it is no more.</param>
internal sealed record MessageChange(ImapMessage Before, ImapMessage? After, string? Folder);
