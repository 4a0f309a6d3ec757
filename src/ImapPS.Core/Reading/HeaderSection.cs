using System;
using System.Text;
using MimeKit;

namespace ImapPS.Reading;

/// <summary>Reads in the header section of a message that may be anything.</summary>
internal static class HeaderSection
{
    private const string MessageIdField = "Message-ID";

    /// <summary>The first Message-ID, as it is shown of messages on the server; empty when there is none.</summary>
    /// <param name="message">The message with CRLF for line ends, or its beginning.</param>
    public static string MessageId(byte[] message)
    {
        for (int start = 0; start < message.Length;)
        {
            int end = NextLine(message, start);

            // An empty line ends the section.
            if (end - start <= 2) break;

            while (end < message.Length && message[end] is (byte)' ' or (byte)'\t') end = NextLine(message, end);
            if (IsMessageId(message, start, end) && Header.TryParse(ParserOptions.Default, message, start, end - start, out Header? header))
            {
                return MessageMapping.Identifier(header.Value);
            }

            start = end;
        }

        return string.Empty;
    }

    private static int NextLine(byte[] message, int start)
    {
        int end = Array.IndexOf(message, (byte)'\n', start);
        return end < 0 ? message.Length : end + 1;
    }

    private static bool IsMessageId(byte[] message, int start, int end)
    {
        int colon = Array.IndexOf(message, (byte)':', start, end - start);
        return colon >= start + MessageIdField.Length
            && colon - start < 2 * MessageIdField.Length
            && string.Equals(Encoding.ASCII.GetString(message, start, colon - start).TrimEnd(), MessageIdField,
                StringComparison.OrdinalIgnoreCase);
    }
}
