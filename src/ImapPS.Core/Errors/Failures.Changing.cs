using System;
using ImapPS.Models;

namespace ImapPS.Errors;

/// <content>Errors about changes: what was refused, and what is not known to be done.</content>
internal static partial class Failures
{
    public static ImapException ConfirmationRequired(string question, Exception inner) =>
        new(ImapErrorId.ConfirmationRequired, $"{question} The question cannot be asked here. Nothing was changed.",
            "To confirm, add -Confirm:$false or -Force.", target: null, inner);

    public static ImapException LeftInTrash(string trash, int count) =>
        new(ImapErrorId.OutcomeUnknown, $"Moved to '{DisplayText.Printable(trash)}': {DisplayText.Count(count, "message")}. "
            + "The server does not report their UIDs there, so nothing was expunged.", "Empty the trash.", trash);

    public static ImapException PercentExceeded(string folder, int percent, long count, long all) =>
        new(ImapErrorId.LimitExceeded, $"{DisplayText.CountOf(count, all, "message")} of the folder "
            + $"'{DisplayText.Printable(folder)}' arrived. -MaxPercent allows {Number(percent)} percent. Nothing was changed.",
            "Narrow the search, or raise -MaxPercent.", folder);

    public static ImapException NothingToChange() =>
        ArgumentInvalid("There is nothing to change.", "Give a parameter such as -Read or -AddKeyword.");

    public static ImapException OutcomeUnknown(string source, uint uid, string destination, object target) =>
        new(ImapErrorId.OutcomeUnknown,
            $"The connection broke while message {Number(uid)} of '{DisplayText.Printable(source)}' was being moved "
                + $"to '{DisplayText.Printable(destination)}'. It was not found in either folder.",
            "Look for it in both folders. Another client may also have moved it.",
            target);

    public static ImapException CutOff(string what, string source, uint uid, object target) =>
        new(ImapErrorId.OutcomeUnknown,
            $"The command to {what} message {Number(uid)} of '{DisplayText.Printable(source)}' was interrupted. "
                + "It is not known if the server has carried it out.",
            "Check the message, and its destination folder if there is one, before you run the command again.",
            target);

    public static ImapException CopyUnknown(string source, uint uid, string destination, object target) =>
        new(ImapErrorId.OutcomeUnknown,
            $"It is not known if message {Number(uid)} of '{DisplayText.Printable(source)}' was copied to "
                + $"'{DisplayText.Printable(destination)}'. The connection ended before the server confirmed the copy, and no copy "
                + "can be identified there.",
            "Look for it in the destination before you run the command again.",
            target);

    public static ImapException CopyUnseen(string source, uint uid, string destination, object target) =>
        new(ImapErrorId.OutcomeUnknown,
            $"The server accepted the copy of message {Number(uid)} of '{DisplayText.Printable(source)}', but nothing has arrived in "
                + $"'{DisplayText.Printable(destination)}'.",
            "Look for it in the destination before you run the command again.",
            target);

    /// <summary>An original goes only when its copy was seen, or named.</summary>
    public static ImapException CopyNotSeen(string destination) =>
        new(ImapErrorId.PermissionDenied, $"the server does not say where they are in '{DisplayText.Printable(destination)}', and does not "
            + "let anybody look there.", "Ask the owner or the administrator of the mailbox for the right.", destination);

    public static ImapException CopiedButNotRemoved(string source, string destination, ImapMessage[] messages, ImapException inner) =>
        new(inner.Id,
            $"{DisplayText.Count(messages.Length, "message")} of '{DisplayText.Printable(source)}' arrived in "
                + $"'{DisplayText.Printable(destination)}', but could not be removed from '{DisplayText.Printable(source)}': "
                + $"{inner.Message}",
            "They are in both folders now. The error's TargetObject holds them. Remove one copy of each before you move them again.",
            messages,
            inner);

    public static ImapException OriginalsMustStay(string folder) =>
        new(ImapErrorId.PermissionDenied,
            $"Messages cannot be removed from '{DisplayText.Printable(folder)}'. The server does not allow \\Deleted "
                + "there (PERMANENTFLAGS). Nothing was changed.",
            "Copy them with Copy-ImapMessage, or ask the owner or the administrator of the mailbox for the right.",
            folder);

    public static ImapException NotTransferred(string source, uint uid, string destination, ImapException inner, object target) =>
        new(inner.Id, $"Message {Number(uid)} of '{DisplayText.Printable(source)}' did not arrive in "
            + $"'{DisplayText.Printable(destination)}': {inner.Message}", inner.RecommendedAction, target, inner);

    public static ImapException TransferUnknown(string source, uint uid, string destination, object target) =>
        new(ImapErrorId.OutcomeUnknown,
            $"Message {Number(uid)} of '{DisplayText.Printable(source)}' may have arrived in '{DisplayText.Printable(destination)}'. "
                + "This is not certain. It was not sent again, and the original is unchanged.",
            "Look for it in the destination before you run the command again.",
            target);

    public static ImapException RemovalUnknown(string source, uint uid, string destination, object target) =>
        new(ImapErrorId.OutcomeUnknown,
            $"Message {Number(uid)} of '{DisplayText.Printable(source)}' arrived in '{DisplayText.Printable(destination)}', "
                + "but the connection broke before it was certain that the original was removed.",
            "Look for it in both folders before you move it again. If the original is still there, remove it.",
            target);

    /// <summary>A server that said OK and did nothing.</summary>
    public static ImapException NotMoved(string folder, uint uid, string destination, object target) =>
        new(ImapErrorId.CommandRejected,
            $"The server accepted the move of message {Number(uid)} to '{DisplayText.Printable(destination)}', and did not move it: it is "
                + $"still in '{DisplayText.Printable(folder)}'.",
            "Copy the message instead, and look for the copy before you remove the original.",
            target);

    /// <summary>A server that said OK and did nothing.</summary>
    public static ImapException NotExpunged(string folder, int count) =>
        new(ImapErrorId.CommandRejected,
            $"The server accepted the EXPUNGE, and {DisplayText.Count(count, "message")} of '{DisplayText.Printable(folder)}' that "
                + "it was to remove are still there, marked \\Deleted.",
            "Remove them again, or remove the mark: Set-ImapMessage -Undeleted.",
            folder);

    public static ImapException LostInTransfer(ImapException inner, string destination) =>
        new(inner.Id,
            $"{(inner.InnerException ?? inner).Message} Messages were being sent to '{DisplayText.Printable(destination)}'. "
                + "Those that may have arrived are reported as OutcomeUnknown.",
            "Look for these in the destination, and run the command again for the others. Their originals are unchanged.",
            inner.Target,
            inner);

    public static ImapException LimitExceeded(long limit) =>
        new(ImapErrorId.LimitExceeded, $"More than {DisplayText.Count(limit, "message")} arrived. -MaxMessages "
            + "does not allow more. Nothing was changed.", "Narrow the search, or raise -MaxMessages.", limit);

    public static ImapException PlaceUnknown(object target) =>
        new(ImapErrorId.MessageNotFound,
            "The object does not say where its message is, because its Uid is empty. In a journal this is a message "
                + "that was removed permanently, or whose new UID the server did not report.",
            "Search for its MessageId. Get-ImapMessage -MessageId finds the message if it still exists.",
            target);

    public static ImapException TimeoutInChange(ImapException inner) =>
        new(ImapErrorId.Timeout,
            $"{inner.Message} It may still be carrying out the change.",
            "Look at both folders before you run the command again, and connect with a larger -TimeoutSeconds.",
            inner.Target,
            inner);

    public static ImapException AppendUnknown(string name, string folder, object? target) =>
        new(ImapErrorId.OutcomeUnknown,
            $"The connection broke while '{DisplayText.Printable(name)}' was being sent to '{DisplayText.Printable(folder)}'. "
                + "It is not known if it arrived. It was not sent again.",
            "Look for it in the folder, or run the import again with -SkipExisting.",
            target);

    public static ImapException AppendUnseen(string name, string folder, object? target) =>
        new(ImapErrorId.OutcomeUnknown,
            $"The server accepted '{DisplayText.Printable(name)}', but nothing has arrived in '{DisplayText.Printable(folder)}'.",
            "Look for it in the folder, or run the import again with -SkipExisting.",
            target);

    public static ImapException LostInAppend(ImapException inner, string folder) =>
        new(inner.Id,
            $"{inner.Message} Messages were being sent to '{DisplayText.Printable(folder)}'. Some of them may have arrived.",
            "Run the import again with -SkipExisting, which skips messages that have arrived. After a timeout, first wait until the "
                + "server has finished.",
            inner.Target,
            inner);
}
