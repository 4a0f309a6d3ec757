using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using ImapPS.Benchmarks.Rows;

namespace ImapPS.Benchmarks.Report;

/// <summary>docs/performance.md: the results, and what was written by hand about them.</summary>
internal sealed class PerformancePage(Results results, string notesPath)
{
    private const string Origin =
        "<!-- Written by benchmarks/ from benchmarks/results.json and benchmarks/notes.md: change them, not this page. -->\n\n";

    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(Origin);
        text.Append("# Performance\n\nImapPS side by side with other clients, doing the same work at the same server.\n\n");
        text.Append(MachineTable()).Append('\n').Append(new SummarySection(results)).Append('\n');
        if (File.Exists(notesPath)) text.Append("## Where the time goes\n\n").Append(File.ReadAllText(notesPath).Trim()).Append("\n\n");
        text.Append("## Row by row\n\n");
        foreach (var row in RowTable.All)
        {
            if (results.Rows.FirstOrDefault(measured => measured.Id == row.Id) is { } result)
                text.Append(new RowSection(row, result)).Append('\n');
        }

        return text.Append(MethodSection.Text).ToString().ReplaceLineEndings("\n");
    }

    private MarkdownTable MachineTable()
    {
        var machine = results.Machine;
        var table = new MarkdownTable("what", "which");
        table.Add("processor", string.Create(CultureInfo.InvariantCulture, $"{machine.Processor}, {machine.Cores} cores"));
        table.Add("memory", machine.Memory);
        table.Add("system", machine.System);
        table.Add("runtime", machine.DotNet);
        table.Add("server", $"Dovecot {machine.Dovecot}");
        foreach (var (tool, version) in results.Tools) table.Add(tool, version);
        return table;
    }
}
