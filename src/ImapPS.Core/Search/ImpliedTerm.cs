using MailKit.Search;

namespace ImapPS.Search;

/// <summary>
/// What follows from a term that the server cannot be asked about, such as a day from a time of day: it holds wherever that does, and may
/// hold elsewhere.
/// </summary>
internal sealed record ImpliedTerm(SearchTerm Consequence) : SearchTerm
{
    protected override SearchQuery? Ask(ServerAbilities server) => Consequence.ToQuery(server);

    /// <summary>Where the consequence fails, the term does; but not the other way round.</summary>
    public override SearchTerm Negate() => Unknown;
}
