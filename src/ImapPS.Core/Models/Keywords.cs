using System.Linq;

namespace ImapPS.Models;

/// <summary>The rule for keywords, which are flags that users define (RFC 9051, 2.3.2).</summary>
internal static class Keywords
{
    /// <summary>More than any server takes, and short enough for any command line.</summary>
    public const int Longest = 400;

    /// <summary>True when the text can be a keyword: an atom of ASCII, without spaces and what IMAP has another use for.</summary>
    public static bool IsKeyword(string text) =>
        text.Length is > 0 and <= Longest && text.All(c => c is > ' ' and < '\u007f' && "(){%*\"\\]".IndexOf(c) < 0);
}
