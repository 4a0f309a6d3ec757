using System;
using ImapPS.Models;

namespace ImapPS.Binding;

/// <summary>
/// Takes what was exported and imported, and rows with a Root, a Resource and a Usage, for a quota. What is none is left to PowerShell,
/// which refuses it.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class QuotaTransformationAttribute : ItemTransformationAttribute
{
    private protected override object Transform(object input)
    {
        if (Wrapped.Unwrap(input) is ImapQuota or string or ValueType) return input;

        var row = new RowReader(input);
        uint? session = row.Number(nameof(ImapQuota.SessionId));
        return PropertyReader.Has(input, nameof(ImapQuota.Usage))
            && PropertyReader.ReadText(input, nameof(ImapQuota.Root)) is { } root
            && PropertyReader.ReadText(input, nameof(ImapQuota.Resource)) is { Length: > 0 } resource && row.Flaw is null
            ? new ImapQuota { SessionId = (int)(session ?? 0), Root = root, Resource = resource }
            : input;
    }
}
