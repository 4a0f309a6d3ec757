using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace ImapPS.Benchmarks.Report;

/// <summary>Numbers as the page writes them.</summary>
internal static class Numbers
{
    private const string None = "–";

    public static string Seconds(double? seconds) => seconds is { } known ? known.ToString("F2", CultureInfo.InvariantCulture) : None;

    public static string Seconds(IReadOnlyList<double> runs) => Seconds(ToolResult.Median(runs));

    public static string Times(double? ratio) => ratio is { } known ? known.ToString("F2", CultureInfo.InvariantCulture) + " ×" : None;

    public static string Megabytes(IReadOnlyList<long> kilobytes) => kilobytes.Count == 0
        ? None : (kilobytes.Max() / 1024).ToString(CultureInfo.InvariantCulture);

    public static string Count(long? number) => number is { } known ? known.ToString("N0", CultureInfo.InvariantCulture) : None;
}
