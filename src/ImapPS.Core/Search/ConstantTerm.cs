using MailKit.Search;

namespace ImapPS.Search;

/// <summary>A term that holds for all messages, or for none.</summary>
internal sealed record ConstantTerm(bool Holds) : SearchTerm
{
    protected override SearchQuery? Ask(ServerAbilities server) => Holds ? null : SearchQuery.Not(SearchQuery.All);

    public override SearchTerm Negate() => new ConstantTerm(!Holds);
}
