using System.Text;

namespace ImapPS.Tests;

/// <summary>Changes octets at random, as a fuzzer does: flips, cuts, doubles, and puts in what parsers stumble over.</summary>
internal static class Mutation
{
    private static readonly byte[][] _stumblingBlocks =
    [
        .. new[]
        {
            "NIL", "(", ")", "((((((((", "))))", "{99999999}\r\n", "{0}\r\n", "{-1}\r\n", "~{3}\r\nabc", "{4}", "\"", "\"\"", "\\", "*",
            "+ ",
            "4294967295", "4294967296", "-1", "0", "1:*", "4294967295:1", "99999999999999999999", "%", "\0", "\r", "\n", "\r\n", "\r\n\r\n",
            "BODY[", "]", "[", "* BYE x\r\n", "* 1 EXPUNGE\r\n", "* 0 EXISTS\r\n", "* 3 FETCH (UID 9)\r\n", "* OK [UIDVALIDITY 0]\r\n",
            "* OK [UIDNEXT 1]\r\n", "* OK [ALERT] \u001b]0;x\u0007\r\n", "* VANISHED 1:4294967295\r\n", "=?utf-8?q?", "?=", "=?", ";",
            "boundary=",
            "Content-Type: multipart/mixed; boundary=b\r\n", "--b\r\n", "--b--\r\n", "base64", "=", "=0", "\u00ff\u00fe", "\u0080",
            "Content-Type: message/rfc822\r\n\r\n", "begin 644 x\r\n", "charset=utf-7", "<", ">", "&", "<a href=", "<!--", "]]>",
        }.Select(Encoding.Latin1.GetBytes),
    ];

    /// <summary>A copy with one to four changes.</summary>
    public static byte[] Of(byte[] octets, Random random)
    {
        for (int changes = random.Next(1, 5); changes > 0; changes--) octets = Once(octets, random);
        return octets;
    }

    private static byte[] Once(byte[] octets, Random random)
    {
        int at = random.Next(octets.Length + 1);
        int length = Math.Min(random.Next(1, 1 << random.Next(1, 9)), octets.Length - at);
        byte[] piece = octets[at..(at + length)];
        return random.Next(8) switch
        {
            0 when length > 0 => [.. octets[..at], (byte)random.Next(256), .. octets[(at + 1)..]],
            1 => [.. octets[..at], .. octets[(at + length)..]],
            2 => [.. octets[..at], .. piece, .. octets[at..]],
            3 => [.. octets[..at], .. Enumerable.Repeat(piece, random.Next(2, 300)).SelectMany(repeated => repeated), .. octets[at..]],
            4 => octets[..at],
            5 => Swapped(octets, random),
            _ => [.. octets[..at], .. _stumblingBlocks[random.Next(_stumblingBlocks.Length)], .. octets[at..]],
        };
    }

    /// <summary>Two lines have changed places.</summary>
    private static byte[] Swapped(byte[] octets, Random random)
    {
        string[] lines = Encoding.Latin1.GetString(octets).Split('\n');
        int one = random.Next(lines.Length);
        int other = random.Next(lines.Length);
        (lines[one], lines[other]) = (lines[other], lines[one]);
        return Encoding.Latin1.GetBytes(string.Join('\n', lines));
    }
}
