using System;
using System.Diagnostics;
using System.Threading;
using ImapPS.Models;

namespace ImapPS.Transfers;

/// <summary>How much of a transfer is done, for progress; several connections may report.</summary>
/// <param name="thing">What is counted, in the singular.</param>
internal sealed class TransferMeter(string thing)
{
    /// <summary>The first octets wait for the server; what they say of the pace is nonsense.</summary>
    private static readonly TimeSpan _leastElapsed = TimeSpan.FromMilliseconds(500);

    private readonly Stopwatch _elapsed = new();
    private long _total;
    private long _count;
    private long _bytes;

    /// <summary>False while more may come out of the pipeline than is known of: then there is no total.</summary>
    public bool KnowsTotal { get; set; }

    /// <summary>How many octets there are in all; 0 while that is not known.</summary>
    public long TotalBytes { get; private set; }

    /// <summary>Told of each step.</summary>
    public Action? Changed { get; set; }

    public long Count => Interlocked.Read(ref _count);

    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>"1,234 of 10,000 messages, 5.1 MB of 48.3 MB".</summary>
    public string Status => _total > 0
        ? $"{DisplayText.CountOf(Count, _total, thing)}, {DisplayText.SizeOf(Bytes, TotalBytes)}"
        : $"{DisplayText.Count(Count, thing)}, {DisplayText.Size(Bytes)}";

    /// <summary>How long the rest takes at the pace so far; -1 where nobody can tell.</summary>
    public int SecondsRemaining => Estimate(Bytes, TotalBytes, _elapsed.Elapsed);

    public static int Estimate(long done, long total, TimeSpan elapsed) =>
        done <= 0 || total <= 0 || elapsed < _leastElapsed
            ? -1
            : (int)Math.Min(int.MaxValue, elapsed.TotalSeconds * Math.Max(0, total - done) / done);

    /// <summary>Adds to the total.</summary>
    public void Expect(long count, long bytes)
    {
        if (!KnowsTotal) return;

        _total += count;
        TotalBytes += bytes;
    }

    /// <summary>The clock runs while there is something under way, not while messages are looked for.</summary>
    public void Start() => _elapsed.Start();

    public void Stop() => _elapsed.Stop();

    public void Received(int octets)
    {
        Interlocked.Add(ref _bytes, octets);
        Changed?.Invoke();
    }

    public void Finished()
    {
        Interlocked.Increment(ref _count);
        Changed?.Invoke();
    }
}
