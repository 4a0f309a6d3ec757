using MailKit.Search;

namespace ImapPS.Search;

/// <summary>A condition that holds for all messages, or for none.</summary>
internal sealed record ConstantCondition(bool Holds) : Condition
{
    public override SearchQuery? Widen(ServerAbilities server) => Holds ? null : SearchQuery.Not(SearchQuery.All);

    public override Condition Negate() => new ConstantCondition(!Holds);
}
