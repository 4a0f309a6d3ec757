using ImapPS.Errors;

namespace ImapPS.Transfers;

/// <summary>What became of a message: it has arrived, or there is an error.</summary>
/// <param name="Source">The message.</param>
/// <param name="Uid">Its UID in the folder; null when it did not arrive, or the server does not tell.</param>
/// <param name="Error">Why it did not arrive, or why that is not known.</param>
internal sealed record AppendResult(AppendSource Source, uint? Uid, ImapException? Error);
