using System;
using ImapPS.Models;
using MailKit.Search;

namespace ImapPS.Search;

/// <summary>A system flag that is set, or is not.</summary>
internal sealed record FlagTerm(ImapMessageFlags Flag, bool IsSet) : SearchTerm
{
    protected override SearchQuery? Ask(ServerAbilities server) => (Flag, IsSet) switch
    {
        (ImapMessageFlags.Seen, true) => SearchQuery.Seen,
        (ImapMessageFlags.Seen, false) => SearchQuery.NotSeen,
        (ImapMessageFlags.Flagged, true) => SearchQuery.Flagged,
        (ImapMessageFlags.Flagged, false) => SearchQuery.NotFlagged,
        (ImapMessageFlags.Answered, true) => SearchQuery.Answered,
        (ImapMessageFlags.Answered, false) => SearchQuery.NotAnswered,
        (ImapMessageFlags.Draft, true) => SearchQuery.Draft,
        (ImapMessageFlags.Draft, false) => SearchQuery.NotDraft,
        (ImapMessageFlags.Deleted, true) => SearchQuery.Deleted,
        (ImapMessageFlags.Deleted, false) => SearchQuery.NotDeleted,
        _ => throw new InvalidOperationException($"{Flag} is not one flag."),
    };

    public override SearchTerm Negate() => this with { IsSet = !IsSet };
}
