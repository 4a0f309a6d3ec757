using System.Collections.Generic;
using System.IO;
using System.Threading;
using MimeKit;
using MimeKit.Tnef;

namespace ImapPS.Content;

/// <summary>The files inside a part.</summary>
internal static class EnclosedFiles
{
    /// <summary>Those of a winmail.dat, or of a text; none where it has none, or is none of these.</summary>
    /// <param name="raw">The part: its MIME headers, an empty line, and its octets.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public static IReadOnlyList<EnclosedFile> In(Stream raw, CancellationToken cancellationToken)
    {
        using MimeEntity? entity = new BodyReader(cancellationToken).Parse(raw);
        if (entity is not MimePart { Content: { } content }) return [];

        using Stream decoded = PartContent.Open(content);
        switch (entity)
        {
            case TnefPart:
                return Winmail.Open(decoded, withContent: true, cancellationToken)?.Attachments ?? [];
            case TextPart text:
                (byte[] bytes, int count, _) = BoundedStream.Read(decoded, ContentLimits.TextBytes, cancellationToken);
                return UuText.Take(Models.DisplayText.Lines(TextDecoder.Decode(bytes, count, text.ContentType)), withContent: true).Files;
            default:
                return [];
        }
    }
}
