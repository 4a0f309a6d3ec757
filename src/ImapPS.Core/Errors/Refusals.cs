using System;
using System.Collections.Generic;
using ImapPS.Models;

namespace ImapPS.Errors;

/// <summary>Errors about objects that were given for something that they are not.</summary>
internal static class Refusals
{
    /// <summary>What was meant, probably, by a message that was given to a cmdlet for folders.</summary>
    private static readonly Dictionary<string, string> _forMessages = new(StringComparer.Ordinal)
    {
        ["Clear-ImapFolder"] = "Remove-ImapMessage removes messages",
        ["Copy-ImapMessage"] = "Copy-ImapMessage takes messages from the pipeline",
        ["Find-ImapDuplicate"] = "Find-ImapDuplicate looks through whole folders",
        ["Get-ImapFolder"] = "Get-ImapMessage reads messages again",
        ["Import-ImapMessage"] = "Copy-ImapMessage copies messages that are on a server",
        ["Move-ImapMessage"] = "Move-ImapMessage takes messages from the pipeline",
        ["New-ImapFolder"] = "Copy-ImapMessage -CreateFolder copies messages to a new folder",
        ["Remove-ImapFolder"] = "Remove-ImapMessage removes messages",
        ["Rename-ImapFolder"] = "Move-ImapMessage moves messages to another folder",
        ["Set-ImapFolder"] = "Set-ImapMessage changes messages",
    };

    /// <param name="folder">What was given instead of a folder.</param>
    /// <param name="command">The cmdlet.</param>
    public static ImapException NotAFolder(FolderPath folder, string command) => folder.Kind == ItemKind.Message
        ? Failures.ArgumentInvalid(
            $"{command} takes folders, and was given a message. A message is not taken for its folder; nothing was done for it.",
            $"{(_forMessages.TryGetValue(command, out string? instead) ? instead : "Get-ImapMessage reads messages again")}. If its folder is meant, give the path: $message.Folder.",
            folder.Given)
        : Failures.ArgumentInvalid(
            $"{command} takes folders, and was given {Name(folder.Kind)}. Nothing was done for it.",
            folder.Kind switch
            {
                ItemKind.File => "Import-ImapMessage takes files. Folders are text, what Get-ImapFolder emits, or rows with a Path.",
                ItemKind.Session => "Name the folders as well, by -Path.",
                ItemKind.FolderName => "A row names a folder by its Path; select it: Select-Object @{ Name = 'Path'; Expression = 'Folder' }.",
                _ => "Give paths, what Get-ImapFolder emits, or rows with a Path.",
            },
            folder.Given);

    /// <param name="message">What was given instead of a message.</param>
    /// <param name="command">The cmdlet.</param>
    public static ImapException NotAMessage(NotAMessage message, string command) =>
        Failures.ArgumentInvalid(
            $"{command} takes messages, and was given {Name(message.Kind)}. Nothing was done for it.",
            message.Kind switch
            {
                ItemKind.Folder or ItemKind.FolderName or ItemKind.Session or ItemKind.Text => $"Get-ImapMessage reads messages: Get-ImapMessage <folder> | {command}.",
                ItemKind.File => "Import-ImapMessage takes files.",
                _ => "Give what Get-ImapMessage emits, or anything with the properties Folder and Uid.",
            },
            message.Given);

    private static string Name(ItemKind kind) => kind switch
    {
        ItemKind.Text => "text",
        ItemKind.Session => "a session",
        ItemKind.Folder => "a folder without a path",
        ItemKind.FolderName => "a row with a Folder",
        ItemKind.Message => "a message",
        ItemKind.File => "a file",
        ItemKind.Row => "a row that names none",
        _ => "another object",
    };
}
