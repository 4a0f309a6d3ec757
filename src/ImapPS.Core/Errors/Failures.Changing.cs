using System;
using ImapPS.Models;

namespace ImapPS.Errors;

/// <content>Errors about changes: what was refused, and what is not known to be done.</content>
internal static partial class Failures
{
    public static ImapException ConfirmationRequired(string question, Exception inner) =>
        new(ImapErrorId.ConfirmationRequired, $"{question} Nobody can be asked here, and nothing was touched.",
            "Add -Confirm:$false or -Force if it is meant.", target: null, inner);

    public static ImapException LeftInTrash(string trash, int count) =>
        new(ImapErrorId.OutcomeUnknown, $"Moved to '{DisplayText.Printable(trash)}': {DisplayText.Count(count, "message")}. "
            + "The server does not say where there, so nothing was expunged.", "Empty the trash.", trash);

    public static ImapException PercentExceeded(string folder, int percent, long count, long all) =>
        new(ImapErrorId.LimitExceeded, $"Of '{DisplayText.Printable(folder)}', {DisplayText.CountOf(count, all, "message")} arrived, "
            + $"which is more than the {Number(percent)} percent that -MaxPercent allows. Nothing was touched.", "Narrow "
            + "the search, or raise -MaxPercent.", folder);

    public static ImapException NothingToChange() =>
        ArgumentInvalid("There is nothing to change.", "Say what to set, such as -Read or -AddKeyword.");

    public static ImapException OutcomeUnknown(string source, uint uid, string destination, object target) =>
        new(ImapErrorId.OutcomeUnknown,
            $"The connection broke while message {Number(uid)} of '{DisplayText.Printable(source)}' was on its "
                + $"way to '{DisplayText.Printable(destination)}', and it can be found in neither.",
            "Look for it in both folders; it may also have been moved on by another client.",
            target);

    public static ImapException CutOff(string what, string source, uint uid, object target) =>
        new(ImapErrorId.OutcomeUnknown,
            $"The command to {what} message {Number(uid)} of '{DisplayText.Printable(source)}' was cut off, and "
                + "whether the server has carried it out is not known.",
            "Look at the message, and at the folder that it was to go to, before you run the command again.",
            target);

    public static ImapException CopyUnknown(string source, uint uid, string destination, object target) =>
        new(ImapErrorId.OutcomeUnknown,
            $"Whether message {Number(uid)} of '{DisplayText.Printable(source)}' was copied to '{DisplayText.Printable(destination)}' "
                + "is not known: the connection ended before the server said so, and no copy can be told there.",
            "Look for it in the destination before you run it again.",
            target);

    public static ImapException CopiedButNotRemoved(string source, string destination, ImapMessage[] messages, ImapException inner) =>
        new(inner.Id,
            $"Of '{DisplayText.Printable(source)}', {DisplayText.Count(messages.Length, "message")} got to "
                + $"'{DisplayText.Printable(destination)}', but could not be removed from '{DisplayText.Printable(source)}': "
                + $"{inner.Message}",
            "They are in both folders now; the error's TargetObject holds them. Remove one copy of each before you move them again.",
            messages,
            inner);

    public static ImapException OriginalsMustStay(string folder) =>
        new(ImapErrorId.PermissionDenied,
            $"Messages cannot be removed from '{DisplayText.Printable(folder)}': the server does not let \\Deleted "
                + "be set there (PERMANENTFLAGS). Nothing was touched.",
            "Copy them with Copy-ImapMessage, or ask the mailbox's owner or its administrator for the right.",
            folder);

    public static ImapException NotTransferred(string source, uint uid, string destination, ImapException inner, object target) =>
        new(inner.Id, $"Message {Number(uid)} of '{DisplayText.Printable(source)}' did not get to "
            + $"'{DisplayText.Printable(destination)}': {inner.Message}", inner.RecommendedAction, target, inner);

    public static ImapException TransferUnknown(string source, uint uid, string destination, object target) =>
        new(ImapErrorId.OutcomeUnknown,
            $"Message {Number(uid)} of '{DisplayText.Printable(source)}' may have got to '{DisplayText.Printable(destination)}', "
                + "which does not tell. It was not sent again, and the original is where it was.",
            "Look for it in the destination before you run it again.",
            target);

    public static ImapException RemovalUnknown(string source, uint uid, string destination, object target) =>
        new(ImapErrorId.OutcomeUnknown,
            $"Message {Number(uid)} of '{DisplayText.Printable(source)}' has got to '{DisplayText.Printable(destination)}', "
                + "but the connection broke before it was certain that the original is gone.",
            "Look for it in both folders before you move it again, and remove the original if it is still there.",
            target);

    /// <summary>A server that said OK and did nothing.</summary>
    public static ImapException NotMoved(string folder, uint uid, string destination, object target) =>
        new(ImapErrorId.CommandRejected,
            $"The server accepted the move of message {Number(uid)} to '{DisplayText.Printable(destination)}', and did not move it: it is "
                + $"still in '{DisplayText.Printable(folder)}'.",
            "Copy the message instead, and look for the copy before you remove the original.",
            target);

    public static ImapException LostInTransfer(ImapException inner, string destination) =>
        new(inner.Id,
            $"{(inner.InnerException ?? inner).Message} Messages were on their way to '{DisplayText.Printable(destination)}'; "
                + "those that may have arrived are named as OutcomeUnknown.",
            "Look for these in the destination, and run it again for the others; their originals are where they were.",
            inner.Target,
            inner);

    public static ImapException LimitExceeded(long limit) =>
        new(ImapErrorId.LimitExceeded, $"More than {DisplayText.Count(limit, "message")} arrived, which is what "
            + "-MaxMessages allows. Nothing was touched.", "Narrow the search, or raise -MaxMessages.", limit);

    public static ImapException PlaceUnknown(object target) =>
        new(ImapErrorId.MessageNotFound,
            "The object does not say where its message is: its Uid is empty. In a journal that is a message that "
                + "was removed for good, or of which the server did not tell where it went.",
            "Look for it by its MessageId: Get-ImapMessage -MessageId finds it if it is still there.",
            target);

    public static ImapException TimeoutInChange(ImapException inner) =>
        new(ImapErrorId.Timeout,
            $"{inner.Message} It may still be carrying out the change.",
            "Look at both folders before you run it again, and connect with a larger -TimeoutSeconds.",
            inner.Target,
            inner);

    public static ImapException AppendUnknown(string name, string folder, object? target) =>
        new(ImapErrorId.OutcomeUnknown,
            $"The connection broke while '{DisplayText.Printable(name)}' was on its way to '{DisplayText.Printable(folder)}', "
                + "and the folder does not tell whether it arrived. It was not sent again.",
            "Look for it in the folder, or run the import again with -SkipExisting.",
            target);

    public static ImapException LostInAppend(ImapException inner, string folder) =>
        new(inner.Id,
            $"{inner.Message} Messages were on their way to '{DisplayText.Printable(folder)}'; some of them may have arrived.",
            "Run it again with -SkipExisting, which leaves out what has arrived. After a timeout, wait until the server is done with it.",
            inner.Target,
            inner);
}
