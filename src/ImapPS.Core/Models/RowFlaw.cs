namespace ImapPS.Models;

/// <summary>What a row says of a message or a folder and cannot be read. It is never as good as not there.</summary>
/// <param name="Property">The property.</param>
/// <param name="Value">Its value in words.</param>
internal sealed record RowFlaw(string Property, string Value);
