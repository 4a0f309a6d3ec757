using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Benchmarks.Report;
using ImapPS.Benchmarks.Tools;
using ImapPS.Sandbox;

namespace ImapPS.Benchmarks.Running;

/// <summary>Measures the selected rows one by one, and writes the results after each.</summary>
internal sealed class Table(Options options, Action<string> say)
{
    private readonly Dictionary<string, string> _versions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _missing = new(StringComparer.Ordinal);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var results = options.OnlyRenders ? null : await MeasureAsync(cancellationToken);
        results ??= ResultsFile.Read(options.ResultsPath) ?? throw new InvalidOperationException($"There is no {options.ResultsPath}.");
        var page = new PerformancePage(results, NotesPath).ToString();
        if (options.IsKept) await File.WriteAllTextAsync(options.Output, page, cancellationToken);
        else say(page);
    }

    private static string NotesPath => Path.Combine(Repository.Root, "benchmarks", "notes.md");

    private async Task<Results> MeasureAsync(CancellationToken cancellationToken)
    {
        var tools = await PrepareAsync(cancellationToken);
        var results = new Results(await MachineReader.ReadAsync(cancellationToken), _versions, []);
        if (options.IsKept && ResultsFile.Read(options.ResultsPath) is { } old) results = results with { Rows = old.Rows };

        var commit = await MachineReader.CommitAsync(cancellationToken);
        await using var server = await DovecotServer.StartAsync(cancellationToken: cancellationToken);
        var runner = new RowRunner(server, options.Repeats, say);
        foreach (var row in options.SelectedRows)
        {
            say($"{DateTime.Now:HH:mm:ss} {row.Id}: {row.Count} messages");
            var load = MachineReader.Load();
            var measured = await runner.RunAsync(row, tools, cancellationToken);
            var missing = _missing.Where(tool => ToolTable.All.Any(known => known.Name == tool.Key && known.Does(row)))
                .Select(tool => ToolResult.Failed(tool.Key, tool.Value));
            results = results.With(new RowResult(row.Id, DateTimeOffset.Now, commit, load, row.Count,
                [.. measured, .. missing]));
            if (options.IsKept) ResultsFile.Write(options.ResultsPath, results);
        }

        return results;
    }

    private async Task<IReadOnlyList<ITool>> PrepareAsync(CancellationToken cancellationToken)
    {
        var ready = new List<ITool>();
        foreach (var tool in ToolTable.All.Where(tool => Wildcards.Match(options.Tools, tool.Name)))
        {
            try
            {
                _versions[tool.Name] = await tool.PrepareAsync(cancellationToken);
                ready.Add(tool);
            }
            catch (Exception failure) when (failure is InvalidOperationException or System.ComponentModel.Win32Exception)
            {
                _missing[tool.Name] = failure.Message;
                _versions[tool.Name] = "cannot be had here";
                say($"{tool.Name} cannot be had: {failure.Message}");
            }
        }

        return ready;
    }
}
