using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace ImapPS.Binding;

/// <summary>
/// Reads properties of objects that are not, or no longer, of this module's types: rows of a file, hashtables, what a job left of them.
/// </summary>
internal static class PropertyReader
{
    /// <summary>
    /// True for objects of that type and for what is left of them after Export-Clixml, Select-Object, a job or a remote session.
    /// </summary>
    public static bool IsA(object? value, string typeName)
    {
        foreach (string name in PSObject.AsPSObject(value).TypeNames)
        {
            if (name.EndsWith("ImapPS.Models." + typeName, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    /// <summary>True for objects with that property, even if it is null.</summary>
    public static bool Has(object value, string property) => Dictionary(value) is { } table
        ? Key(table, property) is not null
        : PSObject.AsPSObject(value).Properties[property] is not null;

    /// <summary>The property's value as that type, or null when it is missing, null, empty (as a CSV file has it) or of no use.</summary>
    public static T? Read<T>(object value, string property)
        where T : struct =>
        Raw(value, property) is not { } raw || raw is string { Length: 0 } ? null

        // PowerShell takes any text for true; a CSV file has the text False.
        : typeof(T) == typeof(bool) && raw is string text ? (bool.TryParse(text, out bool said) ? (T)(object)said : null)
        : LanguagePrimitives.TryConvertTo(raw, CultureInfo.InvariantCulture, out T converted) ? converted : null;

    /// <summary>
    /// A point in time; Export-Clixml and jobs leave of a DateTimeOffset only its properties, and Export-Csv its text in the user's own
    /// culture.
    /// </summary>
    public static DateTimeOffset? ReadTime(object value, string property) => Raw(value, property) switch
    {
        null => null,
        string text => DateTimeOffset.TryParse(text, IsIso(text)
            ? CultureInfo.InvariantCulture
            : CultureInfo.CurrentCulture, DateTimeStyles.None, out DateTimeOffset said) ? said : null,
        var raw => Read<DateTimeOffset>(value, property)
            ?? (Read<DateTime>(raw, nameof(DateTimeOffset.UtcDateTime)) is { } utc
                ? new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)) : null),
    };

    public static string? ReadText(object value, string property) =>
        Raw(value, property) is { } raw ? LanguagePrimitives.ConvertTo<string>(raw) : null;

    /// <summary>The property's value as it is, or null when it is missing or cannot be got.</summary>
    public static object? Raw(object value, string property)
    {
        try
        {
            object? raw = Value(value, property);
            return raw is PSObject { BaseObject: string text } ? text : raw;
        }
        catch (GetValueException)
        {
            return null;
        }
    }

    /// <summary>
    /// The property's value as it is, or null when it is missing. A property that is computed may throw GetValueException.
    /// </summary>
    public static object? Value(object value, string property) => Dictionary(value) is { } table
        ? Key(table, property) is { } key ? table[key] : null
        : PSObject.AsPSObject(value).Properties[property]?.Value;

    /// <summary>The names of an object's properties.</summary>
    public static IEnumerable<string> Names(object value) => Dictionary(value) is { } table
        ? table.Keys.OfType<string>()
        : PSObject.AsPSObject(value).Properties.Select(property => property.Name);

    /// <summary>A hashtable's entries are its properties, as in [pscustomobject]@{ ... }.</summary>
    private static IDictionary? Dictionary(object value) => Wrapped.Unwrap(value) as IDictionary;

    private static object? Key(IDictionary table, string property) =>
        table.Keys.Cast<object>()
            .FirstOrDefault(key => key is string name && string.Equals(name, property, StringComparison.OrdinalIgnoreCase));

    /// <summary>A year first: 2026-03-02. Any other order of the numbers is a culture's own.</summary>
    private static bool IsIso(string text) => text.Length > 4 && text[4] == '-' && text.Take(4).All(char.IsDigit);
}
