using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ImapPS.Content;
using ImapPS.Models;
using MailKit;
using MailKit.Net.Imap;
using MimeKit;
using MimeKit.Utils;

namespace ImapPS.Reading;

/// <summary>What FETCH brought to the module's message.</summary>
internal static class MessageMapping
{
    private static readonly string[] _headers = ["Date", "From", "To", "Cc", "Bcc", "Reply-To", "Subject", "Message-ID", "In-Reply-To"];

    /// <summary>
    /// What a message object needs. The headers themselves and not ENVELOPE: one message with a Subject or an In-Reply-To of over
    /// 4,096 octets in an ENVELOPE ends the connection (MailKit's longest literal), and every listing that covers it.
    /// </summary>
    public static FetchRequest Request(ImapClient client, FetchItems wanted, FetchLevel level)
    {
        MessageSummaryItems items = MessageSummaryItems.UniqueId | MessageSummaryItems.Flags | MessageSummaryItems.Size;
        if (level < FetchLevel.NoDate) items |= MessageSummaryItems.InternalDate;
        if (level < FetchLevel.NoStructure) items |= MessageSummaryItems.BodyStructure;
        bool isGMail = client.Capabilities.HasFlag(ImapCapabilities.GMailExt1);
        if (level < FetchLevel.NoObjectId && !isGMail && client.Capabilities.HasFlag(ImapCapabilities.ObjectID))
        {
            items |= MessageSummaryItems.EmailId | MessageSummaryItems.ThreadId;
        }

        if (level < FetchLevel.NoExtras)
        {
            if (isGMail)
            {
                items |= MessageSummaryItems.GMailLabels | MessageSummaryItems.GMailMessageId | MessageSummaryItems.GMailThreadId;
            }

            if (client.Capabilities.HasFlag(ImapCapabilities.CondStore)) items |= MessageSummaryItems.ModSeq;
            if (wanted.SaveDate) items |= MessageSummaryItems.SaveDate;
            if (wanted.Preview) items |= MessageSummaryItems.PreviewText;
        }

        return wanted.AllHeaders
            ? new FetchRequest(items | MessageSummaryItems.Headers)
            : new FetchRequest(items, [.. _headers, .. wanted.Headers, .. wanted.Compared]);
    }

    public static ImapMessage ToModel(IMessageSummary summary, FetchItems wanted, int sessionId, SearchResult found)
    {
        HeaderList headers = summary.Headers ?? [];
        ThreadPlace? place = found.Places is { } places && places.TryGetValue(summary.UniqueId.Id, out ThreadPlace there) ? there : null;
        return new ImapMessage
        {
            SessionId = sessionId,
            Folder = found.Folder,
            UidValidity = found.UidValidity,
            Uid = summary.UniqueId.Id,
            Date = MessageDate.Read(headers[HeaderId.Date]),
            Received = MessageDate.Known(summary.InternalDate),
            From = Addresses(headers, HeaderId.From),
            To = Addresses(headers, HeaderId.To),
            Cc = Addresses(headers, HeaderId.Cc),
            Bcc = Addresses(headers, HeaderId.Bcc),
            ReplyTo = Addresses(headers, HeaderId.ReplyTo),
            Subject = DisplayText.Line(HeaderText.Value(headers, HeaderId.Subject)?.Trim()),
            MessageId = Identifier(headers, HeaderId.MessageId),
            InReplyTo = Identifier(headers, HeaderId.InReplyTo),
            Size = summary.Size ?? 0,
            Flags = Flags(summary.Flags ?? MessageFlags.None),
            Keywords = Keywords(summary),
            Attachments = Attachments(summary),
            Thread = place?.Root,
            ThreadDepth = place?.Depth,
            ModSeq = summary.ModSeq,
            Headers = wanted.AllHeaders
                ? Headers(headers, _ => true) : wanted.Headers.Count == 0 ? ImapList<ImapHeader>.Empty
                : Headers(headers, name => wanted.Headers.Contains(name, StringComparer.OrdinalIgnoreCase)),
            Fetched = wanted.Compared.Count == 0
                ? ImapList<ImapHeader>.Empty
                : Headers(headers, name => wanted.Compared.Contains(name, StringComparer.OrdinalIgnoreCase)),
            Saved = MessageDate.Known(summary.SaveDate),
            Preview = wanted.Preview && PreviewOf(summary) is { } preview ? DisplayText.Line(preview) : null,
            Labels = Labels(summary) ?? ImapList<string>.Empty,
            ThreadId = summary.ThreadId ?? summary.GMailThreadId?.ToString(CultureInfo.InvariantCulture) ?? string.Empty,
            EmailId = summary.EmailId ?? summary.GMailMessageId?.ToString(CultureInfo.InvariantCulture) ?? string.Empty,
        };
    }

    public static ImapList<ImapHeader> Headers(HeaderList headers, Predicate<string> isWanted) => ImapList<ImapHeader>.Of(headers
        .Where(header => isWanted(header.Field))
        .Select(header => new ImapHeader(DisplayText.Line(header.Field), DisplayText.Line(HeaderText.Value(header).Trim()))));

    /// <summary>The message with the flags, and what comes with them, that it has now.</summary>
    public static ImapMessage WithFlags(ImapMessage message, IMessageSummary now) =>
        message.With(Flags(now.Flags ?? MessageFlags.None), Keywords(now), now.ModSeq, Labels(now) ?? message.Labels);

    /// <summary>The message with the flags and the date of receipt that it has now.</summary>
    public static ImapMessage WithState(ImapMessage message, IMessageSummary now) =>
        WithFlags(message, now).With(MessageDate.Known(now.InternalDate));

    /// <summary>Flags as a command carries them.</summary>
    public static MessageFlags Flags(ImapMessageFlags flags) =>
        (flags.HasFlag(ImapMessageFlags.Seen) ? MessageFlags.Seen : MessageFlags.None)
        | (flags.HasFlag(ImapMessageFlags.Answered) ? MessageFlags.Answered : MessageFlags.None)
        | (flags.HasFlag(ImapMessageFlags.Flagged) ? MessageFlags.Flagged : MessageFlags.None)
        | (flags.HasFlag(ImapMessageFlags.Deleted) ? MessageFlags.Deleted : MessageFlags.None)
        | (flags.HasFlag(ImapMessageFlags.Draft) ? MessageFlags.Draft : MessageFlags.None);

    public static ImapList<string> Keywords(IMessageSummary summary) =>
        ImapList<string>.Of(summary.Keywords.OrderBy(keyword => keyword, StringComparer.OrdinalIgnoreCase));

    private static ImapList<string>? Labels(IMessageSummary summary) => summary.GMailLabels is { } labels
        ? ImapList<string>.Of(labels) : null;

    public static ImapMessageFlags Flags(MessageFlags flags) =>
        (flags.HasFlag(MessageFlags.Seen) ? ImapMessageFlags.Seen : ImapMessageFlags.None)
        | (flags.HasFlag(MessageFlags.Answered) ? ImapMessageFlags.Answered : ImapMessageFlags.None)
        | (flags.HasFlag(MessageFlags.Flagged) ? ImapMessageFlags.Flagged : ImapMessageFlags.None)
        | (flags.HasFlag(MessageFlags.Deleted) ? ImapMessageFlags.Deleted : ImapMessageFlags.None)
        | (flags.HasFlag(MessageFlags.Draft) ? ImapMessageFlags.Draft : ImapMessageFlags.None);

    private static ImapAddressList Addresses(HeaderList headers, HeaderId id)
    {
        var addresses = new List<ImapAddress>();
        foreach (Header header in headers)
        {
            if (header.Id != id) continue;

            // What cannot be read as addresses is still what the sender wrote there.
            byte[] value = EncodedWords.Mend(header.RawValue);
            if (InternetAddressList.TryParse(ParserOptions.Default, value, out InternetAddressList? list)) Add(list, addresses);
            else if (HeaderText.Value(header).Trim() is { Length: > 0 } text)
            {
                addresses.Add(new ImapAddress(DisplayText.Line(text), string.Empty));
            }
        }

        return ImapAddressList.Of(addresses);
    }

    private static void Add(InternetAddressList list, List<ImapAddress> addresses)
    {
        foreach (InternetAddress address in list)
        {
            switch (address)
            {
                case MailboxAddress mailbox:
                    addresses.Add(new ImapAddress(DisplayText.Line(mailbox.Name), DisplayText.Line(mailbox.Address)));
                    break;
                case GroupAddress { Members.Count: > 0 } group:
                    Add(group.Members, addresses);
                    break;
                case GroupAddress group:
                    addresses.Add(new ImapAddress(DisplayText.Line(group.Name), string.Empty));
                    break;
            }
        }
    }

    public static string Identifier(HeaderList? headers, HeaderId id) => Identifier(headers?[id]);

    /// <summary>The first identifier of a field's value, or the value itself where it holds none.</summary>
    public static string Identifier(string? value) =>
        value is null ? string.Empty : DisplayText.Line(MimeUtils.EnumerateReferences(value).FirstOrDefault() ?? value.Trim());

    private static ImapList<ImapAttachment> Attachments(IMessageSummary summary) =>
        ImapList<ImapAttachment>.Of(StructureShape.Parts(summary.Body)
            .Where(shape => shape.Role == PartRole.Attachment)
            .Select(shape => new ImapAttachment(
                DisplayText.Line(shape.Name),
                DisplayText.Line(shape.MediaType),
                shape.Part is BodyPartBasic part ? part.Octets : 0,
                shape.Number)));

    /// <summary>
    /// The beginning of the text; null where it is to be read from the message, since nothing tells which part is the text.
    /// </summary>
    private static string? PreviewOf(IMessageSummary summary) =>
        summary.PreviewText is { Length: 0 } && StructureShape.IsUntyped(summary.Body as BodyPartBasic) ? null : summary.PreviewText;
}
