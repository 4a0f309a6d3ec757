using System;
using System.Runtime.CompilerServices;
using ImapPS.Content;
using ImapPS.Reading;
using MailKit;
using MimeKit;

namespace ImapPS.Models;

/// <summary>
/// What a message object tells. Of a message that was fetched it holds the octets of the header and the structure as they came, and makes
/// of them what somebody reads: most of it nobody does.
/// </summary>
internal sealed class MessageFacts
{
    private StrongBox<DateTimeOffset?>? _date;

    /// <summary>The header fields as they came.</summary>
    public HeaderOctets Source { get; set; } = HeaderOctets.None;

    /// <summary>The structure as it came; null where nothing in it can be an attachment.</summary>
    public BodyPart? Structure { get; set; }

    /// <summary>What was fetched, and for whom.</summary>
    public FetchItems Items { get; set; } = FetchItems.Usual;

    public int? SessionId { get; set; }

    public string Folder { get; set; } = string.Empty;

    public uint? UidValidity { get; set; }

    public uint Uid { get; set; }

    public DateTimeOffset? Date
    {
        get => (_date ??= new StrongBox<DateTimeOffset?>(MessageDate.Read(Source.Value(HeaderId.Date)))).Value;
        set => _date = new StrongBox<DateTimeOffset?>(value);
    }

    public DateTimeOffset? Received { get; set; }

    public ImapAddressList From { get => field ??= Addresses.Of(Source.Fields(HeaderId.From)); set; }

    public ImapAddressList To { get => field ??= Addresses.Of(Source.Fields(HeaderId.To)); set; }

    public ImapAddressList Cc { get => field ??= Addresses.Of(Source.Fields(HeaderId.Cc)); set; }

    public ImapAddressList Bcc { get => field ??= Addresses.Of(Source.Fields(HeaderId.Bcc)); set; }

    public ImapAddressList ReplyTo { get => field ??= Addresses.Of(Source.Fields(HeaderId.ReplyTo)); set; }

    public string Subject
    {
        get => field ??= Source.First(HeaderId.Subject) is { } subject ? DisplayText.Line(HeaderText.Value(subject).Trim()) : string.Empty;
        set;
    }

    public string MessageId { get => field ??= MessageMapping.Identifier(Source.Value(HeaderId.MessageId)); set; }

    public string InReplyTo { get => field ??= MessageMapping.Identifier(Source.Value(HeaderId.InReplyTo)); set; }

    public long Size { get; set; }

    public ImapMessageFlags Flags { get; set; }

    public ImapList<string> Keywords { get; set; } = ImapList<string>.Empty;

    public ImapList<ImapAttachment> Attachments
    {
        get => field ??= Structure is { } structure ? StructureShape.Attachments(structure) : ImapList<ImapAttachment>.Empty;
        set;
    }

    public ImapList<string> Labels { get; set; } = ImapList<string>.Empty;

    public string ThreadId { get; set; } = string.Empty;

    public string EmailId { get; set; } = string.Empty;

    public ulong? ModSeq { get; set; }

    public ImapList<ImapHeader> Headers { get => field ??= MessageMapping.Headers(Source, Items.IsWanted); set; }

    public ImapList<ImapHeader> Fetched { get => field ??= MessageMapping.Headers(Source, Items.IsCompared); set; }

    public string? Preview { get; set; }

    public string? Body { get; set; }

    public uint? Thread { get; set; }

    public int? ThreadDepth { get; set; }

    public DateTimeOffset? Saved { get; set; }

    public string? SessionName { get; set; }

    public KeptCopy? Kept { get; set; }

    /// <summary>What of the message is known.</summary>
    public MessageParts Parts { get; set; } = MessageParts.All;

    /// <summary>The same, for another object.</summary>
    public MessageFacts Copy() => (MessageFacts)MemberwiseClone();
}
