using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using ImapPS.Administration;
using ImapPS.Binding;
using ImapPS.Models;

namespace ImapPS.Views;

/// <summary>Cleans what the module's views show. The properties of objects keep what came.</summary>
public static class Display
{
    /// <summary>About five lines of a table's last column. Capabilities can go on for longer.</summary>
    private const int LongestDetail = 240;

    /// <summary>The last column of the table of steps at 80 columns. PowerShell itself would break lines within words.</summary>
    private const int DetailWidth = 51;

    private const int StepWidth = 12;
    private const int DetailStart = 28;
    private const int RowWidth = DetailStart + DetailWidth;

    /// <summary>
    /// Returns a value on one line, without control, bidirectional and invisible characters. Several values are joined by a comma.
    /// </summary>
    /// <param name="value">Specifies the value, or several.</param>
    public static string? Line(object? value) => Line(value, ", ");

    /// <summary>Returns a value on one line, without control, bidirectional and invisible characters.</summary>
    /// <param name="value">Specifies the value, or several.</param>
    /// <param name="separator">Specifies what stands between several values.</param>
    public static string? Line(object? value, string separator)
    {
        object? bare = Wrapped.Unwrap(value);
        if (bare is null) return null;
        if (bare is string || bare is not IEnumerable several) return DisplayText.Printable(AsText(bare));

        var shown = new List<string>();
        foreach (object? one in several)
        {
            if (one is not null) shown.Add(DisplayText.Printable(AsText(one)));
        }

        return string.Join(separator, shown);
    }

    /// <summary>Returns a text of several lines without control, bidirectional and invisible characters.</summary>
    /// <param name="value">Specifies the text.</param>
    public static string? Lines(object? value) => value is null ? null : DisplayText.PrintableLines(AsText(value));

    /// <summary>
    /// Returns a step of connecting as the rows of a table: each part on lines of its own, and of a long detail the beginning. A word that
    /// is wider than the column, such as a thumbprint, begins further left, so that it stays whole and can be copied.
    /// </summary>
    /// <param name="step">Specifies the name of the step.</param>
    /// <param name="result">Specifies what came of it.</param>
    /// <param name="milliseconds">Specifies how long it took.</param>
    /// <param name="detail">Specifies what was found.</param>
    /// <param name="reason">Specifies why it failed.</param>
    /// <param name="remedy">Specifies what to do.</param>
    public static string Step(string? step, string? result, string? milliseconds, string? detail, string? reason, string? remedy)
    {
        var lines = new List<string>();
        foreach (string? part in new[] { DisplayText.Short(DisplayText.Printable(detail), LongestDetail), reason, remedy })
        {
            AddLines(lines, DisplayText.Printable(part));
        }

        string name = DisplayText.Printable(step);
        var rows = new List<string>();
        int told = 0;
        for (int i = 0; i < Math.Max(1, lines.Count) || told < name.Length; i++)
        {
            // A name that is wider than its column goes on below.
            string start = name.Substring(told, Math.Min(StepWidth, name.Length - told));
            string line = i < lines.Count ? lines[i] : string.Empty;
            int indent = Math.Max(0, Math.Min(DetailStart, RowWidth - line.Length));
            string before = i == 0 ? $"{start,-StepWidth} {DisplayText.Printable(result),-7} {milliseconds,6} " : $"{start,-DetailStart}";
            if (indent < DetailStart && before.TrimEnd().Length > 0)
            {
                lines.Insert(i, line = string.Empty);
                indent = DetailStart;
            }

            told += start.Length;
            rows.Add(((indent < DetailStart ? new string(' ', indent) : before) + line).TrimEnd());
        }

        return string.Join("\n", rows);
    }

    /// <summary>
    /// Returns a time in local time. What came out of a file, a job or another process may be text, or an object that has its properties.
    /// </summary>
    /// <param name="value">Specifies the time.</param>
    /// <param name="format">Specifies the format, as DateTime.ToString takes it.</param>
    public static string? Time(object? value, string format)
    {
        object? bare = Wrapped.Unwrap(value);
        DateTime? local = bare switch
        {
            DateTimeOffset time => time.LocalDateTime,
            DateTime time => time.ToLocalTime(),
            string text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal,
                out DateTimeOffset time) => time.LocalDateTime,
            not null when (value as PSObject)?.Properties["UtcDateTime"]?.Value is DateTime time =>
                DateTime.SpecifyKind(time, DateTimeKind.Utc).ToLocalTime(),
            _ => null,
        };
        return local?.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>Returns a size in the unit that suits it.</summary>
    /// <param name="value">Specifies the size in octets.</param>
    public static string? Size(object? value) =>
        value is not null && LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out long octets)
            ? DisplayText.Size(octets) : null;

    /// <summary>Returns how much there is of a resource: a size for storage, a number for anything else.</summary>
    /// <param name="value">Specifies the amount.</param>
    /// <param name="resource">Specifies the resource.</param>
    public static string? Amount(object? value, object? resource) =>
        value is not null && LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out long amount)
            ? QuotaUnits.IsStorage(resource?.ToString() ?? string.Empty)
                ? DisplayText.Size(amount)
                : amount.ToString("N0", CultureInfo.CurrentCulture)
            : null;

    /// <summary>Returns the name of an enumeration's value; nothing for None.</summary>
    /// <param name="value">Specifies the value, of which PowerShell makes text: out of a file or a job it is a number that has its name
    /// beside it.</param>
    public static string? Name(string? value) => string.IsNullOrEmpty(value) || value == "None" ? null : DisplayText.Printable(value);

    private static string AsText(object value) => value as string
        ?? LanguagePrimitives.ConvertTo(value, typeof(string), CultureInfo.InvariantCulture) as string ?? string.Empty;

    /// <summary>Breaks a text between words.</summary>
    private static void AddLines(List<string> lines, string text)
    {
        string line = string.Empty;
        foreach (string word in text.Split([' '], StringSplitOptions.RemoveEmptyEntries))
        {
            bool fits = line.Length + 1 + word.Length <= DetailWidth;
            if (line.Length > 0 && !fits) lines.Add(line);
            line = line.Length > 0 && fits ? $"{line} {word}" : word;
        }

        if (line.Length > 0) lines.Add(line);
    }
}
