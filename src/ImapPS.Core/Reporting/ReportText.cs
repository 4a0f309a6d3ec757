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

    /// <summary>The days between two times, both of them too.</summary>
    public static string Days(DateTimeOffset? oldest, DateTimeOffset? newest)
    {
        if (oldest is not { } first || newest is not { } last) return "time unknown";

        (string from, string to) = (Day(first), Day(last));
        return from == to ? from : $"{from} – {to}";
    }

    /// <summary>A number for a coordinate.</summary>
    public static string Point(double number) => Math.Round(number, 1).ToString("0.#", CultureInfo.InvariantCulture);

    private static string Day(DateTimeOffset time) => time.LocalDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
