using System.Collections.Generic;
using System.Linq;
using MailKit.Search;

namespace ImapPS.Search;

/// <summary>Several conditions, all of which must hold, or one of which is enough.</summary>
internal sealed record CombinedCondition(IReadOnlyList<Condition> Parts, bool All) : Condition
{
    public override SearchQuery? Widen(ServerAbilities server)
    {
        SearchQuery? query = null;
        foreach (Condition part in Parts)
        {
            SearchQuery? term = part.Widen(server);

            // What the server cannot say of one part is left out of a conjunction, and widens a whole choice.
            if (term is null && All) continue;
            if (term is null) return null;

            query = query is null ? term : All ? query.And(term) : query.Or(term);
        }

        return query;
    }

    public override Condition Negate() => new CombinedCondition([.. Parts.Select(part => part.Negate())], !All);
}
