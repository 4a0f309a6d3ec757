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
        object? input = Wrapped.Unwrap(inputData);
        if (input is null or MailboxMark) return inputData!;

        // What takes several marks is given a list of them.
        if (input is IList list) return list.Cast<object>().Select(item => Transform(engineIntrinsics, item)).ToArray();

        if (ItemKinds.Of(inputData) == ItemKind.Folder)
        {
            var row = new RowReader(inputData);
            uint? next = row.Number(nameof(ImapFolder.UidNext));
            var folder = (FolderPath)_folder.Transform(engineIntrinsics, inputData);
            if ((row.Flaw ?? folder.Flaw) is { } flaw)
            {
                throw new ArgumentTransformationMetadataException(
                    $"The {flaw.Property} of the folder object is {flaw.Value}, which cannot be read.");
            }

            return next is { } first && folder.UidValidity is not null
                ? new MailboxMark(folder, first)
                {
                    HighestModSeq = WholeNumber.Of(PropertyReader.Raw(inputData, nameof(ImapFolder.HighestModSeq))),
                    MessageCount = CountOf(inputData),
                }
                : throw new ArgumentTransformationMetadataException(
                    "The folder object says neither UIDNEXT nor UIDVALIDITY. Read the folder without -NoStatus.");
        }

        return LanguagePrimitives.TryConvertTo(inputData, CultureInfo.InvariantCulture, out DateTimeOffset instant)
            ? new MailboxMark(instant)
            : throw new ArgumentTransformationMetadataException("Give a folder object that Get-ImapFolder returned before, or a date.");
    }

    private static int? CountOf(object folder) =>
        WholeNumber.Of(PropertyReader.Raw(folder, nameof(ImapFolder.MessageCount))) is { } count and <= int.MaxValue ? (int)count : null;
}
