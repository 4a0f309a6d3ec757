using System.IO;
using MimeKit;
using MimeKit.IO.Filters;

namespace ImapPS.Content;

/// <summary>The decoded octets of a part.</summary>
internal static class PartContent
{
    /// <summary>Opens a part that has content.</summary>
    public static Stream Open(IMimeContent content)
    {
        if (Decoder(content.Encoding) is not { } decoder || content.Stream is not { } encoded) return content.Open();

        encoded.Position = 0;
        return new DecodedStream(encoded, decoder);
    }

    /// <summary>
    /// The decoder of an encoding; null where the octets come as they are. MimeKit's own loses the last octets of base64 without padding,
    /// decodes what stands behind base64, and loses lines of uuencode whose blanks were stripped.
    /// </summary>
    public static IMimeFilter? Decoder(ContentEncoding encoding) => encoding switch
    {
        ContentEncoding.Base64 => new Base64Filter(),
        ContentEncoding.UUEncode => new UuFilter(),
        ContentEncoding.QuotedPrintable => DecoderFilter.Create(encoding),
        _ => null,
    };
}
