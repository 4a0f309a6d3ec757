using System.Globalization;
using System.Linq;
using System.Text;
using ImapPS.Benchmarks.Rows;
using ImapPS.Benchmarks.Tools;

namespace ImapPS.Benchmarks.Report;

/// <summary>All numbers of one row.</summary>
internal sealed class RowSection(Row row, RowResult result)
{
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"### {row.Title}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"`{row.Id}`: {result.Count:N0} messages, measured {result.Measured:yyyy-MM-dd HH:mm} ");
        text.Append(CultureInfo.InvariantCulture, $"at commit {result.Commit}. {result.Load}\n\n").Append(Table());
        foreach (var tool in result.Tools.Where(tool => tool.Failure is not null))
            text.Append(CultureInfo.InvariantCulture, $"\n{tool.Tool} has no numbers: {FirstLine(tool.Failure!)}\n");
        foreach (var tool in result.Tools.Where(tool => tool.Parts.Count > 0))
            text.Append("\nThe parts of ").Append(tool.Tool).Append(": ").Append(Parts(tool)).Append(".\n");
        return text.ToString();
    }

    private MarkdownTable Table()
    {
        var table = new MarkdownTable("tool", "runs", "first pass", "second pass", "÷ MailKit", "processor", "peak MB", "connections",
            "commands", "octets sent", "octets received");
        var verdict = new Verdict(row, result);
        var mailKit = verdict.Seconds(MailKitTool.WellUsed);
        foreach (var tool in result.Tools.Where(tool => tool.Failure is null))
        {
            table.Add(tool.Tool, Numbers.Count(tool.Cold.Count), Numbers.Seconds(tool.Cold), Numbers.Seconds(tool.Warm),
                Numbers.Times(tool.Seconds / mailKit), Numbers.Seconds(tool.Cpu), Numbers.Megabytes(tool.PeakKilobytes),
                Numbers.Count(tool.Counts?.Connections), Numbers.Count(tool.Counts?.Commands), Numbers.Count(tool.Counts?.ToServer),
                Numbers.Count(tool.Counts?.ToClient));
        }

        return table;
    }

    private static string Parts(ToolResult tool) =>
        string.Join(", ", tool.Parts.Select(part => $"{part.Key} {Numbers.Seconds(part.Value)} s"));

    private static string FirstLine(string text) => text.Split('\n')[0];
}
