using System;
using System.Globalization;
using ImapPS.Models;

namespace ImapPS.Errors;

/// <content>Errors about folders.</content>
internal static partial class Failures
{
    public static ImapException FolderUncounted(string folder, ImapException reason) =>
        new(reason.Id == ImapErrorId.ConnectionLost ? ImapErrorId.ProtocolError : reason.Id,
            $"The counts of the folder '{DisplayText.Printable(folder)}' cannot be read (STATUS). {reason.Message}",
            "Get-ImapFolder -NoStatus lists folders without their counts.", folder, reason);

    /// <param name="path">What was asked for.</param>
    /// <param name="nearest">The folder that may have been meant.</param>
    /// <param name="inner">What the server said.</param>
    public static ImapException FolderNotFound(string path, string? nearest = null, Exception? inner = null)
    {
        // A name that looks like what was asked for tells nobody anything, and one that is not all seen nobody can type.
        bool isAlike = nearest is not null && LookAlike.AreAlike(nearest, path);
        (string there, string meant) = nearest is null ? (string.Empty, string.Empty)
            : isAlike || !VisibleText.IsAllSeen(nearest)
                ? (isAlike
                    ? " There is one that looks the same. One of the two names has characters that are not seen, or that look like others."
                    : " There is a similar one. Its name has characters that are not seen.",
                    $"Get-ImapFolder -Path {LookAlike.Pattern(nearest, path)} finds it. Pipe its output to the next command. ")
            : ($" There is '{DisplayText.Printable(nearest)}'.", $"If you mean this folder, give '{DisplayText.Printable(nearest)}'. ");
        return new(ImapErrorId.FolderNotFound,
            $"The folder '{DisplayText.Printable(path)}' does not exist.{there}",
            $"{meant}{(IsLikeEntry(path) ? "An entry of metadata is given with -Entry. " : string.Empty)}"
                + "Get-ImapFolder lists the folders. Names are case-sensitive, except INBOX.",
            path,
            inner);
    }

    private static bool IsLikeEntry(string path) => path.StartsWith("/private/", StringComparison.OrdinalIgnoreCase)
        || path.StartsWith("/shared/", StringComparison.OrdinalIgnoreCase);

    public static ImapException FolderExists(string path) =>
        new(ImapErrorId.FolderExists, $"The folder '{DisplayText.Printable(path)}' already exists.", "Choose another name.", path);

    public static ImapException FolderExistsWithoutRole(string path, ImapSpecialUse role) =>
        new(ImapErrorId.FolderExists, $"The folder '{DisplayText.Printable(path)}' already exists without the role \\{role}. "
            + "IMAP gives a role to a folder only when it is created.", "Choose another name, or set the role on the server.", path);

    public static ImapException FolderHasMessages(string path, long messages) =>
        new(ImapErrorId.FolderNotEmpty,
            $"The folder '{DisplayText.Printable(path)}' holds {DisplayText.Count(messages, "message")}. They would "
                + "be lost with the folder. Nothing was removed.",
            "Move the messages to another folder, or run the command again. It asks for confirmation, unless -Force is given.",
            path);

    public static ImapException FolderHasFolders(string path, int folders) =>
        new(ImapErrorId.FolderNotEmpty,
            $"The folder '{DisplayText.Printable(path)}' has {DisplayText.Count(folders, "folder")} below it. Nothing was removed.",
            "To remove the folders below it as well, add -Recurse.",
            path);

    /// <param name="path">The folder.</param>
    /// <param name="expected">The UIDVALIDITY under which it was read.</param>
    /// <param name="actual">The one that it has.</param>
    /// <param name="isOfOther">Whether it was read from another session.</param>
    public static ImapException FolderRebuilt(string path, uint expected, uint actual, bool isOfOther = false) =>
        new(ImapErrorId.UidValidityChanged,
            $"The folder '{DisplayText.Printable(path)}' is not the one that was read. Its UIDVALIDITY was "
                + $"{Number(expected)}, and is {Number(actual)} now. Nothing was changed.",
            isOfOther
                ? "The folder object is of another session. Give the path, or the object that Get-ImapFolder -Session returns."
                : "Read the folder again with Get-ImapFolder.",
            path);

    public static ImapException FolderReadOnly(string path) =>
        new(ImapErrorId.PermissionDenied, $"The server opens the folder '{DisplayText.Printable(path)}' only for reading.",
            "Ask the owner or the administrator of the mailbox for the right.", path);

    public static ImapException FolderPathEmpty() =>
        new(ImapErrorId.ArgumentInvalid, "A folder's path cannot be empty.", "Give a path, such as INBOX.");

    public static ImapException FolderPathHasGap(string path, char delimiter) =>
        ArgumentInvalid($"'{DisplayText.Printable(path)}' is not a path of a folder. '{delimiter}' is the server's hierarchy delimiter, "
            + "and a name is missing before or after it.", $"Put '{delimiter}' only between names, as in Archive{delimiter}2025.", path);

    public static ImapException FolderNameHasDelimiter(string name, char delimiter) =>
        ArgumentInvalid($"The name '{DisplayText.Printable(name)}' contains the server's hierarchy delimiter '{delimiter}', so it "
            + "is a path.", "Give a name without it. To move the folder to another place in the hierarchy, give "
            + "the whole new path to -Destination.", name);

    public static ImapException FolderNameHasControl(string path, char character) =>
        ArgumentInvalid($"'{DisplayText.Printable(path)}' cannot be the name of a folder. It contains the character "
            + $"U+{((int)character).ToString("X4", CultureInfo.InvariantCulture)}.", "Remove control "
            + "characters, line separators and halves of surrogate pairs.", path);

    public static ImapException FolderNameRefused(string path, char delimiter, string answer, Exception inner) =>
        new(ImapErrorId.CommandRejected,
            $"The server refused to create '{DisplayText.Printable(path)}': {DisplayText.Printable(answer)}",
            $"Try another name. The hierarchy delimiter of this server is '{delimiter}', as in Archive{delimiter}2025.",
            path,
            inner);

    public static ImapException FolderTakesNoFolders(string path, string above) =>
        new(ImapErrorId.NotSupportedByServer,
            $"'{DisplayText.Printable(path)}' cannot be created: no folder can be below '{DisplayText.Printable(above)}' (\\NoInferiors).",
            "Give a path that is not below this folder. On such servers a folder holds either messages or folders.",
            path);

    public static ImapException FolderBelowItself(string path, string destination) =>
        ArgumentInvalid($"The folder '{DisplayText.Printable(path)}' cannot be moved to '{DisplayText.Printable(destination)}', "
            + "which is below itself.", "Give a path outside of the folder.", destination);

    public static ImapException NoFolderWithRole(ImapSpecialUse role) =>
        new(ImapErrorId.FolderNotFound, $"No folder on the server has the role \\{role}.", "Give the path of the folder.", role);

    public static ImapException FolderNotSelectable(string path) =>
        new(ImapErrorId.FolderNotFound, $"The folder '{DisplayText.Printable(path)}' holds only other folders (\\Noselect).",
            "Give one of the folders below it.", path);

    public static ImapException NoTrash() =>
        new(ImapErrorId.FolderNotFound, "No folder on the server has the role \\Trash. Nothing was changed.",
            "Expunge the messages with -Permanent, or move them to another folder with Move-ImapMessage.", ImapSpecialUse.Trash);
}
