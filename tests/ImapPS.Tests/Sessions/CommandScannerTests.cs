using System.Text;
using System.Text.RegularExpressions;
using ImapPS.Sessions;

namespace ImapPS.Tests.Sessions;

/// <summary>The scanner reads as these expressions do, which would cost a first command more to build than to use.</summary>
public sealed partial class CommandScannerTests
{
    private static readonly string[] _pieces =
    [
        "A00000001", "A0000001", "a00000001", "A000000012", " ", "SELECT", "EXAMINE", "SELECTED", "NOOP", "noop", "{", "}", "+", "{3}",
        "{12+}", "{1234567890}", "{12345678901}", "{x}", "\r", "BODY[]", "BODY.PEEK[HEADER]", "body[1.2]", "BODY[]<0.9>",
        "BINARY[1]", "\"", "ä", "DONE",
    ];

    [Fact]
    public void A_line_is_read_as_it_is_written()
    {
        var random = new Random(20261128);
        byte[] next = Encoding.ASCII.GetBytes("A00000002 NOOP\r\n");
        for (int i = 0; i < 20_000; i++)
        {
            string line = string.Concat(Enumerable.Range(0, random.Next(1, 8)).Select(_ => _pieces[random.Next(_pieces.Length)]));
            if (random.Next(2) == 0) line = "A00000001 " + line;

            var scanner = new CommandScanner();
            byte[] octets = Encoding.Latin1.GetBytes(line + "\n");
            Match command = Command().Match(line);
            Assert.Equal((line, command.Success), (line, scanner.Take(octets, 0, octets.Length)));
            if (command.Success)
            {
                Assert.Equal(command.Groups["tag"].Value, scanner.Tag);
                Assert.Equal(command.Groups["verb"].Value is "SELECT" or "EXAMINE", scanner.OpensFolder);
                Assert.Equal((line, WholeBody().IsMatch(line)), (line, scanner.LiteralLimit == int.MaxValue));
            }

            // What follows a literal's length is the literal, and the rest of its command.
            Assert.Equal((line, !Literal().IsMatch(line)), (line, scanner.Take(next, 0, next.Length)));
        }
    }

    [GeneratedRegex("^(?<tag>[A-Z][0-9]{8}) (?<verb>[A-Z]+)")]
    private static partial Regex Command();

    [GeneratedRegex("(?:BODY(?:\\.PEEK)?|BINARY(?:\\.PEEK)?)\\[(?![0-9.]*(?:HEADER|MIME))[^\\]]*\\](?!<)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WholeBody();

    [GeneratedRegex("\\{(?<length>[0-9]{1,10})\\+?\\}\\r?$")]
    private static partial Regex Literal();
}
