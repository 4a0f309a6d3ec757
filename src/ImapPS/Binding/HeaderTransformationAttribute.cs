using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using ImapPS.Models;

namespace ImapPS.Binding;

/// <summary>
/// Takes text as it stands in a header, "List-Id: announce", for the table of fields that a criterion is; of several lines with one name
/// any will do.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class HeaderTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? input = Wrapped.Unwrap(inputData);
        return input switch
        {
            null or IDictionary => inputData!,
            IList list => Fields([.. list.Cast<object?>().Select(Wrapped.Unwrap)]),
            _ => Fields([input]),
        };
    }

    private static Hashtable Fields(object?[] lines)
    {
        var fields = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (object? line in lines)
        {
            string text = line as string ?? string.Empty;
            int colon = text.IndexOf(':');
            if (colon <= 0) throw Refused(line);

            string name = text.Substring(0, colon).Trim();
            fields[name] = ((string[]?)fields[name] ?? []).Append(text.Substring(colon + 1).Trim()).ToArray();
        }

        return fields;
    }

    private static ArgumentTransformationMetadataException Refused(object? line) => new(
        $"'{DisplayText.Printable(LanguagePrimitives.ConvertTo<string>(line))}' is no header field and what it says. "
        + "Give @{ 'List-Id' = 'x' }, or text such as 'List-Id: x'.");
}
