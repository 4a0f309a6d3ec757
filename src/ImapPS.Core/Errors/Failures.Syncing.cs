using System;
using ImapPS.Models;

namespace ImapPS.Errors;

/// <content>Errors about folders that are brought to the same state.</content>
internal static partial class Failures
{
    public static ImapException MapNamesNoFolder(string key) =>
        ArgumentInvalid($"-Map names the folder '{DisplayText.Printable(key)}', which the source does not have. Nothing was changed.",
            "The keys of -Map are paths of the source as Get-ImapFolder shows them.", key);

    public static ImapException MapInvalid(object? key) =>
        ArgumentInvalid("-Map has an entry that is not a path for a path. Nothing was changed.",
            "Give for example: -Map @{ 'Old/Name' = 'New/Name' }.", key);

    public static ImapException SeveralSources() =>
        ArgumentInvalid("The folders are of several sessions. Nothing was changed.", "Synchronize the accounts one after the other.");

    public static ImapException SyncsWithItself(string path) =>
        ArgumentInvalid($"The folder '{DisplayText.Printable(path)}' is its own destination. Nothing was changed.",
            "Give the session of the other account to -ToSession, or name another folder with -Map.", path);

    public static ImapException FoldersCollide(string one, string other, string destination) =>
        ArgumentInvalid($"The folders '{DisplayText.Printable(one)}' and '{DisplayText.Printable(other)}' have the same destination, "
            + $"'{DisplayText.Printable(destination)}'. Nothing was changed.",
            "Give one of them another destination with -Map, or leave it out of -Path.", destination);

    public static ImapException FolderIsOfOthers(string path, string destination) =>
        ArgumentInvalid($"By its name the folder '{DisplayText.Printable(path)}' would go to '{DisplayText.Printable(destination)}', which "
            + "is not a folder of the user there, but a shared one or somebody else's. It was not synchronized.",
            "Name another destination, or this one, with -Map.", path);

    public static ImapException FolderHasNoName(string path, string there) =>
        ArgumentInvalid($"The server does not tell the folder '{DisplayText.Printable(path)}' from '{DisplayText.Printable(there)}'. "
            + "It was not synchronized.", "Give it another destination with -Map.", path);

    public static ImapException TooManyToRemove(long limit, long count) =>
        new(ImapErrorId.LimitExceeded, $"{DisplayText.Count(count, "message")} of the destination are not in the source. "
            + $"-MaxMessages allows the removal of {Number(limit)}. Nothing was removed.",
            "Look at what -WhatIf shows, and raise -MaxMessages if it is right.", count);

    public static ImapException TooLargeShareToRemove(string folder, int percent, long count, long all) =>
        new(ImapErrorId.LimitExceeded, $"{DisplayText.CountOf(count, all, "message")} of the folder '{DisplayText.Printable(folder)}' "
            + $"are not in the source. -MaxPercent allows the removal of {Number(percent)} percent. Nothing was removed.",
            "Look at what -WhatIf shows, and raise -MaxPercent if it is right.", folder);

    public static ImapException SourceIsEmpty(string source, string destination, long count) =>
        new(ImapErrorId.LimitExceeded, $"The folder '{DisplayText.Printable(source)}' is empty, and '{DisplayText.Printable(destination)}' "
            + $"holds {DisplayText.Count(count, "message")}. Nothing was removed.",
            "If the source is meant to be empty, add -MaxPercent 100.", source);

    /// <summary>Of a folder of the source: what could be read is copied all the same.</summary>
    public static ImapException SourceNotCertain(string source, long count) =>
        new(ImapErrorId.ProtocolError, $"The server lists {DisplayText.Count(count, "message")} more of '{DisplayText.Printable(source)}' "
            + "than it returns. They were not copied, and nothing is removed from the destination.",
            "Run the command again. If the error remains, the folder is damaged on the server.", source);

    /// <summary>Of a folder of the destination: what is not seen there would be copied a second time.</summary>
    public static ImapException DestinationNotCertain(string destination, long count) =>
        new(ImapErrorId.ProtocolError, $"The server lists {DisplayText.Count(count, "message")} more of "
            + $"'{DisplayText.Printable(destination)}' than it returns. Nothing was changed in this folder, since what is missing could be "
            + "there.",
            "Run the command again. If the error remains, the folder is damaged on the server.", destination);

    public static ImapException StateNotWritten(string path, Exception inner) =>
        new(ImapErrorId.JournalNotWritten, $"The state file '{path}' cannot be written: {inner.Message} Later messages were not changed.",
            "Free some disk space, and run the command again. Messages that were copied already are recognized.", path, inner);
}
