using System;
using ImapPS.Errors;

namespace ImapPS.Search;

/// <summary>A search in IMAP's own words (RFC 9051, 6.4.4), as scripts for other tools have it.</summary>
internal sealed record WordsCriterion(string Parameter, string Query) : Criterion(Parameter)
{
    public override string? Words(ServerAbilities server) => Query;

    public override bool IsComparable => false;

    public override bool CanChange => true;

    /// <summary>Refuses what would not stay one command: MailKit sends these words as they are.</summary>
    public override void Check(ServerAbilities server)
    {
        if (Problem() is { } problem)
        {
            throw Failures.FilterInvalid($"-{Parameter} {problem}",
                "Write search keys as in RFC 9051, 6.4.4, such as: UNSEEN SINCE 1-Jan-2026 OR FROM a FROM b.", Query);
        }
    }

    private string? Problem()
    {
        if (Query.TrimStart().StartsWith("RETURN", StringComparison.OrdinalIgnoreCase))
        {
            return "says what to return. It may say only what to search for.";
        }

        int depth = 0;
        bool quoted = false;
        for (int i = 0; i < Query.Length; i++)
        {
            char c = Query[i];
            if (c is < ' ' or '\u007f') return "holds a line break or another control character.";
            if (c > '\u007f') return "holds characters outside ASCII. Search for them with the parameters for text, such as -Subject.";

            if (quoted)
            {
                if (c == '\\' && ++i < Query.Length && Query[i] is not ('"' or '\\'))
                {
                    return "holds a backslash in a quoted text that is not before a quote or a backslash.";
                }

                if (c == '"') quoted = false;
            }
            else if (c == '"')
            {
                quoted = true;
            }
            else if (c == '{')
            {
                return "holds a literal. Write the text in quotes.";
            }
            else if (c == '(')
            {
                depth++;
            }
            else if (c == ')' && --depth < 0)
            {
                return "closes a parenthesis that it does not open.";
            }
        }

        return quoted ? "does not close a quote." : depth > 0 ? "does not close a parenthesis." : null;
    }
}
