using ImapPS.Sandbox;

namespace ImapPS.Tests.Scripted;

/// <summary>What a server announces and refuses, the session does without, as with one that lacks it; and asks once only.</summary>
public sealed class HalfOfferedTests : ScriptedTest
{
    public static TheoryData<string> ExtendedAnswers =>
    [
        "NO Not here",
        "BAD Unknown command",
        "* ESEARCH (TAG \"Z1\") UID ALL 1:3\nOK done",
        "* ESEARCH (TAG \"{0}\") UID ALL \"\"\nOK done",
        "* ESEARCH (TAG \"{0}\") UID ALL 0:3\nOK done",
        "* ESEARCH (TAG \"{0}\") UID ALL 1:3 X-TOOK (3 ms)\nOK done",
    ];

    [Theory]
    [MemberData(nameof(ExtendedAnswers))]
    public void ESEARCH(string answer)
    {
        Fill();
        Server.Capabilities += " ESEARCH";
        Server.On(command => command.Verb == "UID SEARCH" && command.Arguments.StartsWith("RETURN", StringComparison.Ordinal),
            ScriptedReply.Lines(command => answer.Replace("{0}", command.Tag, StringComparison.Ordinal)));
        Connect();
        Assert.Equal(["1", "2", "3"], Uids("Get-ImapMessage"));
        Assert.Equal(["2"], Uids("Get-ImapMessage -Query 'SUBJECT \"message 2\"'"));
        Assert.Equal(["2"], Uids("Get-ImapMessage -Subject 'message 2'"));
        Assert.Single(Server.Commands, command => command.Line.Contains("RETURN", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SORT", "UID SORT", "-SortBy Subject -Descending", "NO Not here")]
    [InlineData("SORT", "UID SORT", "-SortBy Subject -Descending", "BAD Unknown command")]
    [InlineData("THREAD=REFERENCES", "UID THREAD", "-Thread", "NO Not here")]
    [InlineData("THREAD=REFERENCES", "UID THREAD", "-Thread", "BAD Unknown command")]
    public void SORT_and_THREAD(string capability, string verb, string parameters, string refusal)
    {
        Fill();
        Server.Capabilities += " " + capability;
        Server.On(verb, refusal);
        Connect();
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(capability == "SORT" ? ["3", "2", "1"] : ["1", "2", "3"], Uids($"Get-ImapMessage {parameters}"));
        }

        Assert.Equal(1, Server.Count(verb));
    }

    [Theory]
    [InlineData("NO Unknown charset")]
    [InlineData("NO [BADCHARSET] Unknown charset")]
    [InlineData("BAD CHARSET is not known")]
    public void A_charset(string refusal)
    {
        Fill();
        Server.Mailbox.Deliver("INBOX", "Subject: Grüße\r\n\r\nText\r\n");
        Server.On(command => command.Line.Contains("CHARSET", StringComparison.Ordinal), refusal);
        Connect();
        for (int i = 0; i < 2; i++) Assert.Equal(["4"], Uids("Get-ImapMessage -Subject Grüße"));
        Assert.Single(Server.Commands, command => command.Line.Contains("CHARSET", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("NO Not here")]
    [InlineData("BAD Unknown command")]
    public void MOVE(string refusal)
    {
        Fill();
        Server.Mailbox.CreateFolder("Done");
        Server.On("UID MOVE", refusal);
        Connect();
        Succeed("Get-ImapMessage -Uid 1 | Move-ImapMessage Done; Get-ImapMessage -Uid 2 | Move-ImapMessage Done");
        Assert.Equal(2, Server.Mailbox["Done"].Messages.Count);
        Assert.Single(Server.Mailbox["INBOX"].Messages);
        Assert.Equal(1, Server.Count("UID MOVE"));
    }

    private IEnumerable<string> Uids(string script) => Succeed($"({script}).Uid").Select(uid => uid.ToString()!);

    private void Fill()
    {
        for (int i = 1; i <= 3; i++)
        {
            Server.Mailbox.Deliver("INBOX",
                $"Message-ID: <{i}@x>\r\nFrom: Alice <alice@example.org>\r\nSubject: message {i}\r\n\r\nText\r\n");
        }
    }
}
