using ImapPS.Models;

namespace ImapPS.Watching;

/// <summary>A message's flags and keywords.</summary>
internal sealed record FlagsOfMessage(uint Uid, ImapMessageFlags Flags, ImapList<string> Keywords);
