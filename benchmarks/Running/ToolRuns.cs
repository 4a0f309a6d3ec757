using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Benchmarks.Report;
using ImapPS.Benchmarks.Tools;

namespace ImapPS.Benchmarks.Running;

/// <summary>The runs of one tool in one row so far.</summary>
internal sealed class ToolRuns(ITool tool)
{
    private readonly List<Measurement> _runs = [];

    public ITool Tool { get; } = tool;

    public Counts? Counts { get; set; }

    public string? Failure { get; set; }

    /// <summary>Seconds of the longest pass.</summary>
    public double Longest => _runs.SelectMany(run => run.Passes).DefaultIfEmpty().Max();

    public void Add(Measurement run) => _runs.Add(run);

    public ToolResult ToResult() => Failure is { } why ? ToolResult.Failed(Tool.Name, why) : new ToolResult(
        Tool.Name,
        [.. _runs.Select(run => Rounded(run.Passes[0]))],
        [.. _runs.Where(run => run.Passes.Count > 1).Select(run => Rounded(run.Passes[1]))],
        Parts(),
        [.. _runs.Select(run => run.PeakKilobytes)],
        [.. _runs.Select(run => Rounded(run.CpuSeconds))],
        Counts,
        Failure: null);

    private Dictionary<string, IReadOnlyList<double>> Parts() => _runs.SelectMany(run => run.Parts)
        .GroupBy(part => part.Key, part => Rounded(part.Value), StringComparer.Ordinal)
        .ToDictionary(part => part.Key, part => (IReadOnlyList<double>)[.. part], StringComparer.Ordinal);

    private static double Rounded(double seconds) => Math.Round(seconds, 4);
}
