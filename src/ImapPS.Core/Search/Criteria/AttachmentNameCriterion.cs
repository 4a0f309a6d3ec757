using System.Collections.Generic;
using System.Linq;
using ImapPS.Models;
using ImapPS.Reading;

namespace ImapPS.Search;

/// <summary>With an attachment of such a name. The message's structure tells.</summary>
internal sealed record AttachmentNameCriterion(string Parameter, IReadOnlyList<TextPattern> Patterns) : Criterion(Parameter)
{
    public override bool IsExact(ServerAbilities server) => false;

    public override MessageParts Parts => MessageParts.Structure;

    public override bool IsMatch(ImapMessage message, ServerAbilities server)
    {
        List<string> names = [.. Names(message)];
        return Patterns.Any(pattern => pattern.IsMatch(names));
    }

    public override string Unmet(ImapMessage message) => message.HasAttachment
        ? $"{Parameter} {Quoted.NotLike(Patterns)}, but is {Quoted.Any(Names(message))}"
        : $"{Parameter}: it has none";

    public override double Likeness(ImapMessage message) => TextLikeness.Of(Patterns.Select(pattern => pattern.Text), Names(message));

    private static IEnumerable<string> Names(ImapMessage message) => message.Attachments.Select(attachment => attachment.Name);
}
