namespace ImapPS.Models;

/// <summary>The value of a row about a message or a folder that cannot be read. It is not the same as a missing value.</summary>
/// <param name="Property">The property.</param>
/// <param name="Value">Its value in words.</param>
internal sealed record RowFlaw(string Property, string Value)
{
    /// <summary>Stands for the value where the row has no such property.</summary>
    public const string Missing = "missing";
}
