using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using ImapPS.Models;

namespace ImapPS.Completion;

/// <summary>Takes a folder object, also one that has been exported and imported, for its path.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class FolderTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is IList list ? list.Cast<object>().Select(One).ToArray() : One(inputData);
    }

    private static object One(object input)
    {
        object value = input is PSObject wrapped ? wrapped.BaseObject : input;
        if (value is ImapFolder folder) return new FolderPath(folder.Path, folder.SessionId, folder.UidValidity, folder.Selectable);

        // Anything else is left to PowerShell: a string becomes a path, and an object is bound by its properties' names.
        return PropertyReader.IsA(input, nameof(ImapFolder)) && PropertyReader.ReadText(input, nameof(ImapFolder.Path)) is { } path
            ? new FolderPath(
                path,
                PropertyReader.Read<int>(input, nameof(ImapFolder.SessionId)),
                PropertyReader.Read<uint>(input, nameof(ImapFolder.UidValidity)),
                PropertyReader.Read<bool>(input, nameof(ImapFolder.Selectable)) ?? true)
            : input;
    }
}
