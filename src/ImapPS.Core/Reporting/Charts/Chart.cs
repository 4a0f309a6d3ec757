using System.Globalization;
using ImapPS.Models;

namespace ImapPS.Reporting.Charts;

/// <summary>
/// A picture of numbers, in SVG. It is drawn twice, for wide and for narrow screens, of which the style shows one: text that is shrunk with
/// its picture cannot be read. What draws is OxyPlot; no member here names its types, so that nobody loads it who draws nothing.
/// </summary>
/// <param name="description">What is to be seen, for those who do not see it.</param>
internal abstract class Chart(string description)
{
    /// <summary>The sizes of text, as in the style of the page.</summary>
    protected const double FontSize = 13;

    private const double Wide = 560;
    private const double Narrow = 320;

    /// <summary>Writes the picture.</summary>
    /// <param name="page">The page.</param>
    /// <param name="id">What tells it from other pictures in the page.</param>
    /// <param name="title">What it is called.</param>
    public void Write(PageWriter page, string id, string title)
    {
        using (page.Open("figure"))
        {
            Write(page, $"{id}-wide", title, Wide, "wide");
            Write(page, $"{id}-narrow", title, Narrow, "narrow");
        }
    }

    /// <summary>How high a picture of this width is.</summary>
    protected abstract double HeightOf(double width);

    /// <summary>Draws it.</summary>
    protected abstract void Draw(PageWriter page, double width, double height);

    private void Write(PageWriter page, string id, string title, double width, string kind)
    {
        double height = HeightOf(width);
        string box = string.Format(CultureInfo.InvariantCulture, "0 0 {0} {1}", width, height);
        using (page.Open("svg", ("class", $"chart {kind}"), ("viewBox", box), ("role", "img"), ("aria-labelledby", $"{id}-title"),
            ("aria-describedby", $"{id}-desc")))
        {
            page.Element("title", title, ("id", $"{id}-title"));
            page.Element("desc", DisplayText.Printable(description), ("id", $"{id}-desc"));
            Draw(page, width, height);
        }
    }
}
