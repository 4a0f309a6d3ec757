using System;
using ImapPS.Errors;
using MailKit.Search;

namespace ImapPS.Search;

/// <summary>A text that the server looks for as it stands, in its own understanding of "contains" (RFC 9051, 6.4.4).</summary>
internal sealed record ContainedTerm(Func<string, SearchQuery> Term, string Text) : SearchTerm
{
    private static readonly char[] _unsendable = ['\r', '\n', '\0'];

    /// <summary>The same in another form, which is as good.</summary>
    public string? Alternative { get; init; }

    protected override SearchQuery? Ask(ServerAbilities server)
    {
        if (Text.IndexOfAny(_unsendable) >= 0)
        {
            throw Failures.FilterInvalid("The text to search for holds a line break or a NUL. No header holds these.", "Remove it.", Text);
        }

        if (!server.CanLookFor(Text) || (Field is not null && !server.FindsPieces(Field))) return null;

        return Alternative is { } other && server.CanLookFor(other) ? Term(Text).Or(Term(other)) : Term(Text);
    }

    /// <summary>The header field that it is looked for in; null for texts and for what is a server's own.</summary>
    public string? Field { get; init; }

    public override SearchTerm Negate() => Unknown;
}
