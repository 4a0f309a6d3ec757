using System.Collections.Generic;
using System.Linq;

namespace ImapPS.Reporting;

/// <summary>A table: the first column names what a row is about, the others are numbers.</summary>
/// <param name="Columns">The headings.</param>
/// <param name="Rows">The rows, each with a cell for each column.</param>
internal sealed record ReportTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<ReportCell>> Rows)
{
    /// <summary>How many columns from the left are words.</summary>
    private int WordColumns { get; init; } = 1;

    /// <summary>How many rows there would be, if not all are shown.</summary>
    private long Available { get; init; }

    /// <summary>Whether it is open. Closed, who looks at the picture opens it for the numbers.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Writes it.</summary>
    public void Write(PageWriter page, string title)
    {
        using (IsOpen ? page.Open("details", ("open", string.Empty)) : page.Open("details"))
        {
            page.Element("summary", "Table", ("aria-label", $"Table: {title}"));
            using (page.Open("table"))
            {
                page.Element("caption", Available > Rows.Count
                    ? $"{title}: the first {ReportText.Number(Rows.Count)} of {ReportText.Number(Available)}" : title);
                using (page.Open("thead"))
                using (page.Open("tr"))
                {
                    for (int i = 0; i < Columns.Count; i++) page.Element("th", Columns[i], ("scope", "col"), ("class", Class(i)));
                }

                using (page.Open("tbody"))
                {
                    foreach (IReadOnlyList<ReportCell> row in Rows) WriteRow(page, row);
                }
            }
        }
    }

    /// <summary>A table of the first rows of what there is.</summary>
    /// <param name="columns">The headings.</param>
    /// <param name="items">What there is.</param>
    /// <param name="most">How many rows there are at the most.</param>
    /// <param name="row">Makes a row.</param>
    /// <param name="words">How many columns from the left are words.</param>
    public static ReportTable Of<T>(IReadOnlyList<string> columns, IReadOnlyList<T> items, int most,
        System.Func<T, IReadOnlyList<ReportCell>> row, int words = 1) =>
        new(columns, [.. items.Take(most).Select(row)]) { Available = items.Count, WordColumns = words };

    private void WriteRow(PageWriter page, IReadOnlyList<ReportCell> row)
    {
        page.Line();
        using (page.Open("tr"))
        {
            for (int i = 0; i < row.Count; i++)
            {
                using (i == 0 ? page.Open("th", ("scope", "row"), ("class", Class(i))) : page.Open("td", ("class", Class(i))))
                {
                    row[i].Write(page);
                }
            }
        }
    }

    private string Class(int column) => column < WordColumns ? "word" : "number";
}
