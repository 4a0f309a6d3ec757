using MailKit.Search;

namespace ImapPS.Search;

/// <summary>What follows from a condition that the server cannot be asked about, such as a day from a time of day: it holds wherever that does, and may hold elsewhere.</summary>
internal sealed record ImpliedCondition(Condition Consequence) : Condition
{
    public override SearchQuery? Widen(ServerAbilities server) => Consequence.Widen(server);

    /// <summary>Where the consequence fails, the condition does; but not the other way round.</summary>
    public override Condition Negate() => Unknown;
}
