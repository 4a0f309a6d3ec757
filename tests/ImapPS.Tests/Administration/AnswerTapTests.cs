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

    [Theory]
    [InlineData("ACL")]
    [InlineData("ACL INBOX (")]
    [InlineData("ACL INBOX {99}\r\nshort")]
    [InlineData("ACL \"INBOX")]
    [InlineData("ACL ) ) (((((((((((((((((((((((((((((((( x")]
    public void Nonsense_ends_without_an_error(string answer) => Assert.NotEmpty(AnswerReader.Read(Encoding.ASCII.GetBytes(answer)));
}
