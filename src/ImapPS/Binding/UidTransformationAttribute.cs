using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using ImapPS.Models;

namespace ImapPS.Binding;

/// <summary>
/// Takes whole numbers from 1 to 4,294,967,295 for UIDs and for a UIDVALIDITY, and text that is digits alone. PowerShell itself would
/// take 1,2 for 12, and 1.5 for 2.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class UidTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Wrapped.Unwrap(inputData) switch
        {
            // What is not known, as a row of a CSV file says it; where a UID is needed, an empty one is refused behind this.
            null or "" => null!,
            IEnumerable list and not (string or IDictionary) => list.Cast<object?>().Select(One).ToArray(),
            _ => One(inputData),
        };

    private static uint One(object? value) => WholeNumber.Unique(value) is { } number
        ? number
        : throw new ArgumentTransformationMetadataException(
            $"'{DisplayText.Printable(LanguagePrimitives.ConvertTo<string>(value))}' is no whole number from 1 to "
                + $"{uint.MaxValue}. Give it in digits alone.");
}
