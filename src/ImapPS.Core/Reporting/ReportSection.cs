using System.Collections.Generic;
using ImapPS.Reporting.Charts;

namespace ImapPS.Reporting;

/// <summary>One subject of the report: what it comes to in a sentence, a picture of it, and its numbers.</summary>
/// <param name="Id">What tells it from the others in the page.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Summary">The sentence, in pieces.</param>
internal sealed record ReportSection(string Id, string Title, IReadOnlyList<ReportCell> Summary)
{
    /// <summary>The picture; none where there is nothing to see.</summary>
    public Chart? Chart { get; init; }

    /// <summary>The numbers; none where there are none.</summary>
    public ReportTable? Table { get; init; }

    /// <summary>Writes it.</summary>
    public void Write(PageWriter page)
    {
        page.Line();
        using (page.Open("section", ("class", "card"), ("aria-labelledby", Id)))
        {
            page.Element("h2", Title, ("id", Id));
            using (page.Open("p", ("class", "summary")))
            {
                foreach (ReportCell piece in Summary) piece.Write(page);
            }

            if (Chart is not null) Chart.Write(page, Id, Title);
            if (Table is not null) Table.Write(page, Title);
        }
    }
}
