using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Errors;

namespace ImapPS.Filters.Checking;

/// <summary>Finds the member that somebody meant: what other mail programs call it, or the nearest name.</summary>
internal static class MeantNames
{
    private static readonly Dictionary<string, string[]> _elsewhere = new(StringComparer.OrdinalIgnoreCase)
    {
        ["From"] = ["Sender", "SenderAddress", "SenderEmailAddress", "SenderName", "FromAddress", "Author"],
        ["To"] = ["Recipient", "Recipients", "ToRecipients", "Receiver"],
        ["Cc"] = ["CcRecipients"],
        ["Bcc"] = ["BccRecipients"],
        ["Received"] = ["DateReceived", "ReceivedDate", "ReceivedTime", "ReceivedDateTime", "DateTimeReceived", "Arrived", "InternalDate"],
        ["Date"] = ["Sent", "SentDate", "DateSent", "SentOn", "SentTime", "SentDateTime", "DateTimeSent"],
        ["IsRead"] = ["Unread", "IsUnread", "Read", "Seen", "IsSeen", "Unseen"],
        ["IsFlagged"] = ["Starred", "IsStarred", "Flagged", "Flag", "FlagStatus", "Important"],
        ["Uid"] = ["Id", "UniqueId", "EntryId"],
        ["MessageId"] = ["InternetMessageId"],
        ["Folder"] = ["Mailbox", "FolderName", "FolderPath", "Parent", "ParentFolder"],
        ["Keywords"] = ["Tags", "Categories"],
        ["Attachments"] = ["Attachment", "Files"],
        ["Subject"] = ["Title"],
        ["Address"] = ["Mail", "Email", "EmailAddress", "SmtpAddress"],
        ["Name"] = ["DisplayName", "FileName", "Field"],
        ["Type"] = ["ContentType", "MimeType", "MediaType"],
    };

    /// <summary>Of these names the one that is meant by the other; null where none is near.</summary>
    public static string? Of(string written, IReadOnlyCollection<string> names) =>
        _elsewhere.Where(pair => pair.Value.Contains(written, StringComparer.OrdinalIgnoreCase))
            .Select(pair => pair.Key)
            .FirstOrDefault(names.Contains)
        ?? NearestName.Of(written, names);

    /// <summary>What to write instead, where that takes more than another name.</summary>
    public static string? Instead(string written) => written.ToUpperInvariant() switch
    {
        "UNREAD" or "ISUNREAD" or "UNSEEN" => "Write -not $_.IsRead.",
        "ID" => "Write Uid for its number in the folder, or MessageId for the header's Message-ID.",
        _ => null,
    };
}
