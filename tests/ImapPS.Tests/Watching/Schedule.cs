namespace ImapPS.Tests.Watching;

/// <summary>When two messages were delivered, and what became of it.</summary>
/// <param name="Moments">The moment of each.</param>
/// <param name="Delivered">The subject of each.</param>
/// <param name="Found">The subjects that were emitted.</param>
/// <param name="Errors">The errors.</param>
/// <param name="Commands">What was said to the server.</param>
/// <param name="Connections">How many connections the wait had of its own.</param>
/// <param name="Elapsed">How long the wait was.</param>
internal sealed record Schedule(Moment[] Moments, string[] Delivered, string[] Found, string[] Errors, string[] Commands,
    int Connections, TimeSpan Elapsed)
{
    /// <summary>When a wait gives up.</summary>
    public static TimeSpan Timeout { get; } = TimeSpan.FromSeconds(100);

    /// <summary>Each was found once, and not only because the wait looks again at its end.</summary>
    public bool IsAsPromised => Errors.Length == 0 && Elapsed < Timeout * 0.9
        && Found.Order(StringComparer.Ordinal).SequenceEqual(Delivered.Order(StringComparer.Ordinal), StringComparer.Ordinal);

    public override string ToString() =>
        $"""
        Delivered: {string.Join(", ", Delivered)}
        Found: {string.Join(", ", Found)}
        After: {Elapsed}
        Errors: {string.Join(", ", Errors)}
        {string.Join('\n', Commands)}
        """;
}
