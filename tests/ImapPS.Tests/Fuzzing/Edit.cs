using System.Text;
using CsCheck;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Fuzzing;

/// <summary>One change of octets, as a fuzzer makes them: a flip, a cut, a doubling, or what parsers stumble over.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="At">Where: a part in a million of the octets.</param>
/// <param name="Length">How many octets it is about.</param>
/// <param name="Choice">Which octet, number or text is put in, or how often something is repeated.</param>
internal sealed record Edit(EditKind Kind, int At, int Length, int Choice)
{
    private const int Million = 1_000_000;

    /// <summary>Any edit. Short ones are as likely as long ones.</summary>
    public static Gen<Edit> Any { get; } = Gen.Select(
        Gen.Enum<EditKind>(),
        Gen.Int[0, Million],
        Gen.Int[0, 8].SelectMany(bits => Gen.Int[1, 1 << bits]),
        Gen.Int[0, 10_000],
        (kind, at, length, choice) => new Edit(kind, at, length, choice));

    private static readonly byte[][] _numbers = Octets(
        "0", "1", "-1", "2", "7", "65536", "2147483647", "2147483648", "4294967295", "4294967296", "9223372036854775807",
        "18446744073709551616", "99999999999999999999", "00000000000000000001", "NIL");

    private static readonly byte[][] _stumblingBlocks = Octets(
        "NIL", "(", ")", "((((((((", "))))", "{99999999}\r\n", "{0}\r\n", "{-1}\r\n", "~{3}\r\nabc", "{4}", "\"", "\"\"", "\\", "*", "+ ",
        "1:*", "4294967295:1", "1:4294967295", "%", "\0", "\r", "\n", "\r\n", "\r\n\r\n", "BODY[", "]", "[", "* BYE x\r\n",
        "* 1 EXPUNGE\r\n", "* 0 EXISTS\r\n", "* 3 FETCH (UID 9)\r\n", "* 1 FETCH (UID 1 FLAGS ())\r\n", "* OK [UIDVALIDITY 0]\r\n",
        "* OK [UIDNEXT 1]\r\n",
        "* OK [ALERT] \u001b]0;x\u0007\r\n", "* VANISHED 1:4294967295\r\n", "* VANISHED (EARLIER) 1:9\r\n", "* NO x\r\n", "* BAD x\r\n",
        "* LIST () NIL \"\"\r\n", "* LIST (\\NonExistent) \"/\" INBOX\r\n", "* STATUS INBOX (MESSAGES 4294967296)\r\n", "* SEARCH 0\r\n",
        "* ESEARCH (TAG \"x\") UID ALL 1:9\r\n", "* CAPABILITY\r\n", "* FLAGS ()\r\n", "{tag} NO [UNAVAILABLE] x\r\n", "{tag} OK x\r\n",
        "{tag} BAD x\r\n", "[COPYUID 1 1:9 9:1]", "[APPENDUID 0 0]", "[READ-ONLY] ", "&-", "&AOk-", "&", "\u00c3\u00a9",
        "\u00ed\u00a0\u0080",
        "=?utf-8?q?", "?=", "=?", "=?x?b?////?=", ";", "boundary=", "Content-Type: multipart/mixed; boundary=b\r\n", "--b\r\n", "--b--\r\n",
        "base64", "Content-Transfer-Encoding: x-uuencode\r\n", "=", "=0", "\u00ff\u00fe", "\u0080", "Content-Type: message/rfc822\r\n\r\n",
        "begin 644 x\r\n", "begin 644 ../../x\r\n", "charset=utf-7", "charset=x", "<", ">", "<a href=", "<!--", "]]>", "filename=../../x",
        "filename*=utf-8''%2e%2e%2f%00", "Content-Disposition: attachment; filename=/etc/x\r\n", "{\\rtf1", "\\bin99999999 ",
        "\"Thu, 32 Foo 0000 99:99:99 +9999\"", "00-Jan-0000 00:00:00 +0000");

    /// <summary>The octets with this change.</summary>
    public byte[] Apply(byte[] octets)
    {
        int at = (int)((long)At * octets.Length / Million);
        int end = Math.Min(at + Length, octets.Length);
        byte[] before = octets[..at];
        return Kind switch
        {
            EditKind.Flip when at < octets.Length => [.. before, (byte)Choice, .. octets[(at + 1)..]],
            EditKind.Remove => [.. before, .. octets[end..]],
            EditKind.Double => [.. before, .. octets[at..end], .. octets[at..]],
            EditKind.Repeat => [.. before, .. Repeated(octets[at..end], 2 + (Choice % 300)), .. octets[at..]],
            EditKind.Cut => before,
            EditKind.Swap => Swapped(octets, at),
            EditKind.Number => Replaced(octets, at, char.IsAsciiDigit, _numbers[Choice % _numbers.Length]),
            EditKind.Word => Replaced(octets, at, c => c > ' ' && c is not ('(' or ')'), Block),
            EditKind.Tag => WithTag(octets, Choice % 2 == 0 ? "A99999999" : "*"),
            _ => [.. before, .. Block, .. octets[at..]],
        };
    }

    private byte[] Block => _stumblingBlocks[Choice % _stumblingBlocks.Length];

    /// <summary>A recorded answer whose tag is another's.</summary>
    private static byte[] WithTag(byte[] octets, string tag) => Encoding.Latin1.GetBytes(
        Encoding.Latin1.GetString(octets).Replace(Recording.Tag, tag, StringComparison.Ordinal));

    private static byte[][] Octets(params string[] texts) => [.. texts.Select(Encoding.Latin1.GetBytes)];

    private static IEnumerable<byte> Repeated(byte[] piece, int times) => Enumerable.Repeat(piece, times).SelectMany(repeated => repeated);

    /// <summary>The next run of such characters is another text.</summary>
    private static byte[] Replaced(byte[] octets, int from, Predicate<char> isOne, byte[] by)
    {
        int first = Array.FindIndex(octets, from, octet => isOne((char)octet));
        if (first < 0) return octets;

        int end = Array.FindIndex(octets, first, octet => !isOne((char)octet));
        return [.. octets[..first], .. by, .. end < 0 ? [] : octets[end..]];
    }

    /// <summary>Two lines have changed places.</summary>
    private byte[] Swapped(byte[] octets, int at)
    {
        string[] lines = Encoding.Latin1.GetString(octets).Split('\n');
        int one = octets.AsSpan(0, at).Count((byte)'\n');
        int other = Choice % lines.Length;
        (lines[one], lines[other]) = (lines[other], lines[one]);
        return Encoding.Latin1.GetBytes(string.Join('\n', lines));
    }
}

/// <summary>What an edit does.</summary>
internal enum EditKind
{
    Flip,
    Remove,
    Double,
    Repeat,
    Cut,
    Swap,
    Number,
    Word,
    Insert,
    Tag,
}
