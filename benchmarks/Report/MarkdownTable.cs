using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace ImapPS.Benchmarks.Report;

/// <summary>A table of a page.</summary>
internal sealed class MarkdownTable(params string[] columns)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells) => _rows.Add(cells);

    public override string ToString()
    {
        var text = new StringBuilder();
        Append(columns);
        Append([.. columns.Select(_ => "---")]);
        foreach (var row in _rows) Append(row);
        return text.ToString();

        void Append(string[] cells) =>
            text.Append("| ").AppendJoin(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
    }
}
