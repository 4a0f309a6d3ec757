namespace ImapPS.Watching;

/// <summary>A FETCH of flags.</summary>
/// <param name="First">The first UID.</param>
/// <param name="ChangedSince">Only messages that changed after this modification sequence; null for all.</param>
internal sealed record FlagQuestion(uint First, ulong? ChangedSince);
