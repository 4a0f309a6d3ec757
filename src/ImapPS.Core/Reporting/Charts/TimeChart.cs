using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace ImapPS.Reporting.Charts;

/// <summary>Numbers over months or years: a column for each, or a line with what is below it.</summary>
/// <param name="periods">The months or years.</param>
/// <param name="values">A number for each.</param>
/// <param name="description">What is to be seen.</param>
internal sealed class TimeChart(Periods periods, IReadOnlyList<double> values, string description) : Chart(description)
{
    private const double HalfColumn = 0.4;
    private const double LabelGap = 14;

    /// <summary>There is room for so many at the least, since one alone as wide as the picture would look like much.</summary>
    private const int LeastPeriods = 6;

    /// <summary>Steps that end where a year does.</summary>
    private static readonly int[] _monthSteps = [1, 3, 6, 12, 24, 36, 60];

    private static readonly int[] _yearSteps = [1, 2, 5, 10, 20];

    private static readonly string[] _units = [" B", " KB", " MB", " GB", " TB"];

    /// <summary>Whether the numbers are octets, and otherwise counts.</summary>
    public bool AreOctets { get; init; }

    /// <summary>Whether there is a line, and otherwise columns.</summary>
    public bool IsLine { get; init; }

    /// <inheritdoc/>
    protected override double HeightOf(double width) => width > 400 ? 250 : 200;

    /// <inheritdoc/>
    protected override void Draw(PageWriter page, double width, double height)
    {
        PlotModel model = ChartModel.New(FontSize);
        (double unit, string unitName) = Unit();
        double[] heights = [.. values.Select(value => value / unit)];
        double most = Math.Max(heights.Max(), AreOctets ? 0 : 4);

        LinearAxis amount = ChartModel.Axis(AxisPosition.Left);
        amount.Minimum = 0;
        amount.Maximum = most * 1.06;
        amount.MajorGridlineStyle = LineStyle.Solid;
        amount.MajorGridlineColor = ChartColors.Of("grid");
        amount.IntervalLength = 55;
        amount.AxisTickToLabelDistance = 8;
        amount.LabelFormatter = number => number.ToString("#,0.##", CultureInfo.InvariantCulture) + unitName;
        model.Axes.Add(amount);

        LinearAxis time = ChartModel.Axis(AxisPosition.Bottom);
        double room = 0.5 + Math.Max(0, (LeastPeriods - values.Count) / 2.0);
        time.Minimum = periods.First - room;
        time.Maximum = periods.First + values.Count - 1 + room;
        time.MajorStep = StepIn(width);
        time.MinorStep = time.MajorStep;
        time.AxisTickToLabelDistance = 6;
        time.LabelFormatter = number => LabelOf((int)Math.Round(number), (int)time.MajorStep);
        model.Axes.Add(time);

        model.PlotMargins = new OxyThickness(
            TextWidth.Of(amount.LabelFormatter(Math.Round(most * 0.9, 1)), FontSize) + 14, FontSize * 0.7, FontSize, FontSize * 2.2);
        if (IsLine) AddLine(model, heights);
        else AddColumns(model, heights);
        ChartModel.Draw(model, page, width, height);
    }

    private void AddColumns(PlotModel model, double[] heights)
    {
        var series = new RectangleBarSeries { FillColor = ChartColors.Of("bar"), StrokeThickness = 0, LabelFormatString = null };
        for (int i = 0; i < heights.Length; i++)
        {
            double middle = periods.First + i;
            if (heights[i] > 0) series.Items.Add(new RectangleBarItem(middle - HalfColumn, 0, middle + HalfColumn, heights[i]));
        }

        model.Series.Add(series);
    }

    private void AddLine(PlotModel model, double[] heights)
    {
        var series = new AreaSeries
        {
            Color = ChartColors.Of("line"),
            Color2 = OxyColors.Transparent,
            Fill = ChartColors.Of("area"),
            ConstantY2 = 0,
        };

        // From the middle of the first period to the middle of the last; one period alone is as wide as it is.
        if (heights.Length == 1) heights = [heights[0], heights[0]];
        double start = values.Count == 1 ? periods.First - HalfColumn : periods.First;
        double step = values.Count == 1 ? 2 * HalfColumn : 1;
        for (int i = 0; i < heights.Length; i++) series.Points.Add(new DataPoint(start + (i * step), heights[i]));
        model.Series.Add(series);
    }

    private (double Unit, string Name) Unit()
    {
        if (!AreOctets) return (1, string.Empty);

        int unit = 0;
        for (double most = values.Max(); most >= 1024 && unit < _units.Length - 1; most /= 1024) unit++;
        return (Math.Pow(1024, unit), _units[unit]);
    }

    /// <summary>How many periods lie between two labels, so that they do not touch.</summary>
    private int StepIn(double width)
    {
        int[] steps = periods.AreYears ? _yearSteps : _monthSteps;
        return Array.Find(steps, step =>
        {
            double label = TextWidth.Of(LabelOf(periods.First, step), FontSize) + LabelGap;
            return (width - 60) * step / Math.Max(LeastPeriods, values.Count) >= label;
        }) is var fitting and > 0 ? fitting : steps[steps.Length - 1];
    }

    private string LabelOf(int number, int step) => periods.AreYears
        ? number.ToString("0000", CultureInfo.InvariantCulture)
        : step % 12 == 0 ? (number / 12).ToString("0000", CultureInfo.InvariantCulture) : Periods.LabelOf(number);
}
