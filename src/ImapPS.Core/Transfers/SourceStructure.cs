using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using ImapPS.Content;
using MailKit;
using MimeKit;

namespace ImapPS.Transfers;

/// <summary>The structure of a message as its source has it, for a message of which the server's cannot be read.</summary>
internal sealed class SourceStructure : IDisposable
{
    private readonly Dictionary<string, MimeEntity> _parts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Stream _raw;
    private readonly MimeEntity _root;
    private readonly BodyPart _body;

    private SourceStructure(Stream raw, MimeEntity root)
    {
        _raw = raw;
        _root = root;
        _body = ToPart(root, string.Empty);
    }

    /// <summary>Reads a structure; null when there is none.</summary>
    /// <param name="raw">The message, in a stream that can seek. It is disposed with the structure.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public static SourceStructure? Read(Stream raw, CancellationToken cancellationToken)
    {
        if (new BodyReader(cancellationToken).Parse(raw) is { } root) return new SourceStructure(raw, root);

        raw.Dispose();
        return null;
    }

    /// <summary>The structure as if the server had told it.</summary>
    public IMessageSummary ToSummary(uint uid, DateTimeOffset? received) =>
        new MessageSummary(0) { UniqueId = new UniqueId(uid), InternalDate = received, Body = _body };

    /// <summary>Writes the content of a part, decoded.</summary>
    public void WriteTo(string number, Stream target)
    {
        switch (_parts[number])
        {
            case MimePart part:
                part.Content?.DecodeTo(target);
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

    private BodyPart ToPart(MimeEntity entity, string number)
    {
        if (entity is Multipart multipart)
        {
            var children = new BodyPartCollection();
            for (int i = 0; i < multipart.Count; i++) children.Add(ToPart(multipart[i], PartRules.Child(number, i)));
            return new BodyPartMultipart(entity.ContentType, number, children) { ContentDisposition = entity.ContentDisposition };
        }

        _parts[number.Length == 0 ? "1" : number] = entity;
        BodyPartBasic part = entity switch
        {
            MessagePart message => new BodyPartMessage(entity.ContentType, number)
            {
                Envelope = new Envelope { Subject = message.Message?.Subject },
            },
            TextPart => new BodyPartText(entity.ContentType, number),
            _ => new BodyPartBasic(entity.ContentType, number),
        };
        part.ContentDisposition = entity.ContentDisposition;
        part.ContentId = entity.ContentId;
        part.ContentLocation = entity.ContentLocation;
        part.ContentTransferEncoding = entity.Headers[HeaderId.ContentTransferEncoding];
        part.Octets = (uint)PartRules.Size(entity);
        return part;
    }
}
