using System;
using ImapPS.Models;

namespace ImapPS.Completion;

/// <summary>Takes a folder object, also one that has been exported and imported, for its path.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class FolderTransformationAttribute : ItemTransformationAttribute
{
    private protected override object Transform(object input) =>
        Unwrap(input) is string text ? new FolderPath(text)
        : PropertyReader.IsA(input, nameof(ImapFolder)) && PropertyReader.ReadText(input, nameof(ImapFolder.Path)) is { } path
            ? new FolderPath(
                path,
                PropertyReader.Read<int>(input, nameof(ImapFolder.SessionId)),
                PropertyReader.Read<uint>(input, nameof(ImapFolder.UidValidity)),
                PropertyReader.Read<bool>(input, nameof(ImapFolder.Selectable)) ?? true)
            : input;
}
