using System;
using System.Threading;

namespace ImapPS.Sessions;

/// <summary>How long to wait before the next try: doubled each time, with jitter, so that a restarted server is not stormed.</summary>
internal static class Backoff
{
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(1);

    // On .NET Framework, generators of threads that begin together have one seed, the time.
    private static readonly ThreadLocal<Random> _random = new(() => new Random(Guid.NewGuid().GetHashCode()));

    public static TimeSpan Delay(TimeSpan first, int attempt) => Delay(first, attempt, _random.Value!.NextDouble());

    /// <param name="first">The delay before the first retry.</param>
    /// <param name="attempt">How many retries there were already.</param>
    /// <param name="jitter">From 0 to 1: the delay varies by a quarter either way.</param>
    public static TimeSpan Delay(TimeSpan first, int attempt, double jitter)
    {
        double seconds = first.TotalSeconds * Math.Pow(2, Math.Min(attempt, 16)) * (0.75 + (jitter / 2));
        return TimeSpan.FromSeconds(Math.Min(seconds, _longest.TotalSeconds));
    }
}
