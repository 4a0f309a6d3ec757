using System;
using System.Collections.Generic;
using System.Linq;

namespace ImapPS.Benchmarks.Report;

/// <summary>All that was measured, as it is kept in results.json.</summary>
public sealed record Results(Machine Machine, IReadOnlyDictionary<string, string> Tools, IReadOnlyList<RowResult> Rows)
{
    /// <summary>These, with newer rows in place of the old ones.</summary>
    public Results With(RowResult row) => this with { Rows = [.. Rows.Where(old => old.Id != row.Id), row] };
}

/// <summary>Where it was measured.</summary>
public sealed record Machine(
    string Processor,
    int Cores,
    string Memory,
    string System,
    string DotNet,
    string Dovecot);

/// <summary>One row, measured at one time.</summary>
/// <param name="Id">The row's name.</param>
/// <param name="Measured">When.</param>
/// <param name="Commit">Of which commit.</param>
/// <param name="Load">How busy the machine was, in words.</param>
/// <param name="Count">With how many messages.</param>
/// <param name="Tools">What each tool took.</param>
public sealed record RowResult(
    string Id,
    DateTimeOffset Measured,
    string Commit,
    string Load,
    int Count,
    IReadOnlyList<ToolResult> Tools);
