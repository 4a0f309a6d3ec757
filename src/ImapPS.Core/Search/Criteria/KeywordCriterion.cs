using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Reading;

namespace ImapPS.Search;

/// <summary>Keywords of which one must be set, or none may be.</summary>
internal sealed record KeywordCriterion(string Parameter, IReadOnlyList<string> Keywords, bool IsSet) : Criterion(Parameter)
{
    public override SearchTerm SearchTerm =>
        new CombinedTerm([.. Keywords.Select(keyword => new KeywordTerm(keyword, IsSet))], All: !IsSet);

    public override MessageParts Parts => MessageParts.Flags;

    public override bool IsMatch(ImapMessage message, ServerAbilities server) =>
        Keywords.Intersect(message.Keywords, StringComparer.OrdinalIgnoreCase).Any() == IsSet;

    public override bool CanChange => true;

    public override string Unmet(ImapMessage message) => IsSet
        ? $"the keyword {Quoted.Any(Keywords)} is not set"
        : $"the keyword {Quoted.Any(Keywords)} is set";

    public override void Check(ServerAbilities server)
    {
        foreach (string keyword in Keywords)
        {
            if (!Models.Keywords.IsKeyword(keyword)) throw Failures.KeywordInvalid(keyword, isCriterion: true);
        }
    }
}
