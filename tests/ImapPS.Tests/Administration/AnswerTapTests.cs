using System.Text;
using ImapPS.Administration;

namespace ImapPS.Tests.Administration;

public sealed class AnswerTapTests
{
    private const string Said =
        "* OK [ALERT] * METADATA is no answer\r\n* METADATA INBOX (/private/a {14}\r\n* METADATA x\r\n /private/b NIL)\r\n"
        + "* 3 FETCH (BODY[] {15}\r\n* METADATA y\r\n\r\n)\r\n+ METADATA z\r\n* LIST () \"/\" \"a {3}\"\r\n"
        + "* metadata b (/shared/c {0}\r\n)\r\n"
        + "A1 OK [METADATA LONGENTRIES 5] METADATA done\r\n";

    /// <summary>Whatever the network makes of it: octets come alone, or many at once.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Answers_are_kept_whole_and_hidden_by_their_first_letter(int size)
    {
        byte[] octets = Encoding.ASCII.GetBytes(Said);
        var tap = new AnswerTap('M');
        for (int i = 0; i < octets.Length; i += size) tap.Take(octets, i, Math.Min(size, octets.Length - i));

        var answers = new Answers(tap);
        IReadOnlyList<AnswerPart>[] found = [.. answers.Of("METADATA")];
        Assert.Equal(["INBOX", "b"], found.Select(answer => answer[0].Text));
        Assert.Equal(["/private/a", "* METADATA x\r\n", "/private/b", ""], found[0][1].Items.Select(part => part.Text));
        Assert.Null(found[0][1].Items[3].Octets);
        Assert.Empty(found[1][1].Items[1].Octets!);
        Assert.StartsWith("A1 OK [METADATA LONGENTRIES 5]", answers.Status, StringComparison.Ordinal);
        Assert.Equal(
            Said.Replace("* METADATA INBOX", "* XETADATA INBOX", StringComparison.Ordinal)
                .Replace("* metadata b", "* Xetadata b", StringComparison.Ordinal),
            Encoding.ASCII.GetString(octets));
    }

    /// <summary>What tells of the selected folder and of the connection, MailKit sees; the rest it does not know.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    public void All_is_kept_and_MailKit_sees_what_it_has_to(int size)
    {
        const string Sent =
            "* 4 EXISTS\r\n* 1 EXPUNGE\r\n* 2 FETCH (FLAGS ({6}\r\n* LIST))\r\n* LIST () \"/\" {3}\r\na\r\n\r\n* OK [X 1] words {5}\r\n"
            + "* XLIST a\r\n* NAMESPACE NIL\r\n* BADGE x\r\n* 5 XEXISTS\r\n* bye now\r\n* (odd)\r\n+ go on\r\n* CAPABILITY A\r\n"
            + "A00000012 OK [Done 1 2] It {7}\r\n* LIST later\r\n";
        const string Seen =
            "* 4 EXISTS\r\n* 1 EXPUNGE\r\n* 2 FETCH (FLAGS ({6}\r\n* LIST))\r\n* -IST () \"/\" {3}\r\na\r\n\r\n* OK [X 1] words {5}\r\n"
            + "* -LIST a\r\n* N-MESPACE NIL\r\n* BAD-E x\r\n* 5 -EXISTS\r\n* bye now\r\n* (odd)\r\n+ go on\r\n* CAPABILITY A\r\n"
            + "A00000012 OK [Done 1 2] It {7}\r\n* LIST later\r\n";
        byte[] octets = Encoding.ASCII.GetBytes(Sent);
        var tap = new AnswerTap(CommandRules.Seen("XLIST"), literals: 0);
        for (int i = 0; i < octets.Length; i += size) tap.Take(octets, i, Math.Min(size, octets.Length - i));

        Assert.Equal(Seen, Encoding.ASCII.GetString(octets));
        Assert.Equal(new TaggedResponse("OK", "DONE", "1 2", "It {7}"), TaggedResponse.Of(tap.Status));
        ImapPS.Models.ImapResponse[] responses = [.. tap.Answers.Select(ResponseReader.Read)];
        Assert.Equal(
            [
                "4 EXISTS", "1 EXPUNGE", "2 FETCH (FLAGS ({6}))", "LIST () \"/\" {3}", "OK [X 1] words {5}", "XLIST a", "NAMESPACE NIL",
                "BADGE x", "5 XEXISTS", "bye now", "(odd)", "CAPABILITY A",
            ],
            responses.Select(response => response.Text));
        Assert.Equal(["* LIST", "a\r\n"], responses.SelectMany(response => response.Literals).Select(literal => literal.Value));
    }

    [Fact]
    public void What_FETCH_asks_for_is_not_MailKits()
    {
        byte[] octets = Encoding.ASCII.GetBytes("* 1 FETCH (BODY[] {1}\r\nx)\r\n");
        new AnswerTap(CommandRules.Seen("UID FETCH"), literals: 0).Take(octets, 0, octets.Length);
        Assert.Equal("* 1 F-TCH (BODY[] {1}\r\nx)\r\n", Encoding.ASCII.GetString(octets));
    }

    [Theory]
    [InlineData("A00000001 OK", "OK", "", "", "")]
    [InlineData("A00000001 no [TRYCREATE] No folder", "NO", "TRYCREATE", "", "No folder")]
    [InlineData("A00000001 OK [APPENDUID 1 2]", "OK", "APPENDUID", "1 2", "")]
    [InlineData("A00000001 BAD What? [x]", "BAD", "", "", "What? [x]")]
    public void The_tagged_response(string line, string status, string code, string argument, string text) =>
        Assert.Equal(new TaggedResponse(status, code, argument, text), TaggedResponse.Of(line));

    [Theory]
    [InlineData("STS")]
    [InlineData("NO foo")]
    [InlineData("A00000001 OKAY")]
    public void No_tagged_response(string line) => Assert.Null(TaggedResponse.Of(line));

    [Theory]
    [InlineData("ACL")]
    [InlineData("ACL INBOX (")]
    [InlineData("ACL INBOX {99}\r\nshort")]
    [InlineData("ACL \"INBOX")]
    [InlineData("ACL ) ) (((((((((((((((((((((((((((((((( x")]
    public void Nonsense_ends_without_an_error(string answer) => Assert.NotEmpty(AnswerReader.Read(Encoding.ASCII.GetBytes(answer)));
}
