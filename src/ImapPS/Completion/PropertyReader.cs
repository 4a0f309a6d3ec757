using System;
using System.Management.Automation;

namespace ImapPS.Completion;

/// <summary>Reads properties of objects that are not, or no longer, of this module's types.</summary>
internal static class PropertyReader
{
    /// <summary>True for objects of that type and for what is left of them after Export-Clixml, a job or a remote session.</summary>
    public static bool IsA(object? value, string typeName)
    {
        foreach (string name in PSObject.AsPSObject(value).TypeNames)
        {
            if (name.EndsWith("ImapPS.Models." + typeName, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    /// <summary>True for objects with that property, even if it is null.</summary>
    public static bool Has(object value, string property) => PSObject.AsPSObject(value).Properties[property] is not null;

    /// <summary>The property's value as that type, or null when it is missing, null or of no use.</summary>
    public static T? Read<T>(object value, string property)
        where T : struct =>
        Raw(value, property) is { } raw && LanguagePrimitives.TryConvertTo(raw, System.Globalization.CultureInfo.InvariantCulture, out T converted) ? converted : null;

    /// <summary>A point in time; Export-Clixml and jobs leave of a DateTimeOffset only its properties.</summary>
    public static DateTimeOffset? ReadTime(object value, string property) =>
        Read<DateTimeOffset>(value, property)
        ?? (Raw(value, property) is { } remains && Read<DateTime>(remains, nameof(DateTimeOffset.UtcDateTime)) is { } utc
            ? new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc))
            : null);

    public static string? ReadText(object value, string property) =>
        Raw(value, property) is { } raw ? LanguagePrimitives.ConvertTo<string>(raw) : null;

    /// <summary>True when the property is there, and null.</summary>
    public static bool IsEmpty(object value, string property) => Has(value, property) && Raw(value, property) is null;

    private static object? Raw(object value, string property)
    {
        try
        {
            return PSObject.AsPSObject(value).Properties[property]?.Value;
        }
        catch (GetValueException)
        {
            return null;
        }
    }
}
