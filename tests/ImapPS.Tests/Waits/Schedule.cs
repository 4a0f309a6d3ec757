namespace ImapPS.Tests.Waits;

/// <summary>When two messages were delivered, and what became of it.</summary>
/// <param name="Moments">The moment of each.</param>
/// <param name="Delivered">The subject of each.</param>
/// <param name="Found">The subjects that were emitted.</param>
/// <param name="Errors">The errors.</param>
/// <param name="Commands">What was said to the server.</param>
/// <param name="Connections">How many connections the wait had of its own.</param>
/// <param name="TimeWasUp">True when the wait heard of a message only because it asks once more at its end.</param>
internal sealed record Schedule(Moment[] Moments, string[] Delivered, string[] Found, string[] Errors, string[] Commands, int Connections, bool TimeWasUp)
{
    public bool IsAsPromised => Errors.Length == 0 && !TimeWasUp && Found.Order(StringComparer.Ordinal).SequenceEqual(Delivered.Order(StringComparer.Ordinal), StringComparer.Ordinal);

    public override string ToString() =>
        $"""
        Delivered: {string.Join(", ", Delivered)}
        Found: {string.Join(", ", Found)}
        Errors: {string.Join(", ", Errors)}
        {string.Join('\n', Commands)}
        """;
}
