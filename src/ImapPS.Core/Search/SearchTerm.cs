using MailKit.Search;

namespace ImapPS.Search;

/// <summary>
/// A term on a message, as far as the server can be asked about it. The server only narrows: its answer must hold every
/// message for which the term is true, and may hold more, which are compared here.
/// </summary>
internal abstract record SearchTerm
{
    /// <summary>Nothing is known: any message may do.</summary>
    public static readonly SearchTerm Unknown = new UnknownTerm();

    /// <summary>The query that finds at least every message for which the term holds; null when that is no less than all.</summary>
    public SearchQuery? ToQuery(ServerAbilities server) => Ask(server) is { } query && server.Limits.Allow(query) ? query : null;

    /// <summary>The term that holds at least where this one does not.</summary>
    public abstract SearchTerm Negate();

    /// <summary>The query, whatever the server is known to refuse.</summary>
    protected abstract SearchQuery? Ask(ServerAbilities server);

    /// <summary>True when a server can be asked something that finds less than everything.</summary>
    public bool Narrows => ToQuery(new ServerAbilities()) is not null;

    private sealed record UnknownTerm : SearchTerm
    {
        protected override SearchQuery? Ask(ServerAbilities server) => null;

        public override SearchTerm Negate() => this;
    }
}
