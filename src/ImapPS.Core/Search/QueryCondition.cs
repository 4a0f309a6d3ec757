using MailKit.Search;

namespace ImapPS.Search;

/// <summary>A search key that the server answers exactly.</summary>
internal sealed record QueryCondition(SearchQuery Query, bool Holds = true) : Condition
{
    public override SearchQuery? Widen(ServerAbilities server) => Holds ? Query : SearchQuery.Not(Query);

    public override Condition Negate() => this with { Holds = !Holds };
}
