using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Benchmarks.Rows;
using ImapPS.Benchmarks.Tools;
using ImapPS.Sandbox;

namespace ImapPS.Benchmarks.Running;

/// <summary>Runs a tool's process under GNU time.</summary>
internal static class MeasuredProcess
{
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(15);

    public static async Task<Measurement> RunAsync(ITool tool, WorkOrder order, CancellationToken cancellationToken)
    {
        var time = await DebianTool.FindAsync("time", ["time"], cancellationToken);
        var report = Path.GetTempFileName();
        try
        {
            var start = Timed(await tool.StartAsync(order, cancellationToken), time, report);
            foreach (var (name, value) in order.Environment()) start.Environment[name] = value;
            using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            late.CancelAfter(_longest);
            var watch = Stopwatch.StartNew();
            var output = await Tool.RunAsync(start, late.Token);
            var whole = watch.Elapsed.TotalSeconds;
            var measured = Read(whole, output.Split('\n'), await File.ReadAllTextAsync(report, cancellationToken));

            // A one-liner is timed from outside: its start-up is the point.
            return order.Row.Work is Work.OneLiner ? measured with { Passes = [whole] } : measured;
        }
        finally
        {
            File.Delete(report);
        }
    }

    private static ProcessStartInfo Timed(ProcessStartInfo start, string time, string report)
    {
        var timed = new ProcessStartInfo(time, ["-f", "%M %U %S", "-o", report, start.FileName, .. start.ArgumentList])
        {
            WorkingDirectory = start.WorkingDirectory,
        };
        foreach (var (name, value) in start.Environment) timed.Environment[name] = value;
        return timed;
    }

    private static Measurement Read(double whole, string[] lines, string report)
    {
        var numbers = report.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(Number).ToArray();
        double[] passes = [.. lines.Where(line => line.StartsWith("pass ", StringComparison.Ordinal)).Select(line => Number(line[5..]))];
        var parts = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            if (line.Split(' ') is ["part", var name, var seconds]) parts[name] = Number(seconds);
        }

        return new Measurement(whole, passes.Length > 0 ? passes : [whole], parts, (long)numbers[^3], numbers[^2] + numbers[^1]);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
