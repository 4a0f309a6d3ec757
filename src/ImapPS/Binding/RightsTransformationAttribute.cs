using System;
using System.Management.Automation;
using ImapPS.Administration;
using ImapPS.Models;

namespace ImapPS.Binding;

/// <summary>
/// Takes names of rights, and letters such as lrs. PowerShell itself would take a number, and the beginning of a name.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class RightsTransformationAttribute : ItemTransformationAttribute
{
    private protected override object Transform(object input) => Wrapped.Unwrap(input) switch
    {
        ImapFolderRights rights => rights,
        string text when RightsText.Read(text) is { } rights => rights,

        // What Export-Clixml or a job leaves of rights.
        _ when PropertyReader.IsA(input, nameof(ImapFolderRights)) => input,
        var other => throw new ArgumentTransformationMetadataException(
            $"'{DisplayText.Printable($"{other}")}' is not the rights to a folder. Give names: {string.Join(", ", RightsCompleter.Names)}. "
                + "Or give letters, each once and in the order lrswipkxteacd, such as lrs."),
    };
}
