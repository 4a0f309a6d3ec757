using System.Collections.Generic;
using MailKit;
using MailKit.Search;

namespace ImapPS.Search;

/// <summary>A UID from the one to the other, both included.</summary>
internal sealed record UidCondition(uint First, uint Last) : Condition
{
    public override SearchQuery? Widen(ServerAbilities server)
    {
        if (First > Last || Last == 0) return new ConstantCondition(Holds: false).Widen(server);

        return SearchQuery.Uids(new UniqueIdRange(new UniqueId(First == 0 ? 1 : First), new UniqueId(Last)));
    }

    public override Condition Negate()
    {
        var outside = new List<Condition>();
        if (First > 1) outside.Add(new UidCondition(1, First - 1));
        if (Last < uint.MaxValue) outside.Add(new UidCondition(Last + 1, uint.MaxValue));
        return outside.Count == 0 ? new ConstantCondition(First > Last) : new CombinedCondition(outside, All: false);
    }
}
