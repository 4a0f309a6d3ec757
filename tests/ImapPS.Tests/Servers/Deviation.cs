namespace ImapPS.Tests.Servers;

/// <summary>What a statement gives at one server where that is not what is right.</summary>
/// <param name="Result">Its output, or the id of its first error.</param>
/// <param name="IsOffered">False where the server has no such thing; true where the module fails.</param>
/// <param name="Cause">Why, in one line.</param>
public sealed record Deviation(string Result, bool IsOffered, string Cause);
