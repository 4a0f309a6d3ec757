using System;
using System.Collections.Generic;

namespace ImapPS.Sandbox;

/// <summary>A message to deliver: its text (in UTF-8, with whatever line ends) and the state that it should be in.</summary>
public sealed record SeedMessage(string Raw, MessageState? State = null);

/// <summary>What a mailbox knows of a message beside its text. Received defaults to now.</summary>
public sealed record MessageState(
    DateTimeOffset? Received = null,
    SystemFlags Flags = SystemFlags.None,
    IReadOnlyList<string>? Keywords = null);

/// <summary>IMAP's system flags.</summary>
[Flags]
public enum SystemFlags
{
    None = 0,
    Seen = 1,
    Answered = 2,
    Flagged = 4,
    Draft = 8,
    Deleted = 16,
}
