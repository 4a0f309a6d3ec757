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
    private static readonly (MessageParts Part, string Field)[] _headers =
    [
        (MessageParts.Date, "Date"), (MessageParts.From, "From"), (MessageParts.To, "To"), (MessageParts.Cc, "Cc"),
        (MessageParts.Bcc, "Bcc"), (MessageParts.ReplyTo, "Reply-To"), (MessageParts.Subject, "Subject"),
        (MessageParts.MessageId, "Message-ID"), (MessageParts.InReplyTo, "In-Reply-To"),
    ];

    /// <summary>
    /// What a message object needs. The headers themselves and not ENVELOPE: one message with a Subject or an In-Reply-To of over
    /// 4,096 octets in an ENVELOPE ends the connection (MailKit's longest literal), and every listing that covers it.
    /// </summary>
    public static FetchRequest Request(ImapClient client, FetchItems wanted, FetchLevel level)
    {
        bool Needs(MessageParts part) => wanted.Parts.HasFlag(part);

        MessageSummaryItems items = MessageSummaryItems.UniqueId | MessageSummaryItems.Flags;
        if (Needs(MessageParts.Size)) items |= MessageSummaryItems.Size;
        if (level < FetchLevel.NoDate && Needs(MessageParts.Received)) items |= MessageSummaryItems.InternalDate;
        if (level < FetchLevel.NoStructure && Needs(MessageParts.Structure)) items |= MessageSummaryItems.BodyStructure;
        bool isGMail = client.Capabilities.HasFlag(ImapCapabilities.GMailExt1);
        if (level < FetchLevel.NoObjectId && Needs(MessageParts.ServerData) && !isGMail
            && client.Capabilities.HasFlag(ImapCapabilities.ObjectID))
        {
            items |= MessageSummaryItems.EmailId | MessageSummaryItems.ThreadId;
        }

        if (level < FetchLevel.NoExtras)
        {
            if (isGMail && Needs(MessageParts.ServerData))
            {
                items |= MessageSummaryItems.GMailLabels | MessageSummaryItems.GMailMessageId | MessageSummaryItems.GMailThreadId;
            }

            if (Needs(MessageParts.ServerData) && client.Capabilities.HasFlag(ImapCapabilities.CondStore))
            {
                items |= MessageSummaryItems.ModSeq;
            }

            if (wanted.SaveDate) items |= MessageSummaryItems.SaveDate;
            if (wanted.Preview) items |= MessageSummaryItems.PreviewText;
        }

        if (wanted.AllHeaders) return new FetchRequest(items | MessageSummaryItems.Headers);

        string[] fields = [.. _headers.Where(header => Needs(header.Part)).Select(header => header.Field), .. wanted.Headers,
            .. wanted.Compared];
        return fields.Length == 0 ? new FetchRequest(items) : new FetchRequest(items, fields);
    }

    /// <summary>The message that a FETCH told of. What it holds is made of the octets when somebody reads it.</summary>
    /// <param name="summary">What the FETCH told.</param>
    /// <param name="wanted">What it asked for.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="found">The search that found it, in the folder as it is opened.</param>
    public static ImapMessage ToModel(IMessageSummary summary, FetchItems wanted, int sessionId, SearchResult found)
    {
        ThreadPlace? place = found.Places is { } places && places.TryGetValue(summary.UniqueId.Id, out ThreadPlace there) ? there : null;
        return new ImapMessage(new MessageFacts
        {
            Source = summary.Headers is { } headers ? HeaderOctets.Of(headers) : HeaderOctets.None,
            Structure = summary.Body is { } body && StructureShape.MayHoldAttachments(body) ? body : null,
            Items = wanted,
            Parts = wanted.Parts,
            SessionId = sessionId,
            Folder = found.Folder,
            UidValidity = found.UidValidity,
            Uid = summary.UniqueId.Id,
            Received = MessageDate.Known(summary.InternalDate),
            Size = summary.Size ?? 0,
            Flags = Flags(summary.Flags ?? MessageFlags.None),
            Keywords = Keywords(summary),
            Thread = place?.Root,
            ThreadDepth = place?.Depth,
            ModSeq = summary.ModSeq,
            Saved = MessageDate.Known(summary.SaveDate),
            Preview = wanted.Preview && PreviewOf(summary) is { } preview ? DisplayText.Line(preview) : null,
            Labels = Labels(summary) ?? ImapList<string>.Empty,
            ThreadId = summary.ThreadId ?? summary.GMailThreadId?.ToString(CultureInfo.InvariantCulture) ?? string.Empty,
            EmailId = summary.EmailId ?? summary.GMailMessageId?.ToString(CultureInfo.InvariantCulture) ?? string.Empty,
        });
    }

    public static ImapList<ImapHeader> Headers(IEnumerable<Header> headers, Predicate<string> isWanted) => ImapList<ImapHeader>.Of(headers
        .Where(header => isWanted(header.Field))
        .Select(header => new ImapHeader(DisplayText.Line(header.Field), DisplayText.Line(HeaderText.Value(header).Trim()))));

    /// <summary>Those of the header fields that are wanted.</summary>
    public static ImapList<ImapHeader> Headers(HeaderOctets source, Predicate<string> isWanted) => source.Names.Any(name => isWanted(name))
        ? Headers(source.All, isWanted) : ImapList<ImapHeader>.Empty;

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

    public static ImapList<string> Keywords(IMessageSummary summary) => summary.Keywords.Count == 0 ? ImapList<string>.Empty
        : ImapList<string>.Of(summary.Keywords.OrderBy(keyword => keyword, StringComparer.OrdinalIgnoreCase));

    private static ImapList<string>? Labels(IMessageSummary summary) => summary.GMailLabels is { } labels
        ? ImapList<string>.Of(labels) : null;

    public static ImapMessageFlags Flags(MessageFlags flags) =>
        (flags.HasFlag(MessageFlags.Seen) ? ImapMessageFlags.Seen : ImapMessageFlags.None)
        | (flags.HasFlag(MessageFlags.Answered) ? ImapMessageFlags.Answered : ImapMessageFlags.None)
        | (flags.HasFlag(MessageFlags.Flagged) ? ImapMessageFlags.Flagged : ImapMessageFlags.None)
        | (flags.HasFlag(MessageFlags.Deleted) ? ImapMessageFlags.Deleted : ImapMessageFlags.None)
        | (flags.HasFlag(MessageFlags.Draft) ? ImapMessageFlags.Draft : ImapMessageFlags.None);

    public static string Identifier(HeaderList? headers, HeaderId id) => Identifier(headers?[id]);

    /// <summary>The first identifier of a field's value, or the value itself where it holds none.</summary>
    public static string Identifier(string? value) =>
        value is null ? string.Empty : DisplayText.Line(MimeUtils.EnumerateReferences(value).FirstOrDefault() ?? value.Trim());

    /// <summary>
    /// The beginning of the text; null where it is to be read from the message, since nothing tells which part is the text.
    /// </summary>
    private static string? PreviewOf(IMessageSummary summary) =>
        summary.PreviewText is { Length: 0 } && StructureShape.IsUntyped(summary.Body as BodyPartBasic) ? null : summary.PreviewText;
}
