using System.Globalization;
using System.Text;
using ImapPS.Content;
using MimeKit;

namespace ImapPS.Tests.Fuzzing;

/// <summary>BODYSTRUCTURE as a server writes it (RFC 9051, 7.5.2). A char stands for an octet.</summary>
internal static class WireStructure
{
    private const string Empty = "(\"text\" \"plain\" NIL NIL NIL \"7bit\" 0 0)";

    public static string Of(PartShape shape)
    {
        var entity = (MimeEntity)shape.Part;
        string type = $"{Quoted(shape.Type)} {Quoted(shape.Subtype)} {Parameters(shape, entity)}";
        string disposition = Disposition(entity.ContentDisposition);
        if (entity is Multipart)
        {
            string children = shape.Children.Count == 0 ? Empty : string.Concat(shape.Children.Select(Of));
            return $"({children} {type[(type.IndexOf(' ', StringComparison.Ordinal) + 1)..]} {disposition} NIL NIL)";
        }

        var message = entity as MessagePart;
        string more = shape.Is("message", "rfc822")
            ? $"(NIL {Quoted(message?.Message?.Subject)} NIL NIL NIL NIL NIL NIL NIL NIL) {Empty} 0 "
            : shape.IsText ? "0 " : string.Empty;
        string encoding = Quoted(entity.Headers[HeaderId.ContentTransferEncoding]?.Trim() ?? "7bit");
        return string.Create(CultureInfo.InvariantCulture,
            $"({type} {Quoted(entity.ContentId)} NIL {encoding} {(message is null ? PartRules.Size(entity) : 1)} "
            + $"{more}NIL {disposition} NIL NIL)");
    }

    /// <summary>What follows a type that is none, servers do not read.</summary>
    private static string Parameters(PartShape shape, MimeEntity entity) =>
        !PartRules.IsUntyped(entity) && PartShape.IsType(entity.ContentType.MediaType, entity.ContentType.MediaSubtype)
            ? Parameters(entity.ContentType.Parameters)
            : shape.IsNamed ? $"(\"name\" {Quoted(shape.Name)})" : "NIL";

    private static string Disposition(ContentDisposition? disposition) =>
        disposition is null ? "NIL" : $"({Quoted(disposition.Disposition)} {Parameters(disposition.Parameters)})";

    private static string Parameters(ParameterList parameters) => parameters.Count == 0
        ? "NIL" : $"({string.Join(' ', parameters.Select(parameter => $"{Quoted(parameter.Name)} {Quoted(parameter.Value)}"))})";

    private static string Quoted(string? text)
    {
        if (text is null) return "NIL";

        string octets = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
        return octets.All(c => c is >= ' ' and <= '~')
            ? $"\"{octets.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""
            : string.Create(CultureInfo.InvariantCulture, $"{{{octets.Length}}}\r\n{octets}");
    }
}
