using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Benchmarks.Report;
using ImapPS.Benchmarks.Rows;
using ImapPS.Benchmarks.Tools;
using ImapPS.Sandbox;

namespace ImapPS.Benchmarks.Running;

/// <summary>Measures one row: all tools in turn, as often as asked, and once more, untimed, to count.</summary>
internal sealed class RowRunner(DovecotServer server, int repeats, Action<string> say)
{
    private const double LongestToCount = 30;

    public async Task<IReadOnlyList<ToolResult>> RunAsync(Row row, IReadOnlyList<ITool> tools, CancellationToken cancellationToken)
    {
        using var stage = await Stage.SetAsync(row, server, cancellationToken);
        var runs = tools.Where(tool => tool.Does(row)).Select(tool => new ToolRuns(tool)).ToList();
        for (var turn = 0; turn < repeats; turn++)
        {
            foreach (var run in runs.Where(run => run.Failure is null && (turn == 0 || !run.Tool.IsSlow(row))))
                await TimeAsync(run, row, stage, cancellationToken);
        }

        foreach (var run in runs.Where(run => run.Failure is null && run.Longest < LongestToCount))
            await CountAsync(run, row, stage, cancellationToken);
        return [.. runs.Select(run => run.ToResult())];
    }

    private async Task TimeAsync(ToolRuns run, Row row, Stage stage, CancellationToken cancellationToken)
    {
        await using var line = row.RoundTrip > 0 ? new DelayRelay(server.Port, row.Delay) : null;
        var passes = run.Tool.IsSlow(row) || row.Work is Work.OneLiner ? 1 : 2;
        await TryAsync(run, stage, async () =>
        {
            var measured = await MeasuredProcess.RunAsync(run.Tool, stage.Order(line?.Port ?? server.Port, passes), cancellationToken);
            run.Add(measured);
            say($"  {run.Tool.Name}: {string.Join(", ", measured.Passes.Select(seconds => $"{seconds:F2} s"))}, "
                + $"{measured.PeakKilobytes / 1024} MB, processor {measured.CpuSeconds:F2} s");
            if (row.Work is not Work.OneLiner) await stage.CheckAsync(run.Tool.Name, measured.Passes.Count, cancellationToken);
        }, cancellationToken);
    }

    private async Task CountAsync(ToolRuns run, Row row, Stage stage, CancellationToken cancellationToken)
    {
        await using var proxy = FaultProxy.Start(server);
        if (!run.Tool.IsSlow(row)) proxy.Delay = row.Delay;
        await TryAsync(run, stage, async () =>
        {
            await MeasuredProcess.RunAsync(run.Tool, stage.Order(proxy.Port, 1), cancellationToken);
            run.Counts = new Counts(proxy.Connections, proxy.Commands.Count, proxy.BytesToServer, proxy.BytesToClient,
                proxy.FetchResponses);
        }, cancellationToken);
    }

    // A peer that fails is told on the page, and the others go on.
    private async Task TryAsync(ToolRuns run, Stage stage, Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await stage.ResetAsync(cancellationToken);
            await work();
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            run.Failure = failure.Message;
            say($"  {run.Tool.Name} failed: {failure.Message}");
        }
    }
}
