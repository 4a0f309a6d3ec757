using ImapPS.Models;
using ImapPS.Reading;

namespace ImapPS.Search;

/// <summary>With an attachment, or without. SEARCH has no key for that; the message's structure tells.</summary>
internal sealed record AttachmentCriterion(string Parameter, bool IsWanted) : Criterion(Parameter)
{
    public override bool IsExact(ServerAbilities server) => false;

    public override MessageParts Parts => MessageParts.Structure;

    public override bool IsMatch(ImapMessage message, ServerAbilities server) => message.HasAttachment == IsWanted;

    public override string Unmet(ImapMessage message) => IsWanted
        ? "it has no attachment"
        : $"it has {DisplayText.Count(message.Attachments.Count, "attachment")}";
}
