using System.Text;

namespace ImapPS.Search;

/// <summary>
/// Wildcards in texts that are looked for in mail. Subjects are full of brackets and question marks, so a bracket is a letter always, and
/// a question mark is one unless there is a * as well. A backtick makes a letter of the character behind it.
/// </summary>
internal static class TextWildcard
{
    private const char Escape = '`';

    /// <summary>True for a text with a * that no backtick escapes.</summary>
    public static bool IsWildcard(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (IsEscaped(text, i)) i++;
            else if (text[i] == '*') return true;
        }

        return false;
    }

    /// <summary>The text itself, without the backticks that escape.</summary>
    public static string Unescape(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (IsEscaped(text, i)) i++;
            plain.Append(text[i]);
        }

        return plain.ToString();
    }

    /// <summary>The same pattern for PowerShell's wildcards, to which brackets are sets of characters.</summary>
    public static string WithoutSets(string text)
    {
        var pattern = new StringBuilder(text.Length + 8);
        for (int i = 0; i < text.Length; i++)
        {
            bool isEscaped = IsEscaped(text, i);
            if (isEscaped) i++;
            if (isEscaped || text[i] is '[' or ']' or Escape) pattern.Append(Escape);
            pattern.Append(text[i]);
        }

        return pattern.ToString();
    }

    /// <summary>True when a backtick stands here that escapes the character behind it; any other backtick is a letter.</summary>
    private static bool IsEscaped(string text, int index) =>
        text[index] == Escape && index + 1 < text.Length && text[index + 1] is '*' or '?' or '[' or ']' or Escape;
}
