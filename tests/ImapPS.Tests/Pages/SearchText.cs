using System.Text.RegularExpressions;

namespace ImapPS.Tests.Pages;

/// <summary>A SEARCH as a page writes it: what follows the command, with literals in quotes.</summary>
internal static partial class SearchText
{
    public static string Of(string line) =>
        Literal().Replace(Command().Replace(line, ""), literal => $"\"{literal.Groups["text"].Value}\"");

    [GeneratedRegex(@"^\S+ UID SEARCH (RETURN \([^)]*\) )?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Command();

    [GeneratedRegex(@"\{\d+\+?\}\r\n(?<text>[^\s()]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Literal();
}
