using System.Collections.Generic;
using System.Linq;
using ImapPS.Content;
using MailKit;

namespace ImapPS.Reading;

/// <summary>The shape of a message as the server tells it (BODYSTRUCTURE).</summary>
internal static class StructureShape
{
    /// <summary>The parts that are no multiparts, each with its role, in the order of the message; none where the structure is not known.</summary>
    public static IEnumerable<PartShape> Parts(BodyPart? body) =>
        body is null ? [] : PartRoles.Assign(Shape(body)).All().Where(shape => shape.Role != PartRole.Container);

    /// <summary>
    /// A part's number (RFC 9051, 6.4.5): the only part of a message that is no multipart is 1, and has none for MailKit.
    /// </summary>
    private static string NumberOf(BodyPart part) =>
        part.PartSpecifier.Length == 0 && part is not BodyPartMultipart ? "1" : part.PartSpecifier;

    private static PartShape Shape(BodyPart part)
    {
        var basic = part as BodyPartBasic;
        string type = PartShape.Word(part.ContentType.MediaType);
        return new PartShape(part, NumberOf(part), type.Length == 0 ? "text" : type, PartShape.Word(part.ContentType.MediaSubtype))
        {
            Disposition = PartShape.Word(basic?.ContentDisposition?.Disposition),
            Name = basic?.FileName ?? string.Empty,
            IsReferable = !string.IsNullOrEmpty(basic?.ContentId) || basic?.ContentLocation is not null,
            Id = PartShape.IdOf(basic?.ContentId),
            Start = PartShape.IdOf(part.ContentType.Parameters["start"]),
            SecureType = PartShape.Word(part.ContentType.Parameters["smime-type"]),
            Children = part is BodyPartMultipart multipart ? [.. multipart.BodyParts.Select(Shape)] : [],
        };
    }
}
