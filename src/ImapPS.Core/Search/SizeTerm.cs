using MailKit.Search;

namespace ImapPS.Search;

/// <summary>A size (RFC822.SIZE) of over so many octets, or of no more than that.</summary>
internal sealed record SizeTerm(long Octets, bool IsOver) : SearchTerm
{
    public override SearchQuery? ToQuery(ServerAbilities server)
    {
        // MailKit takes an int. What lies beyond is compared here; no message is smaller than nothing.
        if (Octets < 0) return IsOver ? null : new ConstantTerm(Holds: false).ToQuery(server);
        if (Octets >= int.MaxValue) return IsOver ? SearchQuery.LargerThan(int.MaxValue - 1) : null;

        return IsOver ? SearchQuery.LargerThan((int)Octets) : SearchQuery.SmallerThan((int)Octets + 1);
    }

    public override SearchTerm Negate() => this with { IsOver = !IsOver };
}
