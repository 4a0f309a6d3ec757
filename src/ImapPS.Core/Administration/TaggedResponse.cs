using System;
using System.Text.RegularExpressions;

namespace ImapPS.Administration;

/// <summary>The response that ends a command (RFC 9051, 7.1).</summary>
/// <param name="Status">OK, NO or BAD.</param>
/// <param name="Code">The response code; empty for none.</param>
/// <param name="Argument">What follows the code within the brackets.</param>
/// <param name="Text">The server's words.</param>
internal sealed record TaggedResponse(string Status, string Code, string Argument, string Text)
{
    private static readonly Regex _line = new(
        @"\A[A-Z][0-9]+ (?<status>OK|NO|BAD)(?: +\[(?<code>[^\] ]+)(?: (?<argument>[^\]]*))?\])?(?: +(?<text>.*))?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        TimeSpan.FromSeconds(1));

    /// <summary>The response of a line; null where the line is none.</summary>
    public static TaggedResponse? Of(string line)
    {
        Match match = _line.Match(line);
        return !match.Success ? null : new TaggedResponse(
            match.Groups["status"].Value.ToUpperInvariant(),
            match.Groups["code"].Value.ToUpperInvariant(),
            match.Groups["argument"].Value,
            match.Groups["text"].Value);
    }
}
