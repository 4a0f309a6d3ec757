using System;
using System.Collections.Generic;
using System.Linq;
using BenchmarkDotNet.Attributes;
using ImapPS.Mailbox;

namespace ImapPS.Benchmarks.Pure;

/// <summary>UIDs to the sets of commands.</summary>
public class UidSetBenchmarks
{
    private const int Count = 100_000;

    private readonly uint[] _runs = [.. Enumerable.Range(1, Count).Select(uid => (uint)uid)];
    private readonly uint[] _scattered = [.. Enumerable.Range(1, Count).Select(uid => (uint)uid * 2)];
    private readonly uint[] _shuffled = Shuffled();

    [Benchmark]
    public int SplitOneRun() => Characters(_runs);

    [Benchmark]
    public int SplitScattered() => Characters(_scattered);

    [Benchmark]
    public int Normalize() => UidSets.Normalize(_shuffled).Count;

    private static int Characters(IEnumerable<uint> uids) =>
        UidSets.Split(uids, _ => int.MaxValue).Sum(piece => UidSets.ToSet(piece).ToString().Length);

    private static uint[] Shuffled()
    {
        uint[] uids = [.. Enumerable.Range(1, Count).Select(uid => (uint)uid)];
        new Random(1).Shuffle(uids);
        return uids;
    }
}
