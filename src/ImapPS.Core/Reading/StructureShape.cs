using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Content;
using ImapPS.Models;
using MailKit;

namespace ImapPS.Reading;

/// <summary>The shape of a message as the server tells it (BODYSTRUCTURE).</summary>
internal static class StructureShape
{
    /// <summary>The parts that are no multiparts, each with its role, in the order of the message; none without a structure.</summary>
    public static IEnumerable<PartShape> Parts(BodyPart? body) =>
        body is null ? [] : PartRoles.Assign(Shape(body)).All().Where(shape => shape.Role != PartRole.Container);

    /// <summary>False for what certainly has no attachment: nothing but texts that say nothing of a file.</summary>
    public static bool MayHoldAttachments(BodyPart body)
    {
        if (body is BodyPartMultipart multipart)
        {
            for (int i = 0; i < multipart.BodyParts.Count; i++)
            {
                if (MayHoldAttachments(multipart.BodyParts[i])) return true;
            }

            return false;
        }

        return body is not BodyPartText { ContentDisposition: null } text
            || !(text.ContentType.IsMimeType("text", "plain") || text.ContentType.IsMimeType("text", "html"))
            || text.FileName is not null;
    }

    /// <summary>The attachments.</summary>
    public static ImapList<ImapAttachment> Attachments(BodyPart body) =>
        ImapList<ImapAttachment>.Of(Parts(body)
            .Where(shape => shape.Role == PartRole.Attachment)
            .Select(shape => new ImapAttachment(
                DisplayText.Line(shape.Name),
                DisplayText.Line(shape.MediaType),
                shape.Part is BodyPartBasic part ? part.Octets : 0,
                shape.Number)));

    /// <summary>
    /// A part's number (RFC 9051, 6.4.5): the only part of a message that is no multipart is 1, and has none for MailKit.
    /// </summary>
    private static string NumberOf(BodyPart part) =>
        part.PartSpecifier.Length == 0 && part is not BodyPartMultipart ? "1" : part.PartSpecifier;

    private static PartShape Shape(BodyPart part)
    {
        var basic = part as BodyPartBasic;
        string name = basic?.FileName ?? string.Empty;
        string disposition = PartShape.Word(basic?.ContentDisposition?.Disposition);
        (string type, string subtype) = IsUntyped(basic)
            ? ("text", "plain")
            : PartShape.TypeOf(PartShape.Word(part.ContentType.MediaType), PartShape.Word(part.ContentType.MediaSubtype),
                isFile: name.Length > 0 || disposition == "attachment");
        return new PartShape(part, NumberOf(part), type, subtype)
        {
            Disposition = disposition,
            Name = name,
            IsReferable = !string.IsNullOrEmpty(basic?.ContentId) || basic?.ContentLocation is not null,
            Id = PartShape.IdOf(basic?.ContentId),
            Start = PartShape.IdOf(part.ContentType.Parameters["start"]),
            SecureType = PartShape.Word(part.ContentType.Parameters["smime-type"]),
            Children = part is BodyPartMultipart multipart ? Children(multipart) : [],
        };
    }

    /// <summary>
    /// True for a whole message without Content-Type, of which a server tells NIL: MailKit makes application/octet-stream of that. It is
    /// plain text (RFC 2045, 5.2).
    /// </summary>
    public static bool IsUntyped(BodyPartBasic? part) =>
        part is { PartSpecifier.Length: 0, ContentDisposition: null, ContentId: null, FileName: null, ContentType.Parameters.Count: 0 }
            && part.ContentType.IsMimeType("application", "octet-stream")
            && !"base64".Equals(part.ContentTransferEncoding, StringComparison.OrdinalIgnoreCase);

    /// <summary>A multipart may have no parts. Servers put an empty text there: the grammar of the structure wants a part.</summary>
    private static List<PartShape> Children(BodyPartMultipart multipart) =>
        multipart.BodyParts.Count == 1 && multipart.BodyParts[0] is BodyPartText { Octets: 0 }
            ? [] : [.. multipart.BodyParts.Select(Shape)];
}
