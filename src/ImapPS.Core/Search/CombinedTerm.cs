using System.Collections.Generic;
using System.Linq;
using MailKit.Search;

namespace ImapPS.Search;

/// <summary>Several terms, all of which must hold, or one of which is enough.</summary>
internal sealed record CombinedTerm(IReadOnlyList<SearchTerm> Parts, bool All) : SearchTerm
{
    protected override SearchQuery? Ask(ServerAbilities server)
    {
        var terms = new List<SearchQuery>();
        foreach (SearchTerm part in Parts)
        {
            SearchQuery? term = part.ToQuery(server);

            // What the server cannot say of one part is left out of a conjunction, and widens a whole choice.
            if (term is null && All) continue;
            if (term is null) return null;

            terms.Add(term);
        }

        if (terms.Count == 0) return null;

        // Of a choice the groups in parentheses come last: GreenMail cannot read what follows one.
        return All ? terms.Aggregate((one, other) => one.And(other)) : terms.OrderBy(IsGroup).Aggregate((one, other) => one.Or(other));
    }

    private static bool IsGroup(SearchQuery query) => query.Term == MailKit.Search.SearchTerm.And;

    public override SearchTerm Negate() => new CombinedTerm([.. Parts.Select(part => part.Negate())], !All);
}
