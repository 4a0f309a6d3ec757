using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization;

namespace ImapPS.Benchmarks.Report;

/// <summary>What one tool took in one row: a number for each run.</summary>
/// <param name="Tool">The tool's name.</param>
/// <param name="Cold">Seconds of the first pass in a process.</param>
/// <param name="Warm">Seconds of the second.</param>
/// <param name="Parts">Seconds of named parts.</param>
/// <param name="PeakKilobytes">The most memory of the process.</param>
/// <param name="Cpu">Processor seconds of the whole process.</param>
/// <param name="Counts">What passed on the line in one pass.</param>
/// <param name="Failure">Why there are no numbers.</param>
public sealed record ToolResult(
    string Tool,
    IReadOnlyList<double> Cold,
    IReadOnlyList<double> Warm,
    IReadOnlyDictionary<string, IReadOnlyList<double>> Parts,
    IReadOnlyList<long> PeakKilobytes,
    IReadOnlyList<double> Cpu,
    Counts? Counts,
    string? Failure)
{
    /// <summary>The number to compare: the warm one, or the only one there is.</summary>
    [JsonIgnore]
    public double? Seconds => Median(Warm) ?? Median(Cold);

    public static ToolResult Failed(string tool, string why) =>
        new(tool, [], [], new Dictionary<string, IReadOnlyList<double>>(StringComparer.Ordinal), [], [], null, why);

    public static double? Median(IReadOnlyList<double> numbers) =>
        numbers.Count == 0 ? null : numbers.Order().ElementAt(numbers.Count / 2);
}

/// <summary>What passed on the line.</summary>
public sealed record Counts(int Connections, int Commands, long ToServer, long ToClient, long FetchResponses);
