using System.Collections.Generic;
using MailKit;
using MailKit.Search;

namespace ImapPS.Search;

/// <summary>A UID from the one to the other, both included.</summary>
internal sealed record UidTerm(uint First, uint Last) : SearchTerm
{
    protected override SearchQuery? Ask(ServerAbilities server)
    {
        if (First > Last || Last == 0) return new ConstantTerm(Holds: false).ToQuery(server);

        return SearchQuery.Uids(new UniqueIdRange(new UniqueId(First == 0 ? 1 : First), new UniqueId(Last)));
    }

    public override SearchTerm Negate()
    {
        var outside = new List<SearchTerm>();
        if (First > 1) outside.Add(new UidTerm(1, First - 1));
        if (Last < uint.MaxValue) outside.Add(new UidTerm(Last + 1, uint.MaxValue));
        return outside.Count == 0 ? new ConstantTerm(First > Last) : new CombinedTerm(outside, All: false);
    }
}
