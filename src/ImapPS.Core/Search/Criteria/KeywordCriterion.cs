using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Errors;
using ImapPS.Models;

namespace ImapPS.Search;

/// <summary>Keywords of which one must be set, or none may be.</summary>
internal sealed record KeywordCriterion(string Parameter, IReadOnlyList<string> Keywords, bool IsSet) : Criterion(Parameter)
{
    public override SearchTerm SearchTerm =>
        new CombinedTerm([.. Keywords.Select(keyword => new KeywordTerm(keyword, IsSet))], All: !IsSet);

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
            if (!KeywordTerm.IsKeyword(keyword))
            {
                throw Failures.FilterInvalid($"'{DisplayText.Printable(keyword)}' is not a keyword.",
                    "A keyword is ASCII without spaces, brackets, quotes, %, * and backslash, such as '$Work' in "
                    + "single quotes. System flags have their own switches, such as -Flagged.", keyword);
            }
        }
    }
}
