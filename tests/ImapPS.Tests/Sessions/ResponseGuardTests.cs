using System.Text;
using ImapPS.Sessions;

namespace ImapPS.Tests.Sessions;

/// <summary>What is noted of a server's lines, wherever the network cuts them.</summary>
public sealed class ResponseGuardTests
{
    [Theory]
    [InlineData("A00000002 NO [OVERQUOTA] Full\r\n", new[] { "OVERQUOTA" })]
    [InlineData("A00000002 BAD [CLIENTBUG] What\r\n", new[] { "CLIENTBUG" })]
    [InlineData("A00000002 NO [LIMIT 12] Later\r\n", new[] { "LIMIT" })]
    [InlineData("A00000002 NO no code [at all]\r\n", new string[0])]
    [InlineData("A00000002 OK [COPYUID 1 2 3] Fine\r\n", new string[0])]
    [InlineData("A00000001 NO [OVERQUOTA] Not the command under way\r\n", new string[0])]
    [InlineData("* NO [OVERQUOTA] A warning\r\n", new string[0])]
    [InlineData("* 1 FETCH (BODY[] {33}\r\nA00000002 NO [OVERQUOTA] In mail\r\n)\r\n", new string[0])]
    [InlineData("* 1 FETCH (ENVELOPE (NIL \"a \\\"{5}\r\nA00000002 NO [OVERQUOTA] x\r\n\" NIL))\r\n", new string[0])]
    public void Only_the_answer_to_the_command_under_way_is_a_refusal(string lines, string[] codes)
    {
        byte[] octets = Encoding.UTF8.GetBytes(lines);
        for (int cut = 0; cut <= octets.Length; cut++)
        {
            ResponseGuard guard = Start();
            guard.Received(octets, 0, cut);
            guard.Received(octets, cut, octets.Length - cut);
            Assert.Equal(codes, guard.Rejections);
        }
    }

    [Fact]
    public void A_server_that_refuses_without_end_is_not_remembered_without_end()
    {
        ResponseGuard guard = Start();
        byte[] line = Encoding.ASCII.GetBytes("A00000002 NO [OVERQUOTA] no\r\n");
        for (int i = 0; i < 100_000; i++) guard.Received(line, 0, line.Length);
        Assert.InRange(guard.Rejections.Count, 1, 100);
    }

    [Theory]
    [InlineData("* ESEARCH (TAG \"A\") UID ALL 1:4294967295\r\n")]
    [InlineData("* esearch (TAG \"1:2\") UID COUNT 3 ALL 7,9:99999999999999999999\r\n")]
    [InlineData("* VANISHED (EARLIER) 1:4294967295\r\n")]
    [InlineData("A00000002 OK [APPENDUID 7 1:4294967295] done\r\n")]
    [InlineData("* OK [COPYUID 7 1:2 1:4294967295] done\r\n")]
    [InlineData("* 1 FETCH (BODY[] {2}\r\n\r\n)\r\n* VANISHED 1:4294967295\r\n")]
    [InlineData("* LIST () \"/\" \"a\\\\\"\r\n* VANISHED 1:4294967295\r\n")]
    [InlineData("* OK words {4294967295}\r\n* VANISHED 1:4294967295\r\n")]
    [InlineData("* OK \"words\r\n* VANISHED 1:4294967295\r\n")]
    [InlineData("+ {100}\r\n* VANISHED 1:4294967295\r\n")]
    [InlineData("* LIST () \"/\" {1} \r\nx\r\n* VANISHED 1:4294967295\r\n")]
    [InlineData("* 2147483648 EXISTS\r\n")]
    [InlineData("* 1 FETCH (BODY[HEADER] {4294967295}\r\n")]
    public void Excess_ends_the_connection_wherever_it_is_cut(string lines)
    {
        byte[] octets = Encoding.UTF8.GetBytes(lines);
        for (int cut = 0; cut <= octets.Length; cut++)
        {
            ResponseGuard guard = Start();
            Assert.Throws<ExcessiveResponseException>(() =>
            {
                guard.Received(octets, 0, cut);
                guard.Received(octets, cut, octets.Length - cut);
            });
        }
    }

    [Fact]
    public void What_is_only_passed_on_costs_nothing()
    {
        ResponseGuard guard = Start();
        byte[] message = Encoding.ASCII.GetBytes("* 17 FETCH (UID 17 FLAGS (\\Seen) BODYSTRUCTURE (\"TEXT\" \"PLAIN\" "
            + "(\"CHARSET\" \"utf-8\") NIL NIL \"8BIT\" 10 1) BODY[HEADER.FIELDS (SUBJECT)] {1000}\r\n" + new string('x', 1_000) + ")\r\n");
        guard.Received(message, 0, message.Length);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++) guard.Received(message, 0, message.Length);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static ResponseGuard Start()
    {
        var guard = new ResponseGuard();
        byte[] sent = Encoding.ASCII.GetBytes("A00000001 NOOP\r\nA00000002 UID FETCH 1 (BODY.PEEK[HEADER])\r\n");
        guard.Sent(sent, 0, sent.Length);
        return guard;
    }
}
