using MailKit.Search;

namespace ImapPS.Search;

/// <summary>A size (RFC822.SIZE) of over so many octets, or of no more than that.</summary>
internal sealed record SizeCondition(long Octets, bool IsOver) : Condition
{
    public override SearchQuery? Widen(ServerAbilities server)
    {
        // MailKit takes an int. What lies beyond is compared here; no message is smaller than nothing.
        if (Octets < 0) return IsOver ? null : new ConstantCondition(Holds: false).Widen(server);
        if (Octets >= int.MaxValue) return IsOver ? SearchQuery.LargerThan(int.MaxValue - 1) : null;

        return IsOver ? SearchQuery.LargerThan((int)Octets) : SearchQuery.SmallerThan((int)Octets + 1);
    }

    public override Condition Negate() => this with { IsOver = !IsOver };
}
