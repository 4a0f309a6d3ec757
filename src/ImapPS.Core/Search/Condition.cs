using MailKit.Search;

namespace ImapPS.Search;

/// <summary>
/// A condition on a message, as far as the server can be asked about it. The server only narrows: its answer must hold every
/// message for which the condition is true, and may hold more, which are compared here.
/// </summary>
internal abstract record Condition
{
    /// <summary>Nothing is known: any message may do.</summary>
    public static readonly Condition Unknown = new UnknownCondition();

    /// <summary>The query that finds at least every message for which the condition holds; null when that is no less than all.</summary>
    public abstract SearchQuery? Widen(ServerAbilities server);

    /// <summary>The condition that holds at least where this one does not.</summary>
    public abstract Condition Negate();

    /// <summary>True when a server can be asked something that finds less than everything.</summary>
    public bool Narrows => Widen(new ServerAbilities()) is not null;

    private sealed record UnknownCondition : Condition
    {
        public override SearchQuery? Widen(ServerAbilities server) => null;

        public override Condition Negate() => this;
    }
}
