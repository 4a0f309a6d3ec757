using System;
using System.Collections.Generic;
using System.Globalization;
using ImapPS.Models;

namespace ImapPS.Errors;

/// <content>Errors about messages.</content>
internal static partial class Failures
{
    public static ImapException MessageNotFound(string folder, uint uid, object target) =>
        new(ImapErrorId.MessageNotFound, $"The folder '{DisplayText.Printable(folder)}' has no message with the UID {Number(uid)}.",
            "It was moved or expunged since it was read. Read the folder again.", target);

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
                ? $"The folder's next UID is {Number(uidNext.Value)}. No message has had such a UID yet. "
                    + "Get-ImapMessage without -Uid returns the existing messages."
                : "If there was such a message, it was moved or expunged. Read the folder again without -Uid.",
            first == last ? first : set);
    }

    public static ImapException PartNotFound(string folder, uint uid, string part, object target) =>
        new(ImapErrorId.MessageNotFound, $"Message {Number(uid)} of '{DisplayText.Printable(folder)}' has no part {part}.",
            "Its Attachments show the numbers of its parts. It may also have been moved or expunged since it was read.", target);

    public static ImapException ContentUnreadable(string folder, uint uid, Exception inner, object target) =>
        new(ImapErrorId.Unexpected, $"The content of message {Number(uid)} of '{DisplayText.Printable(folder)}' "
            + $"cannot be read: {DisplayText.Printable(inner.Message)}", "Save the message with "
            + "Save-ImapMessage, and look at the file.", target, inner);

    /// <param name="folder">The folder.</param>
    /// <param name="uid">The message's UID.</param>
    /// <param name="reason">What was read instead of the message.</param>
    /// <param name="target">The message; null for its UID.</param>
    public static ImapException MessageUnreadable(string folder, uint uid, ImapException reason, object? target = null) =>
        new(reason.Id == ImapErrorId.ConnectionLost ? ImapErrorId.ProtocolError : reason.Id,
            reason.Id == ImapErrorId.ConnectionLost
                ? $"The server closes the connection when it is asked for message {Number(uid)} of '{DisplayText.Printable(folder)}'."
                : $"Message {Number(uid)} of '{DisplayText.Printable(folder)}' cannot be read. {reason.Message}",
            "The other messages are not concerned. Tell the administrator of the server the folder and the UID.",
            target ?? uid,
            reason);

    /// <summary>A connection that was lost while messages were read, in a session that does not connect again.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="uids">The messages that had been asked for and had not come, ascending.</param>
    /// <param name="reason">The loss.</param>
    public static ImapException LostWhileReading(string folder, IReadOnlyList<uint> uids, ImapException reason)
    {
        uint last = uids[uids.Count - 1];
        string which = uids.Count == 1 ? $"message {Number(last)}" : $"the messages {Number(uids[0])} to {Number(last)}";
        return new(ImapErrorId.ConnectionLost,
            $"{reason.Message} It was lost while {which} of '{DisplayText.Printable(folder)}' had been asked for.",
            "The next command connects again. If the server always closes the connection over one message, connect with -RetryCount 1: "
                + "the command then finds that message and returns the others.",
            uids.Count == 1 ? last : $"{Number(uids[0])}:{Number(last)}",
            reason);
    }

    public static ImapException AnswerIncomplete(string server) =>
        new(ImapErrorId.ProtocolError, $"'{DisplayText.Printable(server)}' does not tell its flags, its size or its header.",
            "To see the protocol exchange, connect with -ProtocolLogPath.");

    public static ImapException BodyMissing() =>
        new(ImapErrorId.ProtocolError, "The server lists it, but sends nothing of it.",
            "To see the protocol exchange, connect with -ProtocolLogPath.");

    /// <param name="announced">The length that was announced.</param>
    /// <param name="came">How many octets came.</param>
    public static ImapException BodyIncomplete(long announced, long came) =>
        new(ImapErrorId.ProtocolError, $"The server sent {Number(came)} octets of {Number(announced)}.",
            "To see the protocol exchange, connect with -ProtocolLogPath.");

    public static ImapException UidValidityChanged(string folder, uint expected, uint actual) =>
        new(ImapErrorId.UidValidityChanged,
            $"The folder '{DisplayText.Printable(folder)}' was rebuilt. Its UIDVALIDITY is {Number(actual)}, "
                + $"but the messages were read under {Number(expected)}. Nothing was changed.",
            "Read the messages again with Get-ImapMessage.",
            folder);

    public static ImapException MessageChanged(string folder, uint uid, object target) =>
        new(ImapErrorId.MessageChanged, $"Message {Number(uid)} of '{DisplayText.Printable(folder)}' has changed after the "
            + "modification sequence of -UnchangedSince. This command did not change it.", "Read the message again.", target);

    /// <summary>The copy that was to be kept is gone already, or marked to go.</summary>
    public static ImapException KeptCopyMissing(ImapMessage message, KeptCopy kept) =>
        new(ImapErrorId.MessageNotFound,
            $"Message {Number(message.Uid)} of '{DisplayText.Printable(message.Folder)}' was not removed. The copy that was to be kept, "
                + $"message {Number(kept.Uid)} of '{DisplayText.Printable(kept.Folder)}', does not exist any more or is marked \\Deleted.",
            "Run Find-ImapDuplicate again.",
            message);

    /// <summary>One message that the server shows twice.</summary>
    /// <param name="message">It, in the one place.</param>
    /// <param name="kept">It, in the other.</param>
    /// <param name="place">What became of the messages of the last command: the folder that they were moved to, if to any.</param>
    /// <param name="removed">How many these are.</param>
    public static ImapException NotACopy(ImapMessage message, KeptCopy kept, string? place, int removed) =>
        new(ImapErrorId.NotACopy,
            $"Message {Number(message.Uid)} of '{DisplayText.Printable(message.Folder)}' is no copy. The server shows one message "
                + $"there and as message {Number(kept.Uid)} of '{DisplayText.Printable(kept.Folder)}'"
                + (removed == 0 ? ", and would remove both. Nothing was removed."
                    : $", and has removed both. {DisplayText.Count(removed, "message")} "
                        + (place is null ? "may be lost. " : $"went to '{DisplayText.Printable(place)}'. ") + "No more was removed."),
            (place is null ? string.Empty : "Move the messages of the trash back. ")
                + $"Leave out '{DisplayText.Printable(message.Folder)}' or '{DisplayText.Printable(kept.Folder)}' when you search "
                + "for copies.",
            message);

    public static ImapException AlreadyInTrash(string folder, uint uid, object target) =>
        new(ImapErrorId.AlreadyInTrash, $"Message {Number(uid)} is already in the trash, "
            + $"'{DisplayText.Printable(folder)}'. It was not changed.", "To expunge it, add -Permanent.", target);

    public static ImapException WaitTimeout(string folder, int matched, int wanted, int seconds, string report) =>
        new(ImapErrorId.WaitTimeout,
            string.Format(CultureInfo.InvariantCulture, wanted == 1
                ? "No message in '{0}' matched{1}: {2}"
                : "Only {3:N0} of {4:N0} messages in '{0}' matched{1}: "
                + "{2}", DisplayText.Printable(folder), Within(seconds), report, matched, wanted),
            "Check which criteria the closest messages do not meet, or wait longer with -TimeoutSeconds.",
            folder);

    public static ImapException AssertionFailed(string folder, string expected, int found, bool isCut, int seconds, string report) =>
        new(ImapErrorId.AssertionFailed,
            string.Format(CultureInfo.InvariantCulture, "Expected {0} in '{1}'{2}, found {3}:{4}", expected, DisplayText.Printable(folder),
                Within(seconds), found == 0 ? "none" : (isCut ? "at least " : string.Empty) + Number(found), report[0] == '\n'
                ? report : $" {report}"),
            "To see the messages, use Get-ImapMessage with the same criteria.",
            folder);

    public static ImapException MarkOfOther(MailboxMark mark) =>
        ArgumentInvalid($"-After is a mark of '{DisplayText.Printable(mark.Folder!.Path)}', but this folder is not watched.",
            "Give the folder objects of the watched folders that were read before. Without -Path the folders of -After "
            + "are watched.", mark.Folder.Path);

    public static ImapException MarkIsNoFolder(MailboxMark mark) =>
        ArgumentInvalid($"-After cannot be the date '{mark}' here. A date does not show what was removed or changed.",
            "Give a folder object that Get-ImapFolder returned before.", mark);

    public static ImapException TopAlone() =>
        ArgumentInvalid("-Top can be used only with -By.", "Add -By, such as -By Sender.");

    public static ImapException DescendingAlone() =>
        ArgumentInvalid("-Descending can be used only with -SortBy.", "Add -SortBy, such as -SortBy Received.");

    /// <param name="keyword">What is no keyword.</param>
    /// <param name="isCriterion">Whether messages are searched by it.</param>
    public static ImapException KeywordInvalid(string keyword, bool isCriterion = false) =>
        new(isCriterion ? ImapErrorId.FilterInvalid : ImapErrorId.ArgumentInvalid,
            $"'{DisplayText.Printable(keyword)}' cannot be a keyword.",
            "A keyword is up to 400 ASCII characters without spaces, quotes, backslashes, brackets, braces, % and *, such as '$Work' in "
                + "single quotes. System flags have their own parameters, such as -Read or -Flags.",
            keyword);

    public static ImapException LabelInvalid(string label) =>
        ArgumentInvalid($"'{DisplayText.Printable(label)}' cannot be a label.",
            "A label is up to 133 characters, without control characters.", label);

    public static ImapException FlagsNotKept(string folder, string what) =>
        new(ImapErrorId.NotSupportedByServer, $"The server does not keep {what} in the folder '{DisplayText.Printable(folder)}' "
            + "(PERMANENTFLAGS). Nothing was changed there.", "Leave it out, or ask if you have the right to change it.", folder);
}
