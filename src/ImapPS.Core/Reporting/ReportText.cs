using System;
using System.Globalization;
using ImapPS.Models;

namespace ImapPS.Reporting;

/// <summary>Numbers and dates as the page writes them: it is in English, whatever the culture of who makes it.</summary>
internal static class ReportText
{
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Size(long octets) => DisplayText.Size(octets, CultureInfo.InvariantCulture);

    public static string Percent(double part, double all)
    {
        double percent = all > 0 ? 100 * part / all : 0;
        return percent is > 0 and < 0.1 ? "under 0.1%" : string.Format(CultureInfo.InvariantCulture, "{0:0.#}%", percent);
    }

    public static string Day(DateTimeOffset? time) => time is { } known
        ? known.LocalDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture) : "unknown";

    /// <summary>A number for a coordinate.</summary>
    public static string Point(double number) => Math.Round(number, 1).ToString("0.#", CultureInfo.InvariantCulture);
}
