using MailKit.Search;

namespace ImapPS.Search;

/// <summary>A search key that the server answers exactly.</summary>
internal sealed record QueryTerm(SearchQuery Query, bool Holds = true) : SearchTerm
{
    protected override SearchQuery? Ask(ServerAbilities server) => Holds ? Query : SearchQuery.Not(Query);

    public override SearchTerm Negate() => this with { Holds = !Holds };
}
