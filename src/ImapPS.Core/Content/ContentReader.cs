using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using ImapPS.Models;
using MimeKit;

namespace ImapPS.Content;

/// <summary>A message's octets to what it says. Content stays in the stream until it is wanted, so that attachments cost nothing.</summary>
internal static class ContentReader
{
    public static ParserOptions Options { get; } = new() { MaxMimeDepth = ContentLimits.Depth };

    /// <summary>Reads a whole message.</summary>
    /// <param name="raw">Its octets, in a stream that can seek.</param>
    /// <param name="message">What is known of it.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public static ImapMessageContent Read(Stream raw, ImapMessage message, CancellationToken cancellationToken)
    {
        var body = new BodyReader(cancellationToken);
        using MimeEntity? parsed = body.Parse(MessageHead.Mend(raw));
        if (parsed is not null) body.Read(parsed);
        return Content(message, string.Empty, body, Headers(parsed), cancellationToken);
    }

    /// <summary>Reads one part alone: its MIME headers, an empty line, and its octets.</summary>
    /// <param name="raw">Its octets, in a stream that can seek.</param>
    /// <param name="message">What is known of the message.</param>
    /// <param name="part">The part's number.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public static ImapMessageContent ReadPart(Stream raw, ImapMessage message, string part, CancellationToken cancellationToken)
    {
        var body = new BodyReader(cancellationToken);
        using MimeEntity? parsed = body.Parse(raw);
        if (parsed is not null) body.ReadPart(parsed, part);
        return Content(message, part, body, Headers(parsed), cancellationToken);
    }

    private static ImapMessageContent Content(ImapMessage message, string part, BodyReader body, List<ImapHeader> headers,
        CancellationToken cancellationToken)
    {
        var links = new LinkCollection();
        string text = DisplayText.Lines(BodyText.Best(body.Body, links, cancellationToken)).TrimEnd();
        return new ImapMessageContent(message)
        {
            Part = part,
            Headers = ImapList<ImapHeader>.Of(headers),
            Attachments = Attachments(body, message),
            TextBody = BodyText.PlainOf(body.Body),
            HtmlBody = BodyText.HtmlOf(body.Body),
            Text = text,
            Links = ImapList<Uri>.Of(links.Links),
            Codes = ImapList<string>.Of(CodeFinder.Find(message.Subject, text)),
            Protection = body.Protection,
            IsTruncated = body.IsTruncated || links.IsTruncated,
        };
    }

    /// <summary>Where the parser knows no size, as of a message in the message, the structure that was read before may.</summary>
    private static ImapList<ImapAttachment> Attachments(BodyReader body, ImapMessage message) =>
        ImapList<ImapAttachment>.Of(body.Attachments
            .Select(attachment => attachment.Size == 0
                && message.Attachments.FirstOrDefault(listed => listed.Part == attachment.Part) is { } known
                ? new ImapAttachment(attachment.Name, attachment.Type, known.Size, attachment.Part)
                : attachment));

    private static List<ImapHeader> Headers(MimeEntity? entity) =>
        entity is null
            ? []
            : [.. entity.Headers.Select(header =>
                new ImapHeader(DisplayText.Line(header.Field), DisplayText.Line(HeaderText.Value(header).Trim())))];
}
