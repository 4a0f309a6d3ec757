using System;
using System.IO;
using System.Threading;
using MimeKit.Cryptography;
using Org.BouncyCastle.Cms;

namespace ImapPS.Content;

/// <summary>
/// What was signed, out of an S/MIME message that carries it inside its signature (RFC 8551, 3.5.2). The signature is not checked.
/// </summary>
internal static class SignedContent
{
    /// <summary>The signed octets and how many they are, or none; and whether there may be more than could be looked at.</summary>
    /// <param name="wrapped">The message.</param>
    /// <param name="most">How many octets may be held; what is more is no signed content.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public static (byte[]? Octets, int Count, bool IsTooMuch) Open(ApplicationPkcs7Mime wrapped, int most,
        CancellationToken cancellationToken)
    {
        if (wrapped.Content is null) return default;

        try
        {
            using Stream decoded = PartContent.Open(wrapped.Content);
            (byte[] octets, int length, bool isWhole) = BoundedStream.Read(decoded, most, cancellationToken);
            if (!isWhole || !BerShape.IsModest(octets, length)) return (null, 0, true);

            var signed = new CmsSignedDataParser(new MemoryStream(octets, 0, length, writable: false));
            CmsTypedStream? content = signed.GetSignedContent();
            if (content is null) return default;

            using Stream inner = content.ContentStream;
            (byte[] bytes, int count, _) = BoundedStream.Read(inner, most, cancellationToken);
            return (bytes, count, false);
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            // Whatever the sender put there is no signed content; BouncyCastle says so in many ways.
            return default;
        }
    }
}
