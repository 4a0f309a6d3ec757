using System.Text;

namespace ImapPS.Benchmarks.Report;

internal sealed class PerformancePage(Results results, string notes)
{
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var row in results.Rows)
        {
            text.AppendLine(row.Id);
            foreach (var tool in row.Tools) text.AppendLine($"  {tool.Tool,-20} "
                + $"{ToolResult.Median(tool.Cold),8:F2} {ToolResult.Median(tool.Warm),8:F2} {tool.Counts}");
        }
        return text.ToString() + notes;
    }
}
