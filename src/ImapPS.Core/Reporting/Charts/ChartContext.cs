using System;
using System.Collections.Generic;
using System.Linq;
using OxyPlot;

namespace ImapPS.Reporting.Charts;

/// <summary>
/// Writes what OxyPlot draws as SVG whose colours and fonts are the page's: OxyPlot's own exporter writes them into each element, where a
/// dark theme cannot change them, and a strict Content-Security-Policy forbids it.
/// </summary>
internal sealed class ChartContext(PageWriter page) : ClippingRenderContext
{
    /// <summary>How far below the middle of a line its letters stand, in the unit of the size of the font.</summary>
    private const double Baseline = 0.35;

    public override void DrawLine(IList<ScreenPoint> points, OxyColor stroke, double thickness, EdgeRenderingMode edgeRenderingMode,
        double[] dashArray, LineJoin lineJoin)
    {
        if (ChartColors.NameOf(stroke) is { } name && points.Count > 1)
        {
            page.Empty("polyline", ("class", name), ("points", Points(points)));
        }
    }

    public override void DrawPolygon(IList<ScreenPoint> points, OxyColor fill, OxyColor stroke, double thickness,
        EdgeRenderingMode edgeRenderingMode, double[] dashArray, LineJoin lineJoin)
    {
        if (ChartColors.NameOf(fill) is { } name) page.Empty("polygon", ("class", name), ("points", Points(points)));
    }

    public override void DrawRectangle(OxyRect rectangle, OxyColor fill, OxyColor stroke, double thickness,
        EdgeRenderingMode edgeRenderingMode)
    {
        if (ChartColors.NameOf(fill) is not { } name || rectangle.Width <= 0 || rectangle.Height <= 0) return;

        string round = ReportText.Point(Math.Min(3, Math.Min(rectangle.Width, rectangle.Height) / 4));
        page.Empty("rect", ("class", name), ("x", ReportText.Point(rectangle.Left)), ("y", ReportText.Point(rectangle.Top)),
            ("width", ReportText.Point(rectangle.Width)), ("height", ReportText.Point(rectangle.Height)), ("rx", round));
    }

    public override void DrawText(ScreenPoint p, string text, OxyColor fill, string fontFamily, double fontSize, double fontWeight,
        double rotation, HorizontalAlignment horizontalAlignment, VerticalAlignment verticalAlignment, OxySize? maxSize)
    {
        if (ChartColors.NameOf(fill) is not { } name || string.IsNullOrEmpty(text)) return;

        double middle = verticalAlignment switch
        {
            VerticalAlignment.Top => p.Y + (fontSize / 2),
            VerticalAlignment.Bottom => p.Y - (fontSize / 2),
            _ => p.Y,
        };
        string anchor = horizontalAlignment switch
        {
            HorizontalAlignment.Left => "start",
            HorizontalAlignment.Right => "end",
            _ => "middle",
        };
        page.Element("text", text, ("class", name), ("x", ReportText.Point(p.X)), ("y", ReportText.Point(middle + (Baseline * fontSize))),
            ("text-anchor", anchor));
    }

    public override OxySize MeasureText(string text, string fontFamily, double fontSize, double fontWeight) =>
        string.IsNullOrEmpty(text) ? OxySize.Empty : new OxySize(TextWidth.Of(text, fontSize), fontSize * 1.2);

    // Nothing is drawn beyond the axes, but labels, which are to be seen.
    protected override void SetClip(OxyRect clippingRectangle)
    {
    }

    protected override void ResetClip()
    {
    }

    private static string Points(IEnumerable<ScreenPoint> points) =>
        string.Join(" ", points.Select(point => $"{ReportText.Point(point.X)},{ReportText.Point(point.Y)}"));
}
