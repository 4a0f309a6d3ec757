using System;
using System.Collections.Generic;
using ImapPS.Models;

namespace ImapPS.Errors;

/// <summary>Errors about objects that were given for something that they are not.</summary>
internal static class Refusals
{
    private const string ReadJson = "A line of JSON is text until ConvertFrom-Json reads it: Get-Content <file> | ConvertFrom-Json | ";

    /// <summary>What was meant, probably, by a message that was given to a cmdlet for folders.</summary>
    private static readonly Dictionary<string, string> _forMessages = new(StringComparer.Ordinal)
    {
        ["Backup-ImapFolder"] = "Save-ImapMessage saves messages to files",
        ["Clear-ImapFolder"] = "Remove-ImapMessage removes messages",
        ["Copy-ImapMessage"] = "Copy-ImapMessage takes messages from the pipeline",
        ["Find-ImapDuplicate"] = "Find-ImapDuplicate looks through whole folders",
        ["Get-ImapFolder"] = "Get-ImapMessage reads messages again",
        ["Import-ImapMessage"] = "Copy-ImapMessage copies messages that are on a server",
        ["Measure-ImapFolder"] = "Group-Object and Measure-Object count messages",
        ["Move-ImapMessage"] = "Move-ImapMessage takes messages from the pipeline",
        ["New-ImapFolder"] = "Copy-ImapMessage -CreateFolder copies messages to a new folder",
        ["Remove-ImapFolder"] = "Remove-ImapMessage removes messages",
        ["Rename-ImapFolder"] = "Move-ImapMessage moves messages to another folder",
        ["Set-ImapFolder"] = "Set-ImapMessage changes messages",
    };

    /// <param name="folder">What was given instead of a folder.</param>
    /// <param name="command">The cmdlet.</param>
    public static ImapException NotAFolder(FolderPath folder, string command) =>
        folder.Flaw is { } flaw ? Flawed(flaw, command, folder.Given)
        : folder.Kind == ItemKind.Message ? AMessage(folder, command)
        : Failures.ArgumentInvalid(
            $"{command} takes folders, but was given {(IsJson(folder.Given) ? "a line of JSON" : Name(folder.Kind))}. "
                + "Nothing was done for it.",
            folder.Kind switch
            {
                ItemKind.Text => $"{ReadJson}{command}.",
                ItemKind.File => "Import-ImapMessage takes files. Folders are text, the output of Get-ImapFolder, or rows with a Path.",
                ItemKind.Session => "Give the folders as well, with -Path.",
                ItemKind.Measure => "Get-ImapMessage returns the messages of a measurement. If you mean its folder, give the path.",
                ItemKind.FolderName =>
                    "A row needs a Path to name a folder. Select it: Select-Object @{ Name = 'Path'; Expression = 'Folder' }.",
                _ => "Give paths, the output of Get-ImapFolder, or rows with a Path.",
            },
            folder.Given);

    /// <param name="message">What was given instead of a message.</param>
    /// <param name="command">The cmdlet.</param>
    public static ImapException NotAMessage(NotAMessage message, string command) => message.Flaw is { } flaw
        ? Flawed(flaw, command, message.Given)
        : Failures.ArgumentInvalid(
            $"{command} takes messages, but was given {Name(message)}. Nothing was done for it.",
            message.Kind switch
            {
                ItemKind.Text when JsonLine.Is(message.Folder) => $"{ReadJson}{command}.",
                ItemKind.Folder or ItemKind.FolderName or ItemKind.Session or ItemKind.Text =>
                    $"Get-ImapMessage reads messages: Get-ImapMessage {CommandText.Argument(message.Folder) ?? "<folder>"} | {command} …",
                ItemKind.File => "Import-ImapMessage takes files.",
                ItemKind.Measure => $"Get-ImapMessage returns the messages of a measurement: … | Get-ImapMessage | {command} …",
                _ => "Give the output of Get-ImapMessage, or objects with the properties Folder and Uid.",
            },
            message.Given);

    private static ImapException AMessage(FolderPath folder, string command)
    {
        string instead = _forMessages.TryGetValue(command, out string? better) ? better : "Get-ImapMessage reads messages again";
        (string what, string path) = folder.MessageProperty is { } property
            ? ($"a row with the property {DisplayText.Printable(property)}, which only messages have", "rows that have nothing but a Path.")
            : ("a message", "the path: $message.Folder.");
        return Failures.ArgumentInvalid(
            $"{command} takes folders, but was given {what}. A message is not taken for its folder. Nothing was done for it.",
            $"{instead}. If you mean its folder, give {path}",
            folder.Given);
    }

    /// <summary>A value that cannot be read is never as good as none: it may have named another message, or kept this one safe.</summary>
    private static ImapException Flawed(RowFlaw flaw, string command, object? given)
    {
        (string wanted, string action) = flaw.Property switch
        {
            _ when flaw.Value == RowFlaw.Missing => ("needed to find the messages that were counted",
                "Pipe the object itself, that of Measure-ImapFolder, and select properties of what comes out."),
            nameof(ImapMessage.Folder) or nameof(FolderPath.Path) => ("no path", "A path is text, or the output of Get-ImapFolder."),
            nameof(ImapMessage.SessionId) or nameof(FolderPath.Session) or nameof(ImapSession.Id) =>
                ("neither the id nor the name of a session",
                    "Correct the row. Without a SessionId it is about the current session. -Session names another."),
            nameof(ImapMeasure.Criteria) => ("only their names",
                "A file, a job and Select-Object do not keep criteria. Pipe the object itself, or measure again without criteria."),
            nameof(ImapMeasure.By) or nameof(ImapMeasure.Values) => ("no group",
                "Pipe the object itself, or keep it with Export-Clixml or as JSON."),
            nameof(ImapMessage.Uid) => ("no whole number from 1 to 4294967295", "Correct the row. A UID has only digits."),
            _ => ("no whole number from 1 to 4294967295",
                $"Correct the row. {flaw.Property} has only digits. If it is not known, leave it empty, or leave it out."),
        };
        string value = flaw.Value.Length == 0 ? "empty" : flaw.Value;
        return Failures.ArgumentInvalid(
            $"{command} was given a row whose {flaw.Property} is {value}, which is {wanted}. Nothing was done for it.", action, given);
    }

    private static bool IsJson(object? given) => given?.ToString() is { } text && JsonLine.Is(text);

    private static string Name(NotAMessage message)
    {
        string name = DisplayText.Printable(message.Folder);
        return message.Kind switch
        {
            ItemKind.Text => JsonLine.Is(message.Folder) ? "a line of JSON" : $"the text '{name}'",
            ItemKind.Folder when name.Length > 0 => $"the folder '{name}'",
            ItemKind.FolderName when name.Length > 0 => $"a row with the folder '{name}' and no Uid",
            var kind => Name(kind),
        };
    }

    private static string Name(ItemKind kind) => kind switch
    {
        ItemKind.Text => "text",
        ItemKind.Session => "a session",
        ItemKind.Folder => "a folder without a path",
        ItemKind.FolderName => "a row with a Folder",
        ItemKind.Message => "a message",
        ItemKind.File => "a file",
        ItemKind.Summary => "the summary of a change",
        ItemKind.Setting => "something that is told of a folder or of an account",
        ItemKind.Measure => "a measurement",
        ItemKind.Row => "a row that names none",
        _ => "another object",
    };
}
