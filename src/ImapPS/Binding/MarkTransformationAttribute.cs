using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using ImapPS.Models;

namespace ImapPS.Binding;

/// <summary>Takes a folder object, also one that has been exported and imported, or a point in time for a mark.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class MarkTransformationAttribute : ArgumentTransformationAttribute
{
    private readonly FolderTransformationAttribute _folder = new();

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? input = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (input is null or MailboxMark) return inputData!;

        // What takes several marks is given a list of them.
        if (input is IList list) return list.Cast<object>().Select(item => Transform(engineIntrinsics, item)).ToArray();

        if (ItemKinds.Of(inputData) == ItemKind.Folder)
        {
            return PropertyReader.Read<uint>(inputData, nameof(ImapFolder.UidNext)) is { } next && _folder.Transform(engineIntrinsics, inputData) is FolderPath { UidValidity: not null } folder
                ? new MailboxMark(folder, next)
                {
                    HighestModSeq = PropertyReader.Read<ulong>(inputData, nameof(ImapFolder.HighestModSeq)),
                    MessageCount = PropertyReader.Read<int>(inputData, nameof(ImapFolder.MessageCount)),
                }
                : throw new ArgumentTransformationMetadataException("The folder object says neither UIDNEXT nor UIDVALIDITY. Read the folder without -NoStatus.");
        }

        return LanguagePrimitives.TryConvertTo(inputData, CultureInfo.InvariantCulture, out DateTimeOffset instant)
            ? new MailboxMark(instant)
            : throw new ArgumentTransformationMetadataException("Give the folder object that Get-ImapFolder emitted before, or a date.");
    }
}
