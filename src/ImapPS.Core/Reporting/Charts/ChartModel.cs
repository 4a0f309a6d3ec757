using OxyPlot;
using OxyPlot.Axes;

namespace ImapPS.Reporting.Charts;

/// <summary>What all charts share.</summary>
internal static class ChartModel
{
    public static PlotModel New(double fontSize) => new()
    {
        PlotAreaBorderThickness = new OxyThickness(0),
        Background = OxyColors.Undefined,
        DefaultFontSize = fontSize,
        Padding = new OxyThickness(0),
        IsLegendVisible = false,
    };

    /// <summary>An axis that has labels and no lines.</summary>
    public static LinearAxis Axis(AxisPosition position) => new()
    {
        Position = position,
        AxislineStyle = LineStyle.None,
        TickStyle = TickStyle.None,
        TicklineColor = OxyColors.Undefined,
        TextColor = ChartColors.Of("tick"),
        MinorTickSize = 0,
        MinimumPadding = 0,
        MaximumPadding = 0,
    };

    public static void Draw(PlotModel model, PageWriter page, double width, double height)
    {
        ((IPlotModel)model).Update(updateData: true);
        ((IPlotModel)model).Render(new ChartContext(page), new OxyRect(0, 0, width, height));
    }
}
