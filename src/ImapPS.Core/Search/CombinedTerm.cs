using System.Collections.Generic;
using System.Linq;
using MailKit.Search;

namespace ImapPS.Search;

/// <summary>Several terms, all of which must hold, or one of which is enough.</summary>
internal sealed record CombinedTerm(IReadOnlyList<SearchTerm> Parts, bool All) : SearchTerm
{
    public override SearchQuery? ToQuery(ServerAbilities server)
    {
        SearchQuery? query = null;
        foreach (SearchTerm part in Parts)
        {
            SearchQuery? term = part.ToQuery(server);

            // What the server cannot say of one part is left out of a conjunction, and widens a whole choice.
            if (term is null && All) continue;
            if (term is null) return null;

            query = query is null ? term : All ? query.And(term) : query.Or(term);
        }

        return query;
    }

    public override SearchTerm Negate() => new CombinedTerm([.. Parts.Select(part => part.Negate())], !All);
}
