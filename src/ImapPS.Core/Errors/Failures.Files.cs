using System;
using System.Globalization;
using ImapPS.Models;

namespace ImapPS.Errors;

/// <content>Errors about files.</content>
internal static partial class Failures
{
    public static ImapException FileExists(string path) =>
        new(ImapErrorId.FileExists, $"The file '{path}' already exists.", "Choose another path, or overwrite it with -Force.", path);

    public static ImapException ReportIsDirectory(string path) =>
        ArgumentInvalid($"A report is a file, but '{path}' is a directory.", "Give the path of a file, such as report.html.", path);

    public static ImapException SeveralMailboxes() =>
        ArgumentInvalid("A report is about one mailbox, and the folders are of several sessions. Nothing was written.",
            "Write a report for each session.");

    /// <summary>What a file system threw. A full disk is told apart: what comes next would fail as well.</summary>
    public static ImapException FileNotSaved(string path, Exception inner) =>
        IsDiskFull(inner)
            ? new(ImapErrorId.DiskFull, $"'{path}' was not saved: the disk is full.",
                "Free some disk space, and save the rest. The files that were saved are complete.", path, inner)
            : new(ImapErrorId.FileNotSaved, $"'{path}' was not saved: {inner.Message}",
                "Check that the path is not too long, and that you may write there. No incomplete file was left.", path, inner);

    /// <summary>What is downloaded cannot be kept on the disk until it is read.</summary>
    public static ImapException NoRoom(Exception inner) =>
        new(ImapErrorId.Unexpected, inner.Message, "Make room for temporary files.", target: null, inner);

    public static ImapException JournalNotOpened(string what, string path, Exception inner) =>
        new(ImapErrorId.JournalNotWritten,
            $"The {what} '{path}' cannot be opened: {inner.Message} Nothing was changed.",
            "Check that its directory exists, that you may write there, and that no other command has it open.",
            path,
            inner);

    public static ImapException JournalNotWritten(string path, ImapMessage[] changed, Exception inner) =>
        new(ImapErrorId.JournalNotWritten,
            $"The journal '{path}' cannot be written: {inner.Message} Changed, but not in the journal: "
                + $"{DisplayText.Count(changed.Length, "message")} of the last batch. Later messages were not changed.",
            "The error's TargetObject holds these messages as they are now. Free some disk space, and run it again for the others.",
            changed,
            inner);

    public static ImapException MessageHasNul(string name, object? target) =>
        new(ImapErrorId.MessageInvalid,
            $"'{DisplayText.Printable(name)}' cannot be sent: it holds NUL octets. IMAP sends them only in a "
                + "form that this module does not support (literal8, RFC 3516).",
            "If it is text in UTF-16, convert it to UTF-8. If it is a message with binary parts, encode them in base64.",
            target);

    public static ImapException MessageEmpty(string name, object? target) =>
        new(ImapErrorId.MessageInvalid, $"'{DisplayText.Printable(name)}' cannot be sent: it is empty.",
            "A message has at least a header.", target);

    public static ImapException MessageLineTooLong(string name, long longest, object? target) =>
        new(ImapErrorId.MessageInvalid,
            $"'{DisplayText.Printable(name)}' cannot be sent: its first line has more than "
                + $"{longest.ToString("N0", CultureInfo.CurrentCulture)} bytes.",
            "A message consists of lines. Check that it is one.", target);

    public static ImapException NotAMessageFile(string path) =>
        new(ImapErrorId.MessageInvalid,
            $"'{DisplayText.Printable(path)}' is not a message: it does not begin with a header field.",
            "To import it anyway, add -Format Eml.",
            path);

    public static ImapException MessageTooLarge(string name, long size, long limit, object? target) =>
        new(ImapErrorId.MessageTooLarge,
            $"'{DisplayText.Printable(name)}' cannot be sent: it has {size.ToString("N0", CultureInfo.CurrentCulture)} "
                + $"bytes, and the server accepts at most {limit.ToString("N0", CultureInfo.CurrentCulture)}.",
            "The administrator of the server may raise the limit.",
            target);

    public static ImapException FileNotFound(string path) =>
        new(ImapErrorId.FileNotFound, $"The file '{DisplayText.Printable(path)}' does not exist.",
            "Check the path. If it has wildcard characters, use -LiteralPath.", path);

    /// <summary>What was given as the folder names a file.</summary>
    public static ImapException FolderAfterFile(string folder, string path) =>
        new(ImapErrorId.FileNotFound,
            $"The file '{DisplayText.Printable(path)}' does not exist. '{DisplayText.Printable(folder)}', "
                + "which was given as the folder, exists in the file system.",
            $"Give the folder first, then the files: Import-ImapMessage -Destination '{DisplayText.Printable(path)}' "
                + $"-Path '{DisplayText.Printable(folder)}'.",
            path);

    public static ImapException FileNotRead(string name, Exception inner, object? target) =>
        new(ImapErrorId.FileNotRead, $"'{DisplayText.Printable(name)}' cannot be read: {DisplayText.Printable(inner.Message)}",
            "Check that it exists, and that you may read it.", target ?? name, inner);

    public static ImapException FileChanged(string name, object? target) =>
        new(ImapErrorId.FileNotRead, $"'{DisplayText.Printable(name)}' cannot be sent: it changed while it was being read.",
            "Import it again when no program writes to it.", target);

    public static ImapException NotAnMbox(string path) =>
        new(ImapErrorId.FileNotRead, $"'{DisplayText.Printable(path)}' is not an mbox: it does not begin with a line 'From '.",
            "If the file holds one message, use -Format Eml.", path);

    public static ImapException NotAMaildir(string path) =>
        new(ImapErrorId.FileNotRead, $"The directory '{DisplayText.Printable(path)}' is not a Maildir: it has neither 'cur' nor 'new'.",
            "For a directory of .eml files, give their paths, such as 'directory/*.eml'.", path);

    /// <summary>ENOSPC and EDQUOT (which macOS numbers otherwise), and Windows' ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL.</summary>
    private static bool IsDiskFull(Exception exception) =>
        exception is System.IO.IOException
            && exception.HResult is 28 or 122 or 69 or unchecked((int)0x80070070) or unchecked((int)0x80070027);
}
