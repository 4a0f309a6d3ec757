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
        ContentType named = entity.ContentType;
        if (PartRules.IsUntyped(entity)) named = Untyped(entity);
        else if (!PartShape.IsType(named.MediaType, named.MediaSubtype)) named = new ContentType("?", "?");

        string name = HeaderText.NameOf(entity, named);
        string disposition = PartShape.Word(entity.ContentDisposition?.Disposition);
        (string type, string subtype) = PartShape.TypeOf(
            PartShape.Word(named.MediaType), PartShape.Word(named.MediaSubtype), isFile: name.Length > 0 || disposition == "attachment");
        return new PartShape(entity, number, type, subtype)
        {
            Disposition = disposition,
            Name = name,
            IsReferable = !string.IsNullOrEmpty(entity.ContentId) || entity.Headers.Contains(HeaderId.ContentLocation),
            Id = PartShape.IdOf(entity.ContentId),
            Start = PartShape.IdOf(named.Parameters["start"]),
            SecureType = PartShape.Word(named.Parameters["smime-type"]),
            Children = entity is Multipart multipart ? Children(multipart, number) : [],
        };
    }

    /// <summary>What Content-Type says without a type: its parameters.</summary>
    private static ContentType Untyped(MimeEntity entity)
    {
        string value = entity.Headers[HeaderId.ContentType] ?? string.Empty;
        int parameters = value.IndexOf(';');
        return parameters >= 0 && ContentType.TryParse("?/?" + value.Remove(0, parameters), out ContentType? type)
            ? type : new ContentType("?", "?");
    }

    /// <summary>One empty text is how a server tells of a multipart without parts.</summary>
    private static List<PartShape> Children(Multipart multipart, string number)
    {
        if (multipart.Count == 1 && multipart[0] is TextPart && PartRules.Size(multipart[0]) == 0) return [];

        var children = new List<PartShape>(multipart.Count);
        for (int i = 0; i < multipart.Count; i++) children.Add(Shape(multipart[i], PartRules.Child(number, i)));
        return children;
    }
}
