using System;

namespace ImapPS.Benchmarks.Rows;

/// <summary>One row of the table.</summary>
/// <param name="Id">Its name on the command line.</param>
/// <param name="Title">Its name on the page.</param>
/// <param name="Work">What the tools do.</param>
/// <param name="Count">The messages in the folder, or the files to import.</param>
/// <param name="Octets">About how large a message is.</param>
/// <param name="RoundTrip">Milliseconds from a command to its answer; half of them each way.</param>
/// <param name="Goal">What ImapPS should reach.</param>
internal sealed record Row(string Id, string Title, Work Work, int Count, int Octets, int RoundTrip, Goal? Goal)
{
    /// <summary>Whether what is to be found is told by a wildcard, which no server knows, and not by a word.</summary>
    public bool IsByWildcard { get; init; }

    private const int QuickFactor = 10;
    private const int SmallestQuick = 100;

    /// <summary>The time that bytes are under way, each way.</summary>
    public TimeSpan Delay => TimeSpan.FromMilliseconds(RoundTrip / 2.0);

    /// <summary>The same with fewer messages.</summary>
    public Row Quick() => this with { Count = Math.Max(Math.Min(Count, SmallestQuick), Count / QuickFactor) };
}
