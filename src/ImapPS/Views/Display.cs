using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using ImapPS.Models;

namespace ImapPS.Views;

/// <summary>Cleans what the module's views show. The properties of objects keep what came.</summary>
public static class Display
{
    /// <summary>Returns a value on one line, without control, bidirectional and invisible characters. Several values are joined by a comma.</summary>
    /// <param name="value">Specifies the value, or several.</param>
    public static string? Line(object? value) => Line(value, ", ");

    /// <summary>Returns a value on one line, without control, bidirectional and invisible characters.</summary>
    /// <param name="value">Specifies the value, or several.</param>
    /// <param name="separator">Specifies what stands between several values.</param>
    public static string? Line(object? value, string separator)
    {
        object? bare = value is PSObject wrapped ? wrapped.BaseObject : value;
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

    private static string AsText(object value) => value as string ?? LanguagePrimitives.ConvertTo(value, typeof(string), CultureInfo.InvariantCulture) as string ?? string.Empty;
}
