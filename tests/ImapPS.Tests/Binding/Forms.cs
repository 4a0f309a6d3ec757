using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace ImapPS.Tests.Binding;

/// <summary>What becomes of an object on its way through a file, a job or another cmdlet.</summary>
internal static class Forms
{
    public static IReadOnlyDictionary<string, Func<PSObject, object>> All { get; } =
        new Dictionary<string, Func<PSObject, object>>(StringComparer.Ordinal)
        {
            ["live"] = item => item,
            ["Clixml"] = Deserialized,
            ["CSV"] = item => Row(item, Text),
            ["JSON"] = item => Row(item, Json),
            ["Select-Object"] = Selected,
            ["hashtable"] = item => new Hashtable(
                item.Properties.ToDictionary(property => property.Name, property => Value(property), StringComparer.OrdinalIgnoreCase),
                StringComparer.OrdinalIgnoreCase),
        };

    /// <summary>What Export-Clixml and Import-Clixml do, and jobs and remote sessions, which serialize in the same way.</summary>
    public static object Deserialized(PSObject item) => PSSerializer.Deserialize(PSSerializer.Serialize(item));

    private static PSObject Selected(PSObject item)
    {
        PSObject row = Row(item, value => value);
        row.TypeNames.Insert(0, "Selected." + item.TypeNames[0]);
        return row;
    }

    private static PSObject Row(PSObject item, Func<object?, object?> convert)
    {
        var row = new PSObject();
        foreach (PSPropertyInfo property in item.Properties)
        {
            row.Properties.Add(new PSNoteProperty(property.Name, convert(Value(property))));
        }

        return row;
    }

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.CurrentCulture) ?? string.Empty;

    private static object? Json(object? value) => value switch
    {
        null or bool or string => value,
        DateTime => value,
        DateTimeOffset instant => instant.DateTime,
        IEnumerable list => list.Cast<object>().Select(Text).ToArray(),
        IConvertible => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        _ => Text(value),
    };

    private static object? Value(PSPropertyInfo property)
    {
        try
        {
            return property.Value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : property.Value;
        }
        catch (GetValueException)
        {
            return null;
        }
    }
}
