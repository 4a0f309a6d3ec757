using System;
using System.Linq;
using ImapPS.Benchmarks.Rows;
using ImapPS.Benchmarks.Tools;

namespace ImapPS.Benchmarks.Report;

/// <summary>How ImapPS stands in one row.</summary>
internal sealed class Verdict(Row row, RowResult result)
{
    /// <summary>What ImapPS takes, divided by what MailKit takes where it is well used.</summary>
    public double? Ratio => Seconds(ImapPsTool.ToolName) / Seconds(MailKitTool.WellUsed);

    /// <summary>Whether the goal is met; null where there is none, or where a number for it is missing.</summary>
    public bool? IsMet => row.Goal is { } goal && Seconds(ImapPsTool.ToolName) is { } own && Limit(goal) is { } limit ? own <= limit : null;

    /// <summary>The goal and whether it is met, in words.</summary>
    public string Text => row.Goal is not { } goal ? "none" : IsMet switch
    {
        true => $"{goal.Text}: met",
        false => $"{goal.Text}: **not met** (at most {Limit(goal):F2} s)",
        null => $"{goal.Text}: not known",
    };

    public double? Seconds(string tool) => result.Tools.FirstOrDefault(measured => measured.Tool == tool)?.Seconds;

    private double? Limit(Goal goal) => goal.Kind switch
    {
        GoalKind.TimesMailKit => goal.Value * Seconds(MailKitTool.WellUsed),
        GoalKind.FastestOfAll => goal.Value + result.Tools.Where(tool => tool.Tool != ImapPsTool.ToolName).Min(tool => tool.Seconds),
        GoalKind.SecondsAboveShell => goal.Value + Seconds(BareShellTool.ToolName),
        _ => throw new ArgumentOutOfRangeException(nameof(goal), goal.Kind, "There is no such goal."),
    };
}
