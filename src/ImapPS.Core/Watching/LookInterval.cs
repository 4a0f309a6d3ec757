using System;

namespace ImapPS.Watching;

/// <summary>
/// Times between looks that nobody asked for: short at first, then longer, since what has not come at once may take its time.
/// </summary>
/// <param name="shortest">The first one.</param>
/// <param name="longest">The longest one.</param>
internal sealed class LookInterval(TimeSpan shortest, TimeSpan longest)
{
    private const double Growth = 1.5;

    private readonly TimeSpan _shortest = shortest;

    /// <summary>The one that runs.</summary>
    public TimeSpan Current { get; private set; } = shortest;

    /// <summary>Takes the next, longer one.</summary>
    public void Grow()
    {
        var next = TimeSpan.FromTicks((long)(Current.Ticks * Growth));
        Current = next < longest ? next : longest;
    }

    /// <summary>Begins with the first one again.</summary>
    public void Restart() => Current = _shortest;
}
