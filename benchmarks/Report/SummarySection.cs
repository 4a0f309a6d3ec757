using System.Linq;
using ImapPS.Benchmarks.Rows;
using ImapPS.Benchmarks.Tools;

namespace ImapPS.Benchmarks.Report;

/// <summary>One line for each row: all tools and the goal.</summary>
internal sealed class SummarySection(Results results)
{
    public override string ToString()
    {
        string[] peers = [.. ToolTable.All.Select(tool => tool.Name).Where(name => name != ImapPsTool.ToolName)];
        var table = new MarkdownTable(["work", "ImapPS", "first time", .. peers, "÷ MailKit", "goal"]);
        foreach (var row in RowTable.All)
        {
            if (results.Rows.FirstOrDefault(measured => measured.Id == row.Id) is not { } result) continue;
            var verdict = new Verdict(row, result);
            var own = result.Tools.FirstOrDefault(tool => tool.Tool == ImapPsTool.ToolName);
            table.Add([
                row.Title,
                Numbers.Seconds(own?.Seconds),
                Numbers.Seconds(own?.Cold ?? []),
                .. peers.Select(peer => Numbers.Seconds(verdict.Seconds(peer))),
                Numbers.Times(verdict.Ratio),
                verdict.Text,
            ]);
        }

        return $"## Seconds\n\n{table}";
    }
}
