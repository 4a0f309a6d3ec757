using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using ImapPS.Content;
using MailKit;
using MimeKit;
using MimeKit.Cryptography;
using MimeKit.IO;

namespace ImapPS.Transfers;

/// <summary>The structure of a message as its source has it, for a message of which the server's cannot be read.</summary>
internal sealed class SourceStructure : IDisposable
{
    private readonly Dictionary<string, MimeEntity> _parts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Stream _raw;
    private readonly MimeEntity _root;

    private SourceStructure(Stream raw, MimeEntity root, PartShape shape)
    {
        _raw = raw;
        _root = root;

        // The shape that its content has: what is listed there can be saved.
        Parts = [.. shape.All().Where(shape => shape.Role != PartRole.Container).Select(Add)];
    }

    /// <summary>The parts that are no multiparts, each with its role, in the order of the message.</summary>
    public IReadOnlyList<PartShape> Parts { get; }

    /// <summary>Reads a structure; null when there is none.</summary>
    /// <param name="raw">The message, in a stream that can seek. It is disposed with the structure.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public static SourceStructure? Read(Stream raw, CancellationToken cancellationToken)
    {
        if (new BodyReader(cancellationToken).Parse(MessageHead.Mend(raw)) is { } root)
        {
            return new SourceStructure(raw, root, BodyReader.ShapeOf(root));
        }

        raw.Dispose();
        return null;
    }

    /// <summary>Reads the structure of what a part carries inside its signature; null when it carries nothing.</summary>
    /// <param name="raw">The part: its MIME headers, an empty line, and its octets.</param>
    /// <param name="number">Its number, which is that of the root of what it carries.</param>
    /// <param name="budget">How much may be taken out.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public static SourceStructure? ReadSigned(Stream raw, string number, SignedBudget budget, CancellationToken cancellationToken)
    {
        using MimeEntity? part = new BodyReader(cancellationToken).Parse(raw);
        if (part is not ApplicationPkcs7Mime wrapped || budget.Open(wrapped, cancellationToken) is not { } octets) return null;

        if (new BodyReader(cancellationToken).Parse(octets) is { } root)
        {
            return new SourceStructure(octets, root, SourceShape.Of(root, number));
        }

        octets.Dispose();
        return null;
    }

    /// <summary>A part with its MIME headers, as it stands in the message.</summary>
    public Stream Open(string number, CancellationToken cancellationToken)
    {
        using var spool = new SpoolStream();
        _parts[number].WriteTo(spool, cancellationToken);
        return spool.Detach();
    }

    /// <summary>Writes the content of a part, decoded.</summary>
    public void WriteTo(string number, Stream target)
    {
        switch (_parts[number])
        {
            case MimePart { Content: { } content }:
                using (Stream decoded = PartContent.Open(content)) decoded.CopyTo(target);
                break;
            case MessagePart message:
                message.Message?.WriteTo(target);
                break;
        }
    }

    public void Dispose()
    {
        _root.Dispose();
        _raw.Dispose();
    }

    /// <summary>The part as if the server had told of it.</summary>
    private PartShape Add(PartShape shape)
    {
        var entity = (MimeEntity)shape.Part;
        _parts[shape.Number] = entity;
        var type = new ContentType(shape.Type, shape.Subtype);
        if (shape.Name.Length > 0) type.Name = shape.Name;
        BodyPartBasic part = shape.Type == "message" && entity is MessagePart message
            ? new BodyPartMessage(type, shape.Number) { Envelope = new Envelope { Subject = message.Message?.Subject } }
            : new BodyPartBasic(type, shape.Number);
        part.ContentTransferEncoding = entity.Headers[HeaderId.ContentTransferEncoding];
        part.Octets = (uint)Octets(entity);
        return shape with { Part = part };
    }

    private static long Octets(MimeEntity entity)
    {
        if (entity is not MessagePart { Message: { } message }) return PartRules.Size(entity);

        using var measured = new MeasuringStream();
        message.WriteTo(measured);
        return measured.Length;
    }
}
