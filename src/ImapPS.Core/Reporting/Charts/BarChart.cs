using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Models;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace ImapPS.Reporting.Charts;

/// <summary>One bar of a chart.</summary>
/// <param name="Label">What it is about; it may come from mail.</param>
/// <param name="Value">How long it is.</param>
/// <param name="Text">The value in words.</param>
internal sealed record Bar(string Label, double Value, string Text);

/// <summary>Bars beneath each other, with their names before them and their values after them.</summary>
/// <param name="bars">The bars, from above.</param>
/// <param name="description">What is to be seen.</param>
internal sealed class BarChart(IReadOnlyList<Bar> bars, string description) : Chart(description)
{
    private readonly string _description = description;

    private const double RowHeight = 27;
    private const double HalfBar = 0.32;
    private const double Gap = 8;

    /// <summary>What the bars look like: another colour tells another thing.</summary>
    public string Color { get; init; } = "bar";

    /// <summary>The value of the longest bar that there may be; by default, of the longest that there is.</summary>
    private double? Most { get; init; }

    /// <summary>A chart of the first of some things, which says of the longest three what they are.</summary>
    /// <param name="bars">The bars.</param>
    /// <param name="most">How many are shown.</param>
    /// <param name="color">What the bars look like.</param>
    public static BarChart? Of(IEnumerable<Bar> bars, int most = int.MaxValue, string color = "bar")
    {
        List<Bar> shown = [.. bars.Take(most)];
        if (shown.All(bar => bar.Value <= 0)) return null;

        IEnumerable<string> longest = shown.Where(bar => bar.Value > 0).OrderByDescending(bar => bar.Value).Take(3)
            .Select(bar => $"{DisplayText.Subject(bar.Label)}: {bar.Text}");
        return new BarChart(shown, $"Bar chart with {DisplayText.Count(shown.Count, "bar")}. The longest: {string.Join("; ", longest)}.")
        {
            Color = color,
        };
    }

    /// <summary>The same, with room for this value.</summary>
    public BarChart UpTo(double most) => new(bars, _description) { Color = Color, Most = Math.Max(most, bars.Max(bar => bar.Value)) };

    /// <inheritdoc/>
    protected override double HeightOf(double width) => bars.Count * RowHeight;

    /// <inheritdoc/>
    protected override void Draw(PageWriter page, double width, double height)
    {
        string[] labels = [.. bars.Select(bar => TextWidth.Fit(DisplayText.Printable(bar.Label), FontSize, width * 0.38))];
        double left = labels.Max(label => TextWidth.Of(label, FontSize)) + Gap;
        double right = bars.Max(bar => TextWidth.Of(bar.Text, FontSize)) + Gap;

        PlotModel model = ChartModel.New(FontSize);
        model.PlotMargins = new OxyThickness(left, 0, right, 0);
        LinearAxis values = ChartModel.Axis(AxisPosition.Bottom);
        values.IsAxisVisible = false;
        values.Minimum = 0;
        values.Maximum = Most ?? bars.Max(bar => bar.Value);
        model.Axes.Add(values);
        LinearAxis rows = ChartModel.Axis(AxisPosition.Left);
        rows.IsAxisVisible = false;
        (rows.Minimum, rows.Maximum, rows.StartPosition, rows.EndPosition) = (-0.5, bars.Count - 0.5, 1, 0);
        model.Axes.Add(rows);

        var series = new RectangleBarSeries { FillColor = ChartColors.Of(Color), StrokeThickness = 0 };
        model.Series.Add(series);
        double least = values.Maximum / Math.Max(1, width - left - right);
        for (int i = 0; i < bars.Count; i++)
        {
            // What there is little of is still to be seen.
            double length = bars[i].Value <= 0 ? 0 : Math.Min(values.Maximum, Math.Max(2 * least, bars[i].Value));
            if (length > 0) series.Items.Add(new RectangleBarItem(0, i - HalfBar, length, i + HalfBar));
            model.Annotations.Add(Label(labels[i], 0, i, -Gap, HorizontalAlignment.Right, "tick"));
            model.Annotations.Add(Label(bars[i].Text, length, i, Gap, HorizontalAlignment.Left, "value"));
        }

        ChartModel.Draw(model, page, width, height);
    }

    private static TextAnnotation Label(string text, double x, double y, double offset, HorizontalAlignment alignment, string color) => new()
    {
        Text = text,
        TextPosition = new DataPoint(x, y),
        Offset = new ScreenVector(offset, 0),
        TextHorizontalAlignment = alignment,
        TextVerticalAlignment = VerticalAlignment.Middle,
        TextColor = ChartColors.Of(color),
        Stroke = OxyColors.Undefined,
        StrokeThickness = 0,
        Background = OxyColors.Undefined,
        Padding = new OxyThickness(0),
    };
}
