using System.Collections.Generic;
using System.Linq;
using ImapPS.Models;

namespace ImapPS.Search;

/// <summary>With such a link in its text. Only the whole message tells.</summary>
internal sealed record LinkCriterion(string Parameter, IReadOnlyList<TextPattern> Patterns) : Criterion(Parameter)
{
    public override bool NeedsContent => true;

    public override bool IsExact(ServerAbilities server) => false;

    public override bool IsMatch(ImapMessage message, ServerAbilities server)
    {
        if (message is not ImapMessageContent content) return true;

        List<string> links = [.. Links(content)];
        return Patterns.Any(pattern => pattern.IsMatch(links));
    }

    public override string Unmet(ImapMessage message) =>
        message is ImapMessageContent { Links.Count: > 0 } content
            ? $"{Parameter} {Quoted.NotLike(Patterns)}, but is {Quoted.Any(Links(content))}"
            : $"{Parameter}: it has none";

    public override double Likeness(ImapMessage message) =>
        message is ImapMessageContent content ? TextLikeness.Of(Patterns.Select(pattern => pattern.Text), Links(content)) : 0;

    private static IEnumerable<string> Links(ImapMessageContent content) => content.Links.Select(link => link.OriginalString);
}
