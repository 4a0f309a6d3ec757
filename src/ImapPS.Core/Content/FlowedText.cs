using System;
using System.Text;
using MimeKit;
using MimeKit.Text;

namespace ImapPS.Content;

/// <summary>Text whose lines are put together again (format=flowed, RFC 3676).</summary>
internal static class FlowedText
{
    /// <summary>The text as it was written. The line in front of a signature ends in a blank, but stays a line (RFC 3676, 4.3).</summary>
    public static string Unfold(string text, TextPart part)
    {
        var converter = new FlowedToText
        {
            DeleteSpace = string.Equals(part.ContentType.Parameters["delsp"], "yes", StringComparison.OrdinalIgnoreCase),
        };
        var unfolded = new StringBuilder(text.Length);
        int start = 0;
        for (int at = 0; at < text.Length;)
        {
            int end = text.IndexOf('\n', at);
            if (end < 0) break;

            if (IsSeparator(text.Substring(at, Math.Min(end - at, 100))))
            {
                string before = converter.Convert(text.Substring(start, at - start));
                unfolded.Append(before);
                if (before.Length > 0 && before[before.Length - 1] != '\n') unfolded.Append('\n');
                unfolded.Append(text, at, end + 1 - at);
                start = end + 1;
            }

            at = end + 1;
        }

        unfolded.Append(converter.Convert(text.Substring(start)));
        return Models.DisplayText.Lines(unfolded.ToString());
    }

    private static bool IsSeparator(string line) =>
        line.EndsWith("-- ", StringComparison.Ordinal) && line.Substring(0, line.Length - 3).Trim('>', ' ').Length == 0;
}
