using System;
using System.Collections;
using System.IO;
using System.Management.Automation;
using ImapPS.Models;

namespace ImapPS.Binding;

/// <summary>
/// Tells what an object is before any of its properties is used: by its type where it has one of this module's, and only for rows
/// (of CSV and JSON files, hashtables, script classes) by its properties. What names a message is never taken for its folder.
/// </summary>
internal static class ItemKinds
{
    /// <summary>What a row says of a message, and of no folder, beside its Folder.</summary>
    private static readonly string[] _ofMessages = [nameof(ImapMessage.MessageId), nameof(ImapMessage.Subject), nameof(ImapMessage.SessionId), nameof(ImapMessage.UidValidity)];

    private static readonly string[] _messages = [nameof(ImapMessage), nameof(ImapMessageContent), nameof(ImapDuplicate), nameof(ImapFolderEvent)];

    public static ItemKind Of(object input)
    {
        object value = input is PSObject wrapped ? wrapped.BaseObject : input;
        if (IsText(value)) return ItemKind.Text;
        if (PropertyReader.IsA(input, nameof(ImapSession))) return ItemKind.Session;
        if (Array.Exists(_messages, type => PropertyReader.IsA(input, type))) return ItemKind.Message;
        if (IsFile(input, value)) return ItemKind.File;

        bool isFolder = PropertyReader.IsA(input, nameof(ImapFolder));
        if (!isFolder && !IsRow(input, value)) return ItemKind.Other;
        if (NamesMessage(input)) return ItemKind.Message;
        if (isFolder || PropertyReader.Has(input, nameof(ImapFolder.Path))) return ItemKind.Folder;
        if (PropertyReader.Has(input, nameof(ImapMessage.Folder))) return ItemKind.FolderName;

        return PropertyReader.Has(input, nameof(ImapSession.Id)) && PropertyReader.Has(input, nameof(ImapSession.Server)) && PropertyReader.Has(input, nameof(ImapSession.UserName))
            ? ItemKind.Session
            : ItemKind.Row;
    }

    /// <summary>A number is the text that was typed: folders are named 2026. Enumerations, dates and truth values are no names.</summary>
    private static bool IsText(object value) =>
        value is string || (value is not Enum && Type.GetTypeCode(value.GetType()) is TypeCode.Char or (>= TypeCode.SByte and <= TypeCode.Decimal));

    /// <summary>Also a row whose Uid was left out: a folder has no subject.</summary>
    private static bool NamesMessage(object input) =>
        PropertyReader.Has(input, nameof(ImapMessage.Uid))
        || PropertyReader.Has(input, nameof(Pipeline.Changing.JournalEntry.FromUid))
        || (PropertyReader.Has(input, nameof(ImapMessage.Folder)) && Array.Exists(_ofMessages, property => PropertyReader.Has(input, property)));

    private static bool IsFile(object input, object value)
    {
        if (value is FileSystemInfo || PropertyReader.Has(input, "PSPath") || PropertyReader.Has(input, "PSProvider")) return true;

        foreach (string name in PSObject.AsPSObject(input).TypeNames)
        {
            if (!name.StartsWith("Selected.", StringComparison.Ordinal)
                && (name.EndsWith("System.IO.FileInfo", StringComparison.Ordinal) || name.EndsWith("System.IO.DirectoryInfo", StringComparison.Ordinal))) return true;
        }

        return false;
    }

    /// <summary>True for what a script or a file has put together, and not for objects of .NET that happen to have such a property: a process has a Path, and a SessionId.</summary>
    private static bool IsRow(object input, object value)
    {
        if (value is IDictionary) return true;
        if (value is not (PSCustomObject or PSObject)) return value.GetType() is { Assembly.IsDynamic: true } or { FullName: "System.Data.DataRow" };

        const string Remains = "Deserialized.";
        string name = PSObject.AsPSObject(input).TypeNames[0];
        if (!name.StartsWith(Remains, StringComparison.Ordinal)) return true;

        string original = name.Substring(Remains.Length);
        return original.StartsWith("System.Management.Automation.PSCustomObject", StringComparison.Ordinal)
            || original == "System.Data.DataRow"
            || !(original.StartsWith("System.", StringComparison.Ordinal) || original.StartsWith("Microsoft.", StringComparison.Ordinal));
    }
}
