using System.Collections.Generic;
using MimeKit;

namespace ImapPS.Content;

/// <summary>The shape of a message as its source has it.</summary>
internal static class SourceShape
{
    /// <summary>The shape of a message, or of what a signature wraps, with the role of every part.</summary>
    /// <param name="root">Its root.</param>
    /// <param name="number">The root's number.</param>
    public static PartShape Of(MimeEntity root, string number) => PartRoles.Assign(Shape(root, number));

    private static PartShape Shape(MimeEntity entity, string number)
    {
        bool isUntyped = entity is MimePart part && PartRules.IsUntyped(part);
        return new PartShape(
            entity, number, isUntyped ? "text" : PartShape.Word(entity.ContentType.MediaType),
            isUntyped ? "plain" : PartShape.Word(entity.ContentType.MediaSubtype))
        {
            Disposition = PartShape.Word(entity.ContentDisposition?.Disposition),
            Name = PartRules.NameOf(entity),
            IsReferable = !string.IsNullOrEmpty(entity.ContentId) || entity.Headers.Contains(HeaderId.ContentLocation),
            Id = PartShape.IdOf(entity.ContentId),
            Start = PartShape.IdOf(entity.ContentType.Parameters["start"]),
            SecureType = PartShape.Word(entity.ContentType.Parameters["smime-type"]),
            Children = entity is Multipart multipart ? Children(multipart, number) : [],
        };
    }

    private static List<PartShape> Children(Multipart multipart, string number)
    {
        var children = new List<PartShape>(multipart.Count);
        for (int i = 0; i < multipart.Count; i++) children.Add(Shape(multipart[i], PartRules.Child(number, i)));
        return children;
    }
}
