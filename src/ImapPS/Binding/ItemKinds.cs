using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using ImapPS.Models;

namespace ImapPS.Binding;

/// <summary>
/// Tells what an object is before any of its properties is used: by its type where it has one of this module's, and only for rows
/// (of CSV and JSON files, hashtables, script classes) by its properties. What names a message is never taken for its folder.
/// </summary>
internal static class ItemKinds
{
    private static readonly string[] _uids = [nameof(ImapMessage.Uid), nameof(Pipeline.Changing.JournalEntry.FromUid)];

    /// <summary>What messages have and folders have not.</summary>
    private static readonly HashSet<string> _ofMessages = new(
        new[] { typeof(ImapMessage), typeof(ImapMessageContent), typeof(ImapDuplicate) }
            .SelectMany(type => type.GetProperties().Select(property => property.Name))
            .Except(typeof(ImapFolder).GetProperties().Select(property => property.Name), StringComparer.Ordinal)
            .Where(name => name != nameof(ImapMessage.Folder)),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>What a row says of a message beside its Folder: a folder calls itself by its Path.</summary>
    private static readonly string[] _besideFolder = [nameof(ImapMessage.SessionId), nameof(ImapMessage.UidValidity)];

    /// <summary>What only measurements have together.</summary>
    private static readonly string[] _ofMeasures = [nameof(ImapMeasure.By), nameof(ImapMeasure.Values), nameof(ImapMeasure.Criteria)];

    private static readonly string[] _messages =
        [nameof(ImapMessage), nameof(ImapMessageContent), nameof(ImapDuplicate), nameof(ImapFolderEvent)];

    /// <summary>What is told of a folder or of an account, and stands for neither.</summary>
    private static readonly string[] _settings =
    [
        nameof(ImapNamespace), nameof(ImapQuota), nameof(ImapFolderPermission), nameof(ImapMetadata), nameof(ImapCommandResult),
        nameof(ImapResponse), nameof(ImapFolderBackup), nameof(ImapFolderRestore), nameof(ImapBackupTest), nameof(ImapBackupProblem),
        nameof(ImapSyncAction), nameof(ImapSyncResult), nameof(ImapSyncDifference),
    ];

    public static ItemKind Of(object input)
    {
        object value = Wrapped.Unwrap(input);
        if (IsText(value)) return ItemKind.Text;
        if (PropertyReader.IsA(input, nameof(ImapSession))) return ItemKind.Session;
        if (PropertyReader.IsA(input, nameof(ImapChangeSummary))) return ItemKind.Summary;
        if (PropertyReader.IsA(input, nameof(ImapMeasure))) return ItemKind.Measure;
        if (IsMessage(input)) return ItemKind.Message;
        if (Array.Exists(_settings, type => PropertyReader.IsA(input, type))) return ItemKind.Setting;
        if (IsFile(input, value)) return ItemKind.File;

        bool isFolder = PropertyReader.IsA(input, nameof(ImapFolder));
        if (!isFolder && !IsRow(input, value)) return ItemKind.Other;
        if (!isFolder && Array.TrueForAll(_ofMeasures, property => PropertyReader.Has(input, property))) return ItemKind.Measure;
        if (IsSetting(input)) return ItemKind.Setting;
        if (MessageProperty(input) is not null) return ItemKind.Message;
        if (isFolder || PropertyReader.Has(input, nameof(ImapFolder.Path))) return ItemKind.Folder;
        if (PropertyReader.Has(input, nameof(ImapMessage.Folder))) return ItemKind.FolderName;

        return PropertyReader.Has(input, nameof(ImapSession.Id)) && PropertyReader.Has(input, nameof(ImapSession.Server))
            && PropertyReader.Has(input, nameof(ImapSession.UserName))
            ? ItemKind.Session
            : ItemKind.Row;
    }

    /// <summary>True for a message, and for what stands for one, by its type.</summary>
    public static bool IsMessage(object input) => Array.Exists(_messages, type => PropertyReader.IsA(input, type));

    /// <summary>
    /// A row that tells of a folder what somebody may do with it, an entry of its metadata, what the server answered, what became of its
    /// backup, or how it was synchronized.
    /// </summary>
    private static bool IsSetting(object input) =>
        HasBoth(input, nameof(ImapFolderPermission.Identifier), nameof(ImapFolderPermission.Letters))
        || HasBoth(input, nameof(ImapMetadata.Entry), nameof(ImapMetadata.IsPrivate))
        || HasBoth(input, nameof(ImapCommandResult.CodeArgument), nameof(ImapCommandResult.Untagged))
        || HasBoth(input, nameof(ImapFolderBackup.FlagChanges), nameof(ImapFolderBackup.Gone))
        || HasBoth(input, nameof(ImapFolderRestore.RestoredTo), nameof(ImapFolderRestore.Restored))
        || HasBoth(input, nameof(ImapBackupTest.Problems), nameof(ImapBackupTest.LastComplete))
        || HasBoth(input, nameof(ImapSyncAction.Destination), nameof(ImapSyncAction.Action))
        || HasBoth(input, nameof(ImapSyncDifference.DestinationUid), nameof(ImapSyncDifference.DestinationFlags))
        || HasBoth(input, nameof(ImapSyncResult.SourceCount), nameof(ImapSyncResult.DestinationCount));

    private static bool HasBoth(object input, string property, string other) =>
        PropertyReader.Has(input, property) && PropertyReader.Has(input, other);

    /// <summary>A number is the text that was typed: folders are named 2026. Enumerations, dates and truth values are no names.</summary>
    private static bool IsText(object value) =>
        value is string || (value is not Enum
            && Type.GetTypeCode(value.GetType()) is TypeCode.Char or (>= TypeCode.SByte and <= TypeCode.Decimal));

    /// <summary>
    /// The property by which a row names a message or should, though its Uid was left out: a folder has no subject. Null when there is
    /// none.
    /// </summary>
    public static string? MessageProperty(object input)
    {
        if (Array.Find(_uids, property => PropertyReader.Has(input, property)) is { } uid) return uid;

        // A folder object stays one, whatever was selected beside its own properties.
        if (PropertyReader.IsA(input, nameof(ImapFolder))) return null;

        bool hasFolder = PropertyReader.Has(input, nameof(ImapMessage.Folder));
        if (!hasFolder && !PropertyReader.Has(input, nameof(ImapFolder.Path))) return null;

        string[] names = [.. PropertyReader.Names(input)];
        return Array.Find(names, _ofMessages.Contains)
            ?? Array.Find(names, name => HoldsMessage(PropertyReader.Raw(input, name)))
            ?? (hasFolder ? Array.Find(_besideFolder, property => PropertyReader.Has(input, property)) : null);
    }

    /// <summary>True for a message and for a list of them, as Group-Object leaves it.</summary>
    private static bool HoldsMessage(object? value) =>
        value is not null and not string
        && (Wrapped.Unwrap(value) is IList list
            ? list.Count > 0 && list[0] is { } first and not IList && HoldsMessage(first)
            : IsMessage(value));

    private static bool IsFile(object input, object value)
    {
        if (value is FileSystemInfo || PropertyReader.Has(input, "PSPath") || PropertyReader.Has(input, "PSProvider")) return true;

        foreach (string name in PSObject.AsPSObject(input).TypeNames)
        {
            if (!name.StartsWith("Selected.", StringComparison.Ordinal)
                && (name.EndsWith("System.IO.FileInfo", StringComparison.Ordinal)
                    || name.EndsWith("System.IO.DirectoryInfo", StringComparison.Ordinal))) return true;
        }

        return false;
    }

    /// <summary>
    /// True for what a script or a file has put together, and not for objects of .NET that happen to have such a property: a process has a
    /// Path, and a SessionId.
    /// </summary>
    private static bool IsRow(object input, object value)
    {
        if (value is IDictionary) return true;
        if (value is not (PSCustomObject or PSObject))
        {
            return value.GetType() is { Assembly.IsDynamic: true } or { FullName: "System.Data.DataRow" };
        }

        const string Remains = "Deserialized.";
        string name = PSObject.AsPSObject(input).TypeNames[0];
        if (!name.StartsWith(Remains, StringComparison.Ordinal)) return true;

        string original = name.Substring(Remains.Length);
        return original.StartsWith("System.Management.Automation.PSCustomObject", StringComparison.Ordinal)
            || original == "System.Data.DataRow"
            || !(original.StartsWith("System.", StringComparison.Ordinal) || original.StartsWith("Microsoft.", StringComparison.Ordinal));
    }
}
