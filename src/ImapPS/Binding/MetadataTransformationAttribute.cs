using System;
using ImapPS.Models;

namespace ImapPS.Binding;

/// <summary>
/// Takes what was exported and imported, and rows with a Folder, an Entry, a Value and IsText, for an entry of metadata. What is none is
/// left to PowerShell, which refuses it.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class MetadataTransformationAttribute : ItemTransformationAttribute
{
    private protected override object Transform(object input)
    {
        if (Wrapped.Unwrap(input) is ImapMetadata or string or ValueType) return input;

        var row = new RowReader(input);
        uint? session = row.Number(nameof(ImapMetadata.SessionId));
        string folder = row.Path(nameof(ImapMetadata.Folder)) ?? string.Empty;
        return PropertyReader.Has(input, nameof(ImapMetadata.Folder))
            && PropertyReader.ReadText(input, nameof(ImapMetadata.Entry)) is { Length: > 0 } entry
            && Octets(input) is { } octets && row.Flaw is null
            ? ImapMetadata.Of((int)(session ?? 0), folder, entry, octets)
            : input;
    }

    private static byte[]? Octets(object input)
    {
        if (PropertyReader.ReadText(input, nameof(ImapMetadata.Value)) is not { } value
            || PropertyReader.Read<bool>(input, nameof(ImapMetadata.IsText)) is not { } isText) return null;

        try
        {
            return OctetText.Octets(value, isText);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
