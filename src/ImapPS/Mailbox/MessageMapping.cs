using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Linq;
using ImapPS.Models;
using MailKit;
using MailKit.Net.Imap;
using MimeKit;
using MimeKit.Utils;

namespace ImapPS.Mailbox;

/// <summary>What FETCH brought to the module's message.</summary>
internal static class MessageMapping
{
    private static readonly HeaderId[] _headers =
    [
        HeaderId.Date, HeaderId.From, HeaderId.To, HeaderId.Cc, HeaderId.ReplyTo, HeaderId.Subject, HeaderId.MessageId, HeaderId.InReplyTo,
    ];

    /// <summary>
    /// What a message object needs. The headers themselves and not ENVELOPE: one message with a Subject or an In-Reply-To of over
    /// 4,096 octets in an ENVELOPE ends the connection (MailKit's longest literal), and every listing that covers it.
    /// </summary>
    public static FetchRequest Request(ImapClient client, bool withStructure)
    {
        MessageSummaryItems items = MessageSummaryItems.UniqueId | MessageSummaryItems.InternalDate | MessageSummaryItems.Flags | MessageSummaryItems.Size;
        if (withStructure) items |= MessageSummaryItems.BodyStructure;
        if (client.Capabilities.HasFlag(ImapCapabilities.GMailExt1)) items |= MessageSummaryItems.GMailLabels | MessageSummaryItems.GMailMessageId | MessageSummaryItems.GMailThreadId;
        else if (client.Capabilities.HasFlag(ImapCapabilities.ObjectID)) items |= MessageSummaryItems.EmailId | MessageSummaryItems.ThreadId;
        if (client.Capabilities.HasFlag(ImapCapabilities.CondStore)) items |= MessageSummaryItems.ModSeq;
        return new FetchRequest(items, _headers);
    }

    public static ImapMessage ToModel(IMessageSummary summary, int sessionId, string folder, uint? uidValidity)
    {
        HeaderList headers = summary.Headers ?? [];
        return new ImapMessage
        {
            SessionId = sessionId,
            Folder = folder,
            UidValidity = uidValidity,
            Uid = summary.UniqueId.Id,
            Date = DateUtils.TryParse(headers[HeaderId.Date] ?? string.Empty, out DateTimeOffset date) ? date : null,
            Received = summary.InternalDate,
            From = Addresses(headers, HeaderId.From),
            To = Addresses(headers, HeaderId.To),
            Cc = Addresses(headers, HeaderId.Cc),
            ReplyTo = Addresses(headers, HeaderId.ReplyTo),
            Subject = Text.Printable(headers[HeaderId.Subject]?.Trim()),
            MessageId = Identifier(headers, HeaderId.MessageId),
            InReplyTo = Identifier(headers, HeaderId.InReplyTo),
            Size = summary.Size ?? 0,
            Flags = Flags(summary.Flags ?? MessageFlags.None),
            Keywords = [.. summary.Keywords.OrderBy(keyword => keyword, StringComparer.OrdinalIgnoreCase)],
            Attachments = Attachments(summary),
            ModSeq = summary.ModSeq,
            Labels = summary.GMailLabels is { } labels ? [.. labels] : [],
            ThreadId = summary.ThreadId ?? summary.GMailThreadId?.ToString(CultureInfo.InvariantCulture) ?? string.Empty,
            EmailId = summary.EmailId ?? summary.GMailMessageId?.ToString(CultureInfo.InvariantCulture) ?? string.Empty,
        };
    }

    private static ImapMessageFlags Flags(MessageFlags flags) =>
        (flags.HasFlag(MessageFlags.Seen) ? ImapMessageFlags.Seen : ImapMessageFlags.None)
        | (flags.HasFlag(MessageFlags.Answered) ? ImapMessageFlags.Answered : ImapMessageFlags.None)
        | (flags.HasFlag(MessageFlags.Flagged) ? ImapMessageFlags.Flagged : ImapMessageFlags.None)
        | (flags.HasFlag(MessageFlags.Deleted) ? ImapMessageFlags.Deleted : ImapMessageFlags.None)
        | (flags.HasFlag(MessageFlags.Draft) ? ImapMessageFlags.Draft : ImapMessageFlags.None);

    private static ReadOnlyCollection<ImapAddress> Addresses(HeaderList headers, HeaderId id)
    {
        var addresses = new List<ImapAddress>();
        foreach (Header header in headers)
        {
            if (header.Id != id) continue;

            // What cannot be read as addresses is still what the sender wrote there.
            if (InternetAddressList.TryParse(ParserOptions.Default, header.RawValue, out InternetAddressList? list)) Add(list, addresses);
            else if (header.Value.Trim() is { Length: > 0 } text) addresses.Add(new ImapAddress(Text.Printable(text), string.Empty));
        }

        return addresses.AsReadOnly();
    }

    private static void Add(InternetAddressList list, List<ImapAddress> addresses)
    {
        foreach (InternetAddress address in list)
        {
            switch (address)
            {
                case MailboxAddress mailbox:
                    addresses.Add(new ImapAddress(Text.Printable(mailbox.Name), Text.Printable(mailbox.Address)));
                    break;
                case GroupAddress { Members.Count: > 0 } group:
                    Add(group.Members, addresses);
                    break;
                case GroupAddress group:
                    addresses.Add(new ImapAddress(Text.Printable(group.Name), string.Empty));
                    break;
            }
        }
    }

    public static string Identifier(HeaderList? headers, HeaderId id)
    {
        string? raw = headers?[id];
        return raw is null ? string.Empty : Text.Printable(MimeUtils.EnumerateReferences(raw).FirstOrDefault() ?? raw.Trim());
    }

    /// <summary>An image that the HTML shows has a name too, and is no attachment; a named part that nothing shows is one.</summary>
    public static bool IsAttachment(BodyPartBasic part)
    {
        bool isShown = string.Equals(part.ContentDisposition?.Disposition, ContentDisposition.Inline, StringComparison.OrdinalIgnoreCase)
            || part.ContentId is not null
            || part is BodyPartText;
        return part.IsAttachment || (!isShown && !string.IsNullOrEmpty(part.FileName));
    }

    private static ReadOnlyCollection<ImapAttachment> Attachments(IMessageSummary summary)
    {
        var attachments = new List<ImapAttachment>();
        foreach (BodyPartBasic part in summary.Body is null ? [] : summary.BodyParts)
        {
            if (!IsAttachment(part)) continue;

            attachments.Add(new ImapAttachment(
                Text.Printable(part.FileName),
                part.ContentType.MimeType,
                part.Octets,
                part.PartSpecifier));
        }

        return attachments.AsReadOnly();
    }
}
