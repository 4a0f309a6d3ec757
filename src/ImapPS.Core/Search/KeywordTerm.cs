using System.Linq;
using MailKit.Search;

namespace ImapPS.Search;

/// <summary>A keyword (RFC 9051, 2.3.2) that is set, or is not.</summary>
internal sealed record KeywordTerm(string Keyword, bool IsSet) : SearchTerm
{
    /// <summary>True when the text can be a keyword: an atom of ASCII characters.</summary>
    public static bool IsKeyword(string text) => text.Length > 0 && text.All(c => c is > ' ' and < '\u007f' && "(){%*\"\\]".IndexOf(c) < 0);

    public override SearchQuery? ToQuery(ServerAbilities server) => IsSet
        ? SearchQuery.HasKeyword(Keyword)
        : SearchQuery.NotKeyword(Keyword);

    public override SearchTerm Negate() => this with { IsSet = !IsSet };
}
