using MailKit.Search;

namespace ImapPS.Search;

/// <summary>A keyword (RFC 9051, 2.3.2) that is set, or is not.</summary>
internal sealed record KeywordTerm(string Keyword, bool IsSet) : SearchTerm
{
    protected override SearchQuery? Ask(ServerAbilities server) => IsSet
        ? SearchQuery.HasKeyword(Keyword)
        : SearchQuery.NotKeyword(Keyword);

    public override SearchTerm Negate() => this with { IsSet = !IsSet };
}
