using System;
using ImapPS.Administration;
using ImapPS.Models;

namespace ImapPS.Binding;

/// <summary>Takes letters, such as lrs, for rights. What is the name of a right stands for that.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class RightsTransformationAttribute : ItemTransformationAttribute
{
    private protected override object Transform(object input) =>
        Wrapped.Unwrap(input) is string text && !Enum.TryParse(text, ignoreCase: true, out ImapFolderRights _)
            && RightLetters.TryRead(text) is { } rights
            ? rights
            : input;
}
