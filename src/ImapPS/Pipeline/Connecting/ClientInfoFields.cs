using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using ImapPS.Errors;
using ImapPS.Models;

namespace ImapPS.Pipeline.Connecting;

/// <summary>The fields of -ClientInfo, as RFC 2971 (3.3) allows them.</summary>
internal static class ClientInfoFields
{
    private const int MostFields = 30;
    private const int LongestName = 30;
    private const int LongestValue = 1024;

    /// <summary>Reads them.</summary>
    /// <param name="given">Names and values; null for none.</param>
    public static IReadOnlyDictionary<string, string?> Read(IDictionary? given)
    {
        // The server need not tell NAME from name.
        var fields = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry field in given ?? new Hashtable())
        {
            string name = Text(field.Key);
            string? value = field.Value is null ? null : Text(field.Value);
            if (name.Length == 0 || IsWrong(name, LongestName) || (value is not null && IsWrong(value, LongestValue)))
            {
                throw Failures.ArgumentInvalid($"-ClientInfo has a field that cannot be sent: '{DisplayText.Printable(name)}'.",
                    "A name is at most 30 octets long, and a value 1024. Neither has line breaks or other control characters.", name);
            }

            fields[name] = value;
        }

        return fields.Count <= MostFields ? fields
            : throw Failures.ArgumentInvalid("-ClientInfo has more than 30 fields.", "Leave some out.");
    }

    private static string Text(object value) =>
        Convert.ToString(Binding.Wrapped.Unwrap(value), CultureInfo.InvariantCulture) ?? string.Empty;

    private static bool IsWrong(string text, int longest) => Encoding.UTF8.GetByteCount(text) > longest || text.Any(char.IsControl);
}
