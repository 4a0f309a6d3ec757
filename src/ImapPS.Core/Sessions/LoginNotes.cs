using System;
using System.Text;
using ImapPS.Errors;

namespace ImapPS.Sessions;

/// <summary>What matters for a login of the lines that the server says: its greeting, a BYE, and that a command was accepted.</summary>
internal sealed class LoginNotes
{
    private const int LongestLine = 1024;

    private readonly byte[] _line = new byte[LongestLine];
    private int _length;

    /// <summary>The first line that the server said: its greeting. Null before that.</summary>
    public string? Greeting { get; private set; }

    /// <summary>What the server said with BYE (RFC 9051, 7.1.5), which MailKit leaves out of its exception; null when it did not.</summary>
    public string? Farewell { get; private set; }

    /// <summary>The words, without their response code, of the last command that was refused; null when there was none.</summary>
    public string? Refusal { get; private set; }

    /// <summary>How many commands the server has answered with OK.</summary>
    public int Accepted { get; private set; }

    /// <summary>How many challenges the server has sent, without those that say nothing (RFC 9051, 6.2.2).</summary>
    public int Challenges { get; private set; }

    /// <summary>The last challenge, as it came (base64); null when there was none. With it a server says why it refuses a token.</summary>
    public string? Challenge { get; private set; }

    /// <summary>Takes what comes. The beginning of a line is kept of it, until the line has ended.</summary>
    public void Received(byte[] buffer, int offset, int count)
    {
        int end = offset + count;
        for (int start = offset; start < end;)
        {
            int newline = Array.IndexOf(buffer, (byte)'\n', start, end - start);
            int stop = newline < 0 ? end : newline;
            int kept = Math.Min(stop - start, LongestLine - _length);
            Buffer.BlockCopy(buffer, start, _line, _length, kept);
            _length += kept;
            if (newline < 0) return;

            EndLine();
            _length = 0;
            start = newline + 1;
        }
    }

    private void EndLine()
    {
        Greeting ??= Line(LongestLine);
        if (_length > 6 && _line[0] == '*' && _line[2] is (byte)'B' or (byte)'b'
            && Line(6).Equals("* BYE ", StringComparison.OrdinalIgnoreCase))
        {
            Farewell = Line(LongestLine).Substring(6);
        }
        else if (_line[0] == '+' && Line(LongestLine).Trim().Length > 1)
        {
            Challenges++;
            Challenge = Line(LongestLine).Substring(1).Trim();
        }
        else if (_line[0] is >= (byte)'A' and <= (byte)'Z' && _length > 13 && _line[9] == ' ')
        {
            // By octets: the lines of messages come by here as well, and their characters are not counted in octets.
            string status = Encoding.UTF8.GetString(_line, 10, _length - 10);
            if (status.StartsWith("OK ", StringComparison.Ordinal)) Accepted++;
            else if (status.StartsWith("NO", StringComparison.Ordinal)) Refusal = ServerWords.Read(status.Substring(2)).Text;
            else if (status.StartsWith("BAD", StringComparison.Ordinal)) Refusal = ServerWords.Read(status.Substring(3)).Text;
        }
    }

    private string Line(int most) => Encoding.UTF8.GetString(_line, 0, Math.Min(_length, most)).TrimEnd('\r');
}
