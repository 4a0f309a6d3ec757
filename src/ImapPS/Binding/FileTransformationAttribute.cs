using System;
using System.Collections;
using System.Management.Automation;
using ImapPS.Models;

namespace ImapPS.Binding;

/// <summary>
/// Takes text and files for paths of files, and nothing else: PowerShell would take any object's text, such as a message's subject.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class FileTransformationAttribute : ItemTransformationAttribute
{
    // The inner exception says "not bound" rather than "failed": then PowerShell looks at the object's properties.
    private protected override object Transform(object input) => ItemKinds.Of(input) switch
    {
        ItemKind.Text => LanguagePrimitives.ConvertTo<string>(input),

        // As it is: PowerShell binds a piped one by its PSPath, as which no character is a wildcard.
        ItemKind.File when Wrapped.Unwrap(input) is not IDictionary => input,
        var kind => throw new ArgumentTransformationMetadataException($"Give the paths of files. The input is {kind}.",
            new PSInvalidCastException()),
    };
}
