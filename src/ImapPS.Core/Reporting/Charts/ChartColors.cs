using System.Collections.Generic;
using System.Linq;
using OxyPlot;

namespace ImapPS.Reporting.Charts;

/// <summary>
/// The colours of charts are names: the style of the page says what each looks like, in light and in dark. OxyPlot, which knows colours
/// only, is given one for each name.
/// </summary>
internal static class ChartColors
{
    private static readonly string[] _names = ["bar", "bar warm", "area", "line", "grid", "axis", "tick", "value"];

    private static readonly Dictionary<OxyColor, string> _byColor = _names.ToDictionary(Of, name => name);

    /// <summary>The colour that stands for a name.</summary>
    public static OxyColor Of(string name) => OxyColor.FromRgb(0, 0, (byte)(System.Array.IndexOf(_names, name) + 1));

    /// <summary>The name that a colour stands for; null for what is not to be seen.</summary>
    public static string? NameOf(OxyColor color) => _byColor.TryGetValue(color, out string? name) ? name : null;
}
