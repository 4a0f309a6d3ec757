using System.Globalization;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Scripted;

/// <summary>A watch outlives a message whose flags cannot be read: one error with its UID, and all others are told.</summary>
public sealed class WatchOneMessageTests : ScriptedTest
{
    public static TheoryData<string, string> Ways => new()
    {
        { "NO", "" },
        { "BAD", "" },
        { "flags", "" },
        { "cut off", "" },
        { "cut", "" },
        { "flags", "CONDSTORE" },
        { "NO", "CONDSTORE" },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Of_those_that_are_there(string way, string capability)
    {
        Fill(20);
        Spoil(7, way);
        await FindsAsync(capability, () => Fill(1), 21, 7);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Of_those_that_come(string way, string capability)
    {
        Fill(3);
        await FindsAsync(
            capability,
            () =>
            {
                Fill(2);
                Spoil(4, way);
            },
            5,
            4);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task The_last_one_is_not_met_again(string way, string capability)
    {
        Fill(3);
        Spoil(3, way);
        await FindsAsync(capability, () => Fill(1), 4, 3);
    }

    [Theory]
    [InlineData("")]
    [InlineData("CONDSTORE")]
    public async Task Where_an_open_set_is_refused_it_has_an_end(string capability)
    {
        Fill(3);
        Server.On(command => command.Verb == "UID FETCH" && command.Arguments.Split(' ')[0].Contains('*', StringComparison.Ordinal),
            "BAD Invalid sequence set");
        await FindsAsync(capability, () => Fill(1), 4, bad: null);
    }

    [Fact]
    public async Task Flags_that_are_told_by_themselves_and_cannot_be_read_do_not_end_it()
    {
        Fill(3);
        Connect("-RetryCount 0");
        Task<EngineResult> watch = RunAsync("Watch-ImapFolder INBOX -Event Arrived -Count 1 -TimeoutSeconds 60");
        await Server.WaitForAsync(server => server.Count("IDLE") > 0, Cancellation);
        await Server.SayAsync("* 2 FETCH (FLAGS (\\Seen Work(1) 100%))", Cancellation);
        await Server.WaitForAsync(server => server.Count("IDLE") > 1, Cancellation);
        Fill(1);
        await Server.SayAsync("* 4 EXISTS", Cancellation);
        EngineResult result = await watch;
        Assert.Empty(result.AllErrors);
        Assert.Equal(4u, Assert.Single(result.Output).Properties["Uid"].Value);
    }

    private async Task FindsAsync(string capability, Action happen, uint arrived, uint? bad)
    {
        if (capability.Length > 0)
        {
            Server.Capabilities += " " + capability;
            Server.On("ENABLE", "* ENABLED CONDSTORE");
            Server.On(command => command.Verb is "SELECT" or "EXAMINE", ScriptedReply.After(ScriptedReply.Lines(_ =>
                $"""
                * FLAGS (\Seen \Flagged)
                * {Server.Mailbox["INBOX"].Messages.Count} EXISTS
                * OK [UIDVALIDITY 1] ok
                * OK [UIDNEXT {Server.Mailbox["INBOX"].NextUid}] ok
                * OK [HIGHESTMODSEQ 9] ok
                OK [READ-ONLY] done
                """)));
        }

        Connect("-RetryCount 1");
        Task<EngineResult> watch = RunAsync("Watch-ImapFolder INBOX -Event Arrived, FlagsChanged -Count 1 -TimeoutSeconds 60");
        await Server.WaitForAsync(server => server.Count("IDLE") > 0, Cancellation);
        happen();
        await Server.SayAsync($"* {Server.Mailbox["INBOX"].Messages.Count} EXISTS", Cancellation);
        EngineResult result = await watch;
        Assert.Equal(bad is null ? [] : [bad.Value], result.AllErrors.Select(error => error.TargetObject).Cast<uint>());
        Assert.Equal(arrived, Assert.Single(result.Output).Properties["Uid"].Value);
        Assert.Equal("Arrived", result.Output[0].Properties["Kind"].Value.ToString());
        Assert.InRange(Server.Count("UID FETCH"), 1, 30);
    }

    private void Fill(int count)
    {
        for (int i = 1; i <= count; i++)
        {
            ScriptedMessage message = Server.Mailbox.Deliver("INBOX", $"Message-ID: <{i}@x>\r\nSubject: message {i}\r\n\r\nText {i}\r\n");
            message.Items["MODSEQ"] = "(5)";
        }
    }

    private void Spoil(int uid, string way)
    {
        switch (way)
        {
            case "NO":
            case "BAD":
                Server.On(command => Asks(command, uid), $"{way} [SERVERBUG] FETCH Server error while fetching messages");
                break;
            case "cut":
                Server.On(command => Asks(command, uid), ScriptedReply.Cut);
                break;
            case "cut off":
                Server.Mailbox["INBOX"].Messages[uid - 1].Items["FLAGS"] = "(\\Seen";
                break;
            case "flags":
                Server.Mailbox["INBOX"].Messages[uid - 1].Items["FLAGS"] = @"(\Seen Work(1) 100%)";
                break;
        }
    }

    private bool Asks(ScriptedCommand command, int uid) => command.Verb is "UID FETCH"
        && command.Arguments.Split(' ')[0].Split(',').Select(range => range.Split(':').Select(end => end == "*"
            ? Server.Mailbox["INBOX"].Messages.Count : int.Parse(end, CultureInfo.InvariantCulture)).ToList())
            .Any(ends => ends.Min() <= uid && ends.Max() >= uid);
}
