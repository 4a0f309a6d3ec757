using System;
using ImapPS.Models;

namespace ImapPS.Completion;

/// <summary>Takes a folder object for its path, and anything with a Path and a UidValidity for a folder: what was exported and imported, a line of JSON.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class FolderTransformationAttribute : ItemTransformationAttribute
{
    private protected override object Transform(object input) =>
        Unwrap(input) is string text ? new FolderPath(text)
        : (PropertyReader.IsA(input, nameof(ImapFolder)) || PropertyReader.Has(input, nameof(ImapFolder.UidValidity))) && PropertyReader.ReadText(input, nameof(ImapFolder.Path)) is { } path
            ? new FolderPath(
                path,
                PropertyReader.Read<int>(input, nameof(ImapFolder.SessionId)),
                PropertyReader.Read<uint>(input, nameof(ImapFolder.UidValidity)),
                PropertyReader.Read<bool>(input, nameof(ImapFolder.Selectable)) ?? true)
            : input;
}
