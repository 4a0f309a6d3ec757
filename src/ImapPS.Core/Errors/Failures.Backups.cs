using System;
using ImapPS.Models;

namespace ImapPS.Errors;

/// <content>Errors about backups.</content>
internal static partial class Failures
{
    public static ImapException BackupNotFound(string root) =>
        new(ImapErrorId.FileNotFound, $"There is no backup in '{DisplayText.Printable(root)}': it has no manifest.jsonl.",
            "Give the directory that was given to Backup-ImapFolder.", root);

    public static ImapException BackupIsFile(string root) =>
        ArgumentInvalid($"'{DisplayText.Printable(root)}' is a file. A backup is a directory.", "Give a directory.", root);

    public static ImapException BackupHasNoManifest(string root) =>
        new(ImapErrorId.BackupDamaged,
            $"'{DisplayText.Printable(root)}' has files of a backup, but no manifest.jsonl, or an empty one.",
            "Bring the manifest back from a copy. Otherwise give another directory: a new manifest would not know these files. "
                + "Import-ImapMessage can send them to a server.",
            root);

    /// <summary>The same error, which says of which folder it is.</summary>
    public static ImapException FolderNotBackedUp(string path, ImapException failed) =>
        new(failed.Id, $"The folder '{DisplayText.Printable(path)}' was not backed up completely: {failed.Message}",
            failed.RecommendedAction, path, failed.InnerException);

    public static ImapException BackupInUse(string root, Exception inner) =>
        new(ImapErrorId.BackupInUse, $"Another command is writing to the backup in '{DisplayText.Printable(root)}'.",
            "Wait until it has ended, and run it again.", root, inner);

    public static ImapException RestoreUnderway(string root, string account, Exception inner) =>
        new(ImapErrorId.BackupInUse,
            $"Another command is restoring the backup in '{DisplayText.Printable(root)}' to {DisplayText.Printable(account)}.",
            "Wait until it has ended, and run it again: it restores what is missing.", root, inner);

    public static ImapException BackupTooNew(string path, int version) =>
        ArgumentInvalid($"'{DisplayText.Printable(path)}' is of version {Number(version)}, which this module does not know.",
            "Use the version of the module that has written it, or a newer one.", path);

    public static ImapException BackupOfOther(string root, string account, string asked) =>
        new(ImapErrorId.ArgumentInvalid,
            $"'{DisplayText.Printable(root)}' is the backup of {DisplayText.Printable(account)}, and not of "
                + $"{DisplayText.Printable(asked)}.",
            "Give each account a directory of its own. If the account or its server has only another name or port now, write that into the "
                + "line of manifest.jsonl with the type \"account\".",
            root);

    public static ImapException BackupHasFormat(string root, ImapMessageFormat format, ImapMessageFormat asked) =>
        ArgumentInvalid($"The backup in '{DisplayText.Printable(root)}' has the format {format}, and not {asked}.",
            $"Leave -Format out to continue it, or give another directory to begin one in the format {asked}.", root);

    public static ImapException BackupOfSeveral() =>
        ArgumentInvalid("The folders are of several sessions, and a directory holds the backup of one account.",
            "Run the command once for each session, with a directory for each.");

    public static ImapException KeepDeletedAlone() =>
        ArgumentInvalid("-KeepDeleted can be used only with -Mirror.", "Add -Mirror.");

    public static ImapException FolderNotInBackup(string root, string path) =>
        new(ImapErrorId.FolderNotFound,
            $"The backup in '{DisplayText.Printable(root)}' has no folder '{DisplayText.Printable(path)}'.",
            "Test-ImapBackup shows its folders.", path);

    public static ImapException BackupFileMissing(string path) =>
        new(ImapErrorId.FileNotFound, $"The file '{DisplayText.Printable(path)}' of the backup does not exist.",
            "If the message is still on its server, run Backup-ImapFolder: it is fetched again.", path);

    public static ImapException BackupFileDamaged(string path) =>
        new(ImapErrorId.BackupDamaged,
            $"The file '{DisplayText.Printable(path)}' of the backup is not what it was: its SHA-256 differs. It was not used.",
            "If the message is still on its server, remove the file, and run Backup-ImapFolder: it is fetched again.", path);
}
