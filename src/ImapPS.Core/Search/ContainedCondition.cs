using System;
using ImapPS.Errors;
using MailKit.Search;

namespace ImapPS.Search;

/// <summary>A text that the server looks for as it stands, in its own understanding of "contains" (RFC 9051, 6.4.4).</summary>
internal sealed record ContainedCondition(Func<string, SearchQuery> Term, string Text) : Condition
{
    private static readonly char[] _unsendable = ['\r', '\n', '\0'];

    public override SearchQuery? Widen(ServerAbilities server)
    {
        if (Text.IndexOfAny(_unsendable) >= 0)
        {
            throw Failures.FilterInvalid("A text to search for holds a line break or a NUL, which no header does.", "Remove it.", Text);
        }

        return server.CanLookFor(Text) ? Term(Text) : null;
    }

    public override Condition Negate() => Unknown;
}
