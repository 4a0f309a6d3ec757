using System.Text;

namespace ImapPS.Content;

/// <summary>Decodes UTF-7 (RFC 2152). Folder names have a UTF-7 of their own.</summary>
internal static class Utf7
{
    /// <summary>The text of octets, each a character.</summary>
    public static string Decode(string octets)
    {
        var text = new StringBuilder(octets.Length);
        for (int at = 0; at < octets.Length; at++)
        {
            if (octets[at] != '+')
            {
                text.Append(octets[at]);
                continue;
            }

            int start = at + 1;
            int end = start;
            while (end < octets.Length && Value(octets[end]) >= 0) end++;
            bool isEnded = end < octets.Length && octets[end] == '-';

            // A plus that encodes nothing is one.
            if (end - start < 3) text.Append('+').Append(isEnded && end == start ? string.Empty : octets.Substring(start, end - start));
            else Append(text, octets, start, end);

            at = isEnded && (end == start || end - start >= 3) ? end : end - 1;
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string octets, int start, int end)
    {
        int bits = 0;
        int count = 0;
        for (int i = start; i < end; i++)
        {
            bits = ((bits << 6) | Value(octets[i])) & 0x3fffff;
            count += 6;
            if (count < 16) continue;

            count -= 16;
            text.Append((char)((bits >> count) & 0xffff));
        }
    }

    private static int Value(char c) => c switch
    {
        >= 'A' and <= 'Z' => c - 'A',
        >= 'a' and <= 'z' => c - 'a' + 26,
        >= '0' and <= '9' => c - '0' + 52,
        '+' => 62,
        '/' => 63,
        _ => -1,
    };
}
