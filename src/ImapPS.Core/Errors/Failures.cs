using System;
using System.Globalization;
using ImapPS.Models;

namespace ImapPS.Errors;

/// <summary>The module's own errors, worded in one place.</summary>
internal static partial class Failures
{
    public static ImapException NoSession() =>
        new(ImapErrorId.NoSession, "There is no current IMAP session.", "Run Connect-Imap, or choose an open session with Select-ImapSession or -Session.");

    /// <param name="session">The id or the name that was asked for.</param>
    /// <param name="name">The name of the session that was closed.</param>
    public static ImapException SessionClosed(object session, string name)
    {
        string asked = $"{session}";
        string also = string.Equals(asked, name, StringComparison.OrdinalIgnoreCase) ? string.Empty : $" ({DisplayText.Printable(name)})";
        return new(ImapErrorId.SessionNotFound,
            $"The session {DisplayText.Printable(asked)}{also} is closed.",
            "Connect again, and name the new session with -Session. Get-ImapSession lists the open ones.",
            session);
    }

    public static ImapException SessionNotFound(object session) =>
        new(ImapErrorId.SessionNotFound, $"No open IMAP session has the id or name '{session}'.", "Get-ImapSession lists the open sessions. For objects that come from another process, name one of them with -Session.", session);

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
                    ? " There is one that looks the same: one of the two names has characters that are not seen, or that look like others."
                    : " There is one like it, whose name has characters that are not seen.",
                    $"Get-ImapFolder -Path {LookAlike.Pattern(nearest, path)} finds it, and what it emits can be piped on. ")
            : ($" There is '{DisplayText.Printable(nearest)}'.", $"Give '{DisplayText.Printable(nearest)}' if it is meant. ");
        return new(ImapErrorId.FolderNotFound,
            $"The folder '{DisplayText.Printable(path)}' does not exist.{there}",
            $"{meant}Get-ImapFolder lists the folders; names are case-sensitive, but for INBOX.",
            path,
            inner);
    }

    public static ImapException FolderExists(string path) =>
        new(ImapErrorId.FolderExists, $"The folder '{DisplayText.Printable(path)}' exists already.", "Choose another name.", path);

    public static ImapException FolderExistsWithoutRole(string path, ImapSpecialUse role) =>
        new(ImapErrorId.FolderExists, $"The folder '{DisplayText.Printable(path)}' exists already, without the role \\{role}, which IMAP gives to a folder only when it is created.", "Choose another name, or have the role given to it on the server.", path);

    public static ImapException FolderHasMessages(string path, long messages) =>
        new(ImapErrorId.FolderNotEmpty,
            $"The folder '{DisplayText.Printable(path)}' holds {DisplayText.Count(messages, "message")}, lost with it if it went. Nothing was removed.",
            "Move the messages elsewhere, or run it again: it asks, and does not with -Force.",
            path);

    public static ImapException FolderHasFolders(string path, int folders) =>
        new(ImapErrorId.FolderNotEmpty,
            $"The folder '{DisplayText.Printable(path)}' has {DisplayText.Count(folders, "folder")} below it. Nothing was removed.",
            "Add -Recurse to remove what is below it as well.",
            path);

    public static ImapException FolderRebuilt(string path, uint expected, uint actual) =>
        new(ImapErrorId.UidValidityChanged,
            $"The folder '{DisplayText.Printable(path)}' is not the one that was read: its UIDVALIDITY was {Number(expected)}, and is {Number(actual)} now. Nothing was touched.",
            "Read the folder again with Get-ImapFolder.",
            path);

    public static ImapException FolderReadOnly(string path) =>
        new(ImapErrorId.PermissionDenied, $"The server opens the folder '{DisplayText.Printable(path)}' for reading only.", "Ask the mailbox's owner or its administrator for the right.", path);

    public static ImapException FolderPathEmpty() =>
        new(ImapErrorId.ArgumentInvalid, "A folder's path cannot be empty.", "Give a path, such as INBOX.");

    public static ImapException FolderPathHasGap(string path, char delimiter) =>
        ArgumentInvalid($"'{DisplayText.Printable(path)}' is no path of a folder: '{delimiter}' is the server's hierarchy delimiter, and a name is missing before or after it.", $"Put '{delimiter}' only between names, as in Archive{delimiter}2025.", path);

    public static ImapException FolderNameHasDelimiter(string name, char delimiter) =>
        ArgumentInvalid($"The name '{DisplayText.Printable(name)}' has the server's hierarchy delimiter '{delimiter}' in it, so that it is a path.", "Give a name without it; to move the folder to another place in the hierarchy, give the whole new path as -Destination.", name);

    public static ImapException FolderNameHasControl(string path, char character) =>
        ArgumentInvalid($"'{DisplayText.Printable(path)}' cannot be the name of a folder: it has the character U+{((int)character).ToString("X4", CultureInfo.InvariantCulture)} in it.", "Leave out control characters, line separators and halves of surrogate pairs.", path);

    public static ImapException FolderNameRefused(string path, char delimiter, string answer, Exception inner) =>
        new(ImapErrorId.CommandRejected,
            $"The server refused to create '{DisplayText.Printable(path)}': {DisplayText.Printable(answer)}",
            $"Try another name. The hierarchy delimiter of this server is '{delimiter}': a folder below another is Archive{delimiter}2025.",
            path,
            inner);

    public static ImapException FolderBelowItself(string path, string destination) =>
        ArgumentInvalid($"The folder '{DisplayText.Printable(path)}' cannot be moved to '{DisplayText.Printable(destination)}', which is below itself.", "Give a path outside of the folder.", destination);

    public static ImapException ConfirmationRequired(string question, Exception inner) =>
        new(ImapErrorId.ConfirmationRequired, $"{question} Nobody can be asked here, and nothing was touched.", "Add -Confirm:$false or -Force if it is meant.", target: null, inner);

    public static ImapException NoFolderWithRole(ImapSpecialUse role) =>
        new(ImapErrorId.FolderNotFound, $"The server marks no folder as \\{role}.", "Name the folder by its path.", role);

    public static ImapException FolderNotSelectable(string path) =>
        new(ImapErrorId.FolderNotFound, $"The folder '{DisplayText.Printable(path)}' holds other folders only (\\Noselect).", "Name one of the folders below it.", path);

    public static ImapException MessageNotFound(string folder, uint uid, object target) =>
        new(ImapErrorId.MessageNotFound, $"The folder '{DisplayText.Printable(folder)}' has no message with the UID {Number(uid)}.", "It was moved or expunged since it was read; read the folder again.", target);

    /// <summary>UIDs that somebody asked for, of which nobody knows where they come from.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="first">The first of the UIDs.</param>
    /// <param name="last">The last of them.</param>
    /// <param name="uidNext">The UID that the folder's next message will have at the least, if that is known.</param>
    public static ImapException UidsNotFound(string folder, uint first, uint last, uint? uidNext)
    {
        string set = $"{Number(first)}:{Number(last)}";
        string which = first == last ? $"no message with the UID {Number(first)}" : $"none of the messages with the UIDs {set}";
        return new(ImapErrorId.MessageNotFound,
            $"The folder '{DisplayText.Printable(folder)}' has {which}.",
            first >= uidNext
                ? $"The folder's next UID is {Number(uidNext.Value)}: no message has had such a UID yet. Get-ImapMessage without -Uid shows those that are there."
                : "Read the folder again, without -Uid; what had such a UID was moved or expunged, if there ever was such a message.",
            first == last ? first : set);
    }

    public static ImapException PartNotFound(string folder, uint uid, string part, object target) =>
        new(ImapErrorId.MessageNotFound, $"Message {Number(uid)} of '{DisplayText.Printable(folder)}' has no part {part}.", "Its Attachments tell the numbers of its parts; it may also have been moved or expunged since it was read.", target);

    public static ImapException ContentUnreadable(string folder, uint uid, Exception inner, object target) =>
        new(ImapErrorId.Unexpected, $"The content of message {Number(uid)} of '{DisplayText.Printable(folder)}' cannot be read: {DisplayText.Printable(inner.Message)}", "Save the message as it is, and look at its octets.", target, inner);

    public static ImapException StructureUnreadable(string folder, uint uid, ImapException inner) =>
        new(inner.Id,
            $"The structure of message {Number(uid)} in '{DisplayText.Printable(folder)}' cannot be read: {inner.Message}",
            "Save the whole message with Save-ImapMessage.",
            uid,
            inner);

    public static ImapException UidValidityChanged(string folder, uint expected, uint actual) =>
        new(ImapErrorId.UidValidityChanged,
            $"The folder '{DisplayText.Printable(folder)}' has been rebuilt: its UIDVALIDITY is {Number(actual)}, but the messages were read under {Number(expected)}. Nothing was touched.",
            "Read the messages again with Get-ImapMessage.",
            folder);

    public static ImapException MessageChanged(string folder, uint uid, object target) =>
        new(ImapErrorId.MessageChanged, $"Message {Number(uid)} of '{DisplayText.Printable(folder)}' has changed since the modification sequence that -UnchangedSince names. It was not touched.", "Read the message again, and decide anew.", target);

    public static ImapException AlreadyInTrash(string folder, uint uid, object target) =>
        new(ImapErrorId.AlreadyInTrash, $"Message {Number(uid)} is in '{DisplayText.Printable(folder)}' already, which is the trash. It was not touched.", "Add -Permanent to expunge it.", target);

    public static ImapException NoTrash() =>
        new(ImapErrorId.FolderNotFound, "The server marks no folder as \\Trash. Nothing was touched.", "Expunge the messages with -Permanent, or move them with Move-ImapMessage to a folder that you name.", ImapSpecialUse.Trash);

    public static ImapException LeftInTrash(string trash, int count) =>
        new(ImapErrorId.OutcomeUnknown, $"Moved to '{DisplayText.Printable(trash)}': {DisplayText.Count(count, "message")}. The server does not say where there, so nothing was expunged.", "Empty the trash.", trash);

    public static ImapException PercentExceeded(string folder, int percent, long count, long all) =>
        new(ImapErrorId.LimitExceeded, $"Of '{DisplayText.Printable(folder)}', {DisplayText.CountOf(count, all, "message")} arrived, which is more than the {Number(percent)} percent that -MaxPercent allows. Nothing was touched.", "Narrow the search, or raise -MaxPercent.", folder);

    public static ImapException WaitTimeout(string folder, int matched, int wanted, int seconds, string report) =>
        new(ImapErrorId.WaitTimeout,
            string.Format(CultureInfo.InvariantCulture, wanted == 1 ? "No message in '{0}' matched{1}: {2}" : "Only {3:N0} of {4:N0} messages in '{0}' matched{1}: {2}", DisplayText.Printable(folder), Within(seconds), report, matched, wanted),
            "See which criteria the closest messages do not meet; or wait longer, with -TimeoutSeconds.",
            folder);

    public static ImapException AssertionFailed(string folder, string expected, int found, bool isCut, int seconds, string report) =>
        new(ImapErrorId.AssertionFailed,
            string.Format(CultureInfo.InvariantCulture, "Expected {0} in '{1}'{2}, found {3}:{4}", expected, DisplayText.Printable(folder), Within(seconds), found == 0 ? "none" : (isCut ? "at least " : string.Empty) + Number(found), report[0] == '\n' ? report : $" {report}"),
            "See which messages there are: Get-ImapMessage takes the same criteria.",
            folder);

    public static ImapException MarkOfOther(MailboxMark mark) =>
        ArgumentInvalid($"-After is a mark in '{DisplayText.Printable(mark.Folder!.Path)}', which is not watched.", "Give the folder objects of the folders to watch, from before; without -Folder the folders of -After are watched.", mark.Folder.Path);

    public static ImapException MarkIsNoFolder(MailboxMark mark) =>
        ArgumentInvalid($"-After cannot be the date '{mark}' here: a date does not tell what went and what changed.", "Give the folder object that Get-ImapFolder emitted before.", mark);

    public static ImapException NothingToChange() =>
        ArgumentInvalid("There is nothing to change.", "Say what to set, such as -Read or -AddKeyword.");

    public static ImapException Contradiction(string parameter, string other) =>
        ArgumentInvalid($"-{parameter} and -{other} contradict each other.", "Give one of them.");

    public static ImapException Exclusion(string parameter, string other) =>
        ArgumentInvalid($"-{parameter} and -{other} exclude each other.", "Give one of them; Sort-Object puts what comes in any order.");

    public static ImapException NoSuchAge(TimeSpan newer, TimeSpan older) =>
        FilterInvalid(
            $"-NewerThan and -OlderThan exclude each other: no message was received within {Days(newer)} and longer ago than {Days(older)}.",
            $"For those in between, give the longer time to -NewerThan: -NewerThan {Days(older)} -OlderThan {Days(newer)}.");

    public static ImapException KeywordInvalid(string keyword) =>
        ArgumentInvalid($"'{DisplayText.Printable(keyword)}' cannot be a keyword.", "A keyword is up to 400 ASCII characters without spaces, quotes, backslashes, brackets, braces, % and *. System flags have parameters of their own, such as -Read.", keyword);

    public static ImapException LabelInvalid(string label) =>
        ArgumentInvalid($"'{DisplayText.Printable(label)}' cannot be a label.", "A label is up to 133 characters, without control characters.", label);

    public static ImapException FlagsNotKept(string folder, string what) =>
        new(ImapErrorId.NotSupportedByServer, $"The server does not keep {what} in the folder '{DisplayText.Printable(folder)}' (PERMANENTFLAGS). Nothing was changed there.", "Leave it out; or ask whether you have the right to change it.", folder);

    public static ImapException OutcomeUnknown(string source, uint uid, string destination, object target) =>
        new(ImapErrorId.OutcomeUnknown,
            $"The connection broke while message {Number(uid)} of '{DisplayText.Printable(source)}' was on its way to '{DisplayText.Printable(destination)}', and it can be found in neither.",
            "Look for it in both folders; it may also have been moved on by another client.",
            target);

    public static ImapException CutOff(string what, string source, uint uid, object target) =>
        new(ImapErrorId.OutcomeUnknown,
            $"The command to {what} message {Number(uid)} of '{DisplayText.Printable(source)}' was cut off, and whether the server has carried it out is not known.",
            "Look at the message, and at the folder that it was to go to, before you run the command again.",
            target);

    public static ImapException CopyUnknown(string source, uint uid, string destination, object target) =>
        new(ImapErrorId.OutcomeUnknown,
            $"Whether message {Number(uid)} of '{DisplayText.Printable(source)}' was copied to '{DisplayText.Printable(destination)}' is not known: the connection ended before the server said so, and no copy can be told there.",
            "Look for it in the destination before you run it again.",
            target);

    public static ImapException CopiedButNotRemoved(string source, string destination, ImapMessage[] messages, ImapException inner) =>
        new(inner.Id,
            $"Of '{DisplayText.Printable(source)}', {DisplayText.Count(messages.Length, "message")} got to '{DisplayText.Printable(destination)}', but could not be removed from '{DisplayText.Printable(source)}': {inner.Message}",
            "They are in both folders now; the error's TargetObject holds them. Remove one copy of each before you move them again.",
            messages,
            inner);

    public static ImapException OriginalsMustStay(string folder) =>
        new(ImapErrorId.PermissionDenied,
            $"Messages cannot be removed from '{DisplayText.Printable(folder)}': the server does not let \\Deleted be set there (PERMANENTFLAGS). Nothing was touched.",
            "Copy them with Copy-ImapMessage, or ask the mailbox's owner or its administrator for the right.",
            folder);

    public static ImapException NotTransferred(string source, uint uid, string destination, ImapException inner, object target) =>
        new(inner.Id, $"Message {Number(uid)} of '{DisplayText.Printable(source)}' did not get to '{DisplayText.Printable(destination)}': {inner.Message}", inner.RecommendedAction, target, inner);

    public static ImapException TransferUnknown(string source, uint uid, string destination, object target) =>
        new(ImapErrorId.OutcomeUnknown,
            $"Message {Number(uid)} of '{DisplayText.Printable(source)}' may have got to '{DisplayText.Printable(destination)}', which does not tell. It was not sent again, and the original is where it was.",
            "Look for it in the destination before you run it again.",
            target);

    public static ImapException RemovalUnknown(string source, uint uid, string destination, object target) =>
        new(ImapErrorId.OutcomeUnknown,
            $"Message {Number(uid)} of '{DisplayText.Printable(source)}' has got to '{DisplayText.Printable(destination)}', but the connection broke before it was certain that the original is gone.",
            "Look for it in both folders before you move it again, and remove the original if it is still there.",
            target);

    public static ImapException LostInTransfer(ImapException inner, string destination) =>
        new(inner.Id,
            $"{(inner.InnerException ?? inner).Message} Messages were on their way to '{DisplayText.Printable(destination)}'; those that may have arrived are named as OutcomeUnknown.",
            "Look for these in the destination, and run it again for the others; their originals are where they were.",
            inner.Target,
            inner);

    public static ImapException LimitExceeded(long limit) =>
        new(ImapErrorId.LimitExceeded, $"More than {DisplayText.Count(limit, "message")} arrived, which is what -MaxMessages allows. Nothing was touched.", "Narrow the search, or raise -MaxMessages.", limit);

    public static ImapException NotSupported(string what, string extension, string action) =>
        new(ImapErrorId.NotSupportedByServer, $"The server cannot {what}: it does not offer {extension}.", action, extension);

    /// <summary>Search keys in the caller's own words that the server cannot read.</summary>
    public static ImapException QueryInvalid(string query, string answer, Exception inner) => new(
        ImapErrorId.ArgumentInvalid,
        $"The server does not understand the search '{DisplayText.Printable(query)}': {DisplayText.Printable(answer)}",
        "Write search keys as RFC 9051, 6.4.4 has them, such as: UNSEEN SINCE 1-Jan-2026 OR FROM a FROM b.",
        query,
        inner);

    public static ImapException FilterInvalid(string message, string action, object? target = null) =>
        new(ImapErrorId.FilterInvalid, message, action, target);

    public static ImapException ArgumentInvalid(string message, string action, object? target = null) =>
        new(ImapErrorId.ArgumentInvalid, message, action, target);

    public static ImapException SearchCharsetUnsupported(string parameter, string text) =>
        new(ImapErrorId.SearchCharsetUnsupported,
            $"The server searches in ASCII only, and cannot look for -{parameter} '{DisplayText.Printable(text)}'.",
            "Search for ASCII text, or read the messages with -Include Body and compare them here.",
            text);

    public static ImapException FileExists(string path) =>
        new(ImapErrorId.FileExists, $"The file '{path}' exists already.", "Choose another path, or overwrite it with -Force.", path);

    /// <summary>What a file system threw. A full disk is told apart: what comes next would fail as well.</summary>
    public static ImapException FileNotSaved(string path, Exception inner) =>
        IsDiskFull(inner)
            ? new(ImapErrorId.DiskFull, $"'{path}' was not saved: the disk is full.", "Make room, and save what is missing; what was saved so far is whole.", path, inner)
            : new(ImapErrorId.FileNotSaved, $"'{path}' was not saved: {inner.Message}", "Check that the path is not too long, and that you may write there. Nothing half-written was left behind.", path, inner);

    public static ImapException JournalNotOpened(string path, Exception inner) =>
        new(ImapErrorId.JournalNotWritten,
            $"The journal '{path}' cannot be opened: {inner.Message} Nothing was touched.",
            "Check that its directory exists, that you may write there, and that no other command has it open.",
            path,
            inner);

    public static ImapException JournalNotWritten(string path, ImapMessage[] changed, Exception inner) =>
        new(ImapErrorId.JournalNotWritten,
            $"The journal '{path}' cannot be written: {inner.Message} Of what was changed, {DisplayText.Count(changed.Length, "message")} of the last batch are not in it; what came after was not touched.",
            "The error's TargetObject holds these messages, where they are now. Make room, and run it again for the others.",
            changed,
            inner);

    public static ImapException PlaceUnknown(object target) =>
        new(ImapErrorId.MessageNotFound,
            "The object does not say where its message is: its Uid is empty. In a journal that is a message that was removed for good, or of which the server did not tell where it went.",
            "Look for it by its MessageId: Get-ImapMessage -MessageId finds it if it is still there.",
            target);

    public static ImapException PlaintextRefused(string server) =>
        new(ImapErrorId.PlaintextRefused,
            $"'{server}' takes the password only in clear, and the connection is not encrypted. It was not sent.",
            "Use -Security Tls or StartTls; or, where the network is trusted, add -AllowPlaintext.",
            server);

    public static ImapException CertificateRejected(string server, string reason, string thumbprint, Exception inner) =>
        new(ImapErrorId.CertificateRejected,
            $"The certificate of '{server}' is not trusted: {reason}. Its SHA-256 thumbprint is {thumbprint}.",
            "If you know this thumbprint to be right, give it as -CertificateThumbprint; otherwise the connection may be intercepted.",
            server,
            inner);

    public static ImapException AuthenticationFailed(string server, string user, string answer, Exception? inner = null) =>
        new(ImapErrorId.AuthenticationFailed,
            $"'{server}' did not accept the credential of '{user}'{(answer.Length == 0 ? "." : ": " + DisplayText.Printable(answer))}",
            "Check the user name and the password. Some providers want an app password, or refuse passwords altogether.",
            user,
            inner);

    public static ImapException ConnectionLost(string server, Exception inner) =>
        new(ImapErrorId.ConnectionLost,
            $"The connection to '{server}' was lost and could not be brought back: {DisplayText.Printable(inner.Message)}",
            "The next command connects again. -RetryCount and -RetryDelaySeconds of Connect-Imap say how long a command tries by itself.",
            server,
            inner);

    public static ImapException Timeout(string server, int seconds, Exception inner) =>
        new(ImapErrorId.Timeout,
            $"'{server}' did not answer within {seconds.ToString(CultureInfo.InvariantCulture)} seconds.",
            "Try again; if the server is slow rather than stuck, connect with a larger -TimeoutSeconds.",
            server,
            inner);

    public static ImapException TimeoutInChange(ImapException inner) =>
        new(ImapErrorId.Timeout,
            $"{inner.Message} It may still be carrying out the change.",
            "Look at both folders before you run it again, and connect with a larger -TimeoutSeconds.",
            inner.Target,
            inner);

    public static ImapException AppendUnknown(string name, string folder, object? target) =>
        new(ImapErrorId.OutcomeUnknown,
            $"The connection broke while '{DisplayText.Printable(name)}' was on its way to '{DisplayText.Printable(folder)}', and the folder does not tell whether it arrived. It was not sent again.",
            "Look for it in the folder, or run the import again with -SkipExisting.",
            target);

    public static ImapException LostInAppend(ImapException inner, string folder) =>
        new(inner.Id,
            $"{inner.Message} Messages were on their way to '{DisplayText.Printable(folder)}'; some of them may have arrived.",
            "Run it again with -SkipExisting, which leaves out what has arrived. After a timeout, wait until the server is done with it.",
            inner.Target,
            inner);

    public static ImapException MessageHasNul(string name, object? target) =>
        new(ImapErrorId.MessageInvalid,
            $"'{DisplayText.Printable(name)}' cannot be sent: it holds NUL octets, which IMAP carries only in a form that this module cannot send (literal8, RFC 3516).",
            "If it is text in UTF-16, convert it to UTF-8; if it is a message with binary parts, encode them in base64.",
            target);

    public static ImapException MessageEmpty(string name, object? target) =>
        new(ImapErrorId.MessageInvalid, $"'{DisplayText.Printable(name)}' cannot be sent: it is empty.", "A message has at least a header.", target);

    public static ImapException MessageHasNoLine(string name, object? target) =>
        new(ImapErrorId.MessageInvalid, $"'{DisplayText.Printable(name)}' cannot be sent: its first line has no end.", "A message is made of lines; check that it is one.", target);

    public static ImapException NotAMessageFile(string path) =>
        new(ImapErrorId.MessageInvalid,
            $"'{DisplayText.Printable(path)}' is not a message: it begins with no header field.",
            "If it is one all the same, add -Format Eml, which imports any file.",
            path);

    public static ImapException MessageTooLarge(string name, long size, long limit, object? target) =>
        new(ImapErrorId.MessageTooLarge,
            $"'{DisplayText.Printable(name)}' cannot be sent: it has {size.ToString("N0", CultureInfo.CurrentCulture)} bytes, and the server takes {limit.ToString("N0", CultureInfo.CurrentCulture)} at the most.",
            "The administrator of the server may raise the limit.",
            target);

    public static ImapException FileNotFound(string path) =>
        new(ImapErrorId.FileNotFound, $"The file '{DisplayText.Printable(path)}' does not exist.", "Check the path. Characters that mean something in wildcards are plain with -LiteralPath.", path);

    /// <summary>What was given as the folder names a file.</summary>
    public static ImapException FolderAfterFile(string folder, string path) =>
        new(ImapErrorId.FileNotFound,
            $"The file '{DisplayText.Printable(path)}' does not exist, but '{DisplayText.Printable(folder)}' does, which was given as the folder.",
            $"The folder comes first, then the files: Import-ImapMessage -Destination '{DisplayText.Printable(path)}' -Path '{DisplayText.Printable(folder)}'.",
            path);

    public static ImapException FileNotRead(string name, Exception inner, object? target) =>
        new(ImapErrorId.FileNotRead, $"'{DisplayText.Printable(name)}' cannot be read: {DisplayText.Printable(inner.Message)}", "Check that it is there, and that you may read it.", target ?? name, inner);

    public static ImapException FileChanged(string name, object? target) =>
        new(ImapErrorId.FileNotRead, $"'{DisplayText.Printable(name)}' cannot be sent: it changed while it was being read.", "Send it again when nothing writes to it.", target);

    public static ImapException NotAnMbox(string path) =>
        new(ImapErrorId.FileNotRead, $"'{DisplayText.Printable(path)}' is not an mbox: it does not begin with a line 'From '.", "A file that holds one message is -Format Eml.", path);

    public static ImapException NotAMaildir(string path) =>
        new(ImapErrorId.FileNotRead, $"The directory '{DisplayText.Printable(path)}' is not a Maildir: it has neither 'cur' nor 'new'.", "For a directory of .eml files, give their paths, such as 'directory/*.eml'.", path);

    public static ImapException ProtocolError(string server, Exception inner) =>
        new(ImapErrorId.ProtocolError,
            $"'{server}' answered what is not IMAP: {DisplayText.Printable(inner.Message)}",
            "Connect with -ProtocolLogPath to see the exchange.",
            server,
            inner);

    /// <summary>ENOSPC and EDQUOT (which macOS numbers otherwise), and Windows' ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL.</summary>
    private static bool IsDiskFull(Exception exception) =>
        exception is System.IO.IOException && exception.HResult is 28 or 122 or 69 or unchecked((int)0x80070070) or unchecked((int)0x80070027);

    /// <summary>A time as -NewerThan takes it: 3d, or 1.12:00:00.</summary>
    private static string Days(TimeSpan span) => span.Ticks % TimeSpan.TicksPerDay == 0 ? $"{Number(span.Days)}d" : span.ToString("c", CultureInfo.InvariantCulture);

    private static string Within(int seconds) => seconds > 0 ? $" within {DisplayText.Count(seconds, "second")}" : string.Empty;

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
