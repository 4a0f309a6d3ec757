using System;
using System.IO;
using System.Threading;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Cms;

namespace ImapPS.Content;

/// <summary>What was signed, out of an S/MIME message that carries it inside its signature (RFC 8551, 3.5.2). The signature is not checked.</summary>
internal static class SignedContent
{
    public static MimeEntity? Open(ApplicationPkcs7Mime wrapped, CancellationToken cancellationToken)
    {
        if (wrapped.Content is null) return null;

        try
        {
            using Stream decoded = wrapped.Content.Open();
            var signed = new CmsSignedDataParser(decoded);
            CmsTypedStream? content = signed.GetSignedContent();
            if (content is null) return null;

            using Stream inner = content.ContentStream;
            (byte[] bytes, int count, _) = BoundedStream.Read(inner, ContentLimits.TextBytes, cancellationToken);
            return new MimeParser(ContentReader.Options, new MemoryStream(bytes, 0, count), MimeFormat.Entity, persistent: true).ParseEntity(cancellationToken);
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            // Whatever the sender put there is no signed content; BouncyCastle says so in many ways.
            return null;
        }
    }
}
