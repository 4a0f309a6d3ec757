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

    /// <summary>Whether of names that are too long the end is shown, as of paths.</summary>
    public bool KeepsEnd { get; init; }

    /// <summary>The value of the longest bar that there may be; by default, of the longest that there is.</summary>
    private double? Most { get; init; }

    /// <summary>A chart of the first of some things, which says of the longest three what they are.</summary>
    /// <param name="bars">The bars.</param>
    /// <param name="most">How many are shown.</param>
    /// <param name="color">What the bars look like.</param>
    /// <param name="keepsEnd">Whether of names that are too long the end is shown.</param>
    public static BarChart? Of(IEnumerable<Bar> bars, int most = int.MaxValue, string color = "bar", bool keepsEnd = false)
    {
        List<Bar> shown = [.. bars.Take(most)];
        if (shown.All(bar => bar.Value <= 0)) return null;

        IEnumerable<string> longest = shown.Where(bar => bar.Value > 0).OrderByDescending(bar => bar.Value).Take(3)
            .Select(bar => $"{DisplayText.Subject(bar.Label)}: {bar.Text}");
        return new BarChart(shown, $"Bar chart with {DisplayText.Count(shown.Count, "bar")}. The longest: {string.Join("; ", longest)}.")
        {
            Color = color,
            KeepsEnd = keepsEnd,
        };
    }

    /// <summary>The same, with room for this value.</summary>
    public BarChart UpTo(double most) => new(bars, _description) { Color = Color, Most = Math.Max(most, bars.Max(bar => bar.Value)) };

    /// <inheritdoc/>
    protected override double HeightOf(double width) => bars.Count * RowHeight;

    /// <inheritdoc/>
    protected override void Draw(PageWriter page, double width, double height)
    {
        string[] labels = [.. bars.Select(bar => TextWidth.Fit(DisplayText.Printable(bar.Label), FontSize, width * 0.4, KeepsEnd))];
        double left = labels.Max(label => TextWidth.Of(label, FontSize)) + Gap;
        double right = bars.Max(bar => TextWidth.Of(bar.Text, FontSize)) + Gap;

        PlotModel model = ChartModel.New(FontSize);
        model.PlotMargins = new OxyThickness(left, 0, 0, 0);
        double most = Most ?? bars.Max(bar => bar.Value);
        double unit = most / Math.Max(1, width - left - right);
        LinearAxis values = ChartModel.Axis(AxisPosition.Bottom);
        values.IsAxisVisible = false;
        (values.Minimum, values.Maximum) = (0, most + (right * unit));
        model.Axes.Add(values);
        LinearAxis rows = ChartModel.Axis(AxisPosition.Left);
        (rows.Minimum, rows.Maximum, rows.StartPosition, rows.EndPosition) = (-0.5, bars.Count - 0.5, 1, 0);
        (rows.MajorStep, rows.MinorStep, rows.AxisTickToLabelDistance) = (1, 1, Gap);
        rows.LabelFormatter = row => labels[Math.Max(0, Math.Min(labels.Length - 1, (int)Math.Round(row)))];
        model.Axes.Add(rows);

        var series = new RectangleBarSeries { FillColor = ChartColors.Of(Color), StrokeThickness = 0, LabelFormatString = null };
        model.Series.Add(series);
        for (int i = 0; i < bars.Count; i++)
        {
            // What there is little of is still to be seen.
            double length = bars[i].Value <= 0 ? 0 : Math.Min(most, Math.Max(2 * unit, bars[i].Value));
            if (length > 0) series.Items.Add(new RectangleBarItem(0, i - HalfBar, length, i + HalfBar));
            model.Annotations.Add(ValueOf(bars[i], length, i));
        }

        ChartModel.Draw(model, page, width, height);
    }

    private static TextAnnotation ValueOf(Bar bar, double length, int row) => new()
    {
        Text = bar.Text,
        TextPosition = new DataPoint(length, row),
        Offset = new ScreenVector(Gap, 0),
        TextHorizontalAlignment = HorizontalAlignment.Left,
        TextVerticalAlignment = VerticalAlignment.Middle,
        TextColor = ChartColors.Of("value"),
        Stroke = OxyColors.Undefined,
        StrokeThickness = 0,
        Background = OxyColors.Undefined,
        Padding = new OxyThickness(0),
    };
}
