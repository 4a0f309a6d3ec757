using System;
using System.Management.Automation;
using ImapPS.Models;

namespace ImapPS.Completion;

/// <summary>Takes text and files for paths of files, and nothing else: PowerShell would take any object's text, such as a message's subject.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class FileTransformationAttribute : ItemTransformationAttribute
{
    // The inner exception says "not bound" rather than "failed": then PowerShell looks at the object's properties.
    private protected override object Transform(object input) => ItemKinds.Of(input) switch
    {
        ItemKind.Text => LanguagePrimitives.ConvertTo<string>(input),
        ItemKind.File when Unwrap(input) is System.IO.FileSystemInfo file => file.FullName,
        var kind => throw new ArgumentTransformationMetadataException($"Give the paths of files; what was given is {kind}.", new PSInvalidCastException()),
    };
}
