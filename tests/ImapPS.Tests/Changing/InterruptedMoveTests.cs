using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Changing;

/// <summary>A move of some messages, with the connection cut at each command that it takes.</summary>
public sealed class InterruptedMoveTests(MailServer mail) : ModuleTest(mail)
{
    private const int Some = 40;

    private const string ByUid = "1..40 | ForEach-Object { [pscustomobject]@{ Folder = 'INBOX'; Uid = $_ } }";

    public static TheoryData<string, string, string, string> Cuts()
    {
        var cuts = new TheoryData<string, string, string, string>();
        foreach (string source in new[] { "Get-ImapMessage", ByUid })
        {
            foreach (string when in new[] { "before", "after", "within" })
            {
                foreach (string verb in new[] { "SELECT", "UID MOVE" }) cuts.Add(source, "", verb, when);
                foreach (string verb in new[] { "SELECT", "UID COPY", "UID STORE", "UID EXPUNGE" }) cuts.Add(source, "MOVE", verb, when);
            }
        }

        return cuts;
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task Cut_once_every_message_arrives_once(string source, string hidden, string verb, string when)
    {
        Deliver();
        Proxy.HideCapability(hidden.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Connect();
        Proxy.On(verb, Cut(when));
        EngineResult result = Run($"{source} | Move-ImapMessage Trash -PassThru");
        Assert.Empty(result.AllErrors);
        Assert.Equal(1, Proxy.Connections);
        Assert.Equal(0, await CountAsync("INBOX"));
        Assert.Equal(Some, await CountAsync("Trash"));
        Assert.Equal(Enumerable.Range(1, Some), result.Output.Select(message => Property<int>(message, "Uid")).Order());

        // The new UIDs are the right ones: each names the message that it names on the server.
        if (source == "Get-ImapMessage")
        {
            Dictionary<int, string> there = Succeed("Get-ImapMessage Trash")
                .ToDictionary(message => Property<int>(message, "Uid"), message => Property<string>(message, "Subject"));
            Assert.All(result.Output, message => Assert.Equal(there[Property<int>(message, "Uid")], Property<string>(message, "Subject")));
        }
    }

    [Theory]
    [InlineData("", "UID MOVE")]
    [InlineData("MOVE", "UID COPY")]
    [InlineData("MOVE", "UID EXPUNGE")]
    public async Task Cut_until_the_retries_are_used_up_nothing_is_lost(string hidden, string verb)
    {
        Deliver();
        Proxy.HideCapability(hidden.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Connect("-RetryCount 1");
        Proxy.On(verb, ProxyAction.CutBefore, times: int.MaxValue);
        EngineResult result = Run("Get-ImapMessage | Move-ImapMessage Trash");
        Assert.StartsWith("ConnectionLost,", result.AllErrors.Last().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(Some, await CountAsync("INBOX"));
        Assert.Equal(verb == "UID EXPUNGE" ? Some : 0, await CountAsync("Trash"));
        AssertInDoubt(result, verb == "UID EXPUNGE" ? Some : 0);
    }

    /// <summary>To move again would double these.</summary>
    private static void AssertInDoubt(EngineResult result, int count)
    {
        List<ErrorRecord> doubts = [.. result.AllErrors.SkipLast(1)];
        Assert.All(doubts, error => Assert.StartsWith("OutcomeUnknown,", error.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.Equal(Enumerable.Range(1, count), doubts.Select(error => Property<int>(PSObject.AsPSObject(error.TargetObject), "Uid"))
            .Order());
    }

    [Fact]
    public async Task What_can_be_found_in_neither_folder_is_OutcomeUnknown()
    {
        Deliver();
        Connect();
        Proxy.On("UID MOVE", ProxyAction.Run(() => ExpungeAsync("7")));
        Proxy.On("UID MOVE", ProxyAction.CutBefore);
        EngineResult result = Run("Get-ImapMessage | Move-ImapMessage Trash -PassThru");
        ErrorRecord error = AssertError(result, "OutcomeUnknown");
        Assert.Equal(7, Property<int>(PSObject.AsPSObject(error.TargetObject), "Uid"));
        Assert.Equal(Some - 1, result.Output.Count);
        Assert.Equal(Some - 1, await CountAsync("Trash"));
    }

    [Fact]
    public async Task What_the_server_had_copied_already_is_not_copied_again()
    {
        Deliver();
        Connect();
        Proxy.On("UID MOVE", ProxyAction.Run(() => OtherClientAsync("SELECT INBOX", "UID COPY 1:10 Trash")));
        Proxy.On("UID MOVE", ProxyAction.CutBefore);
        EngineResult result = Run($"{ByUid} | Move-ImapMessage Trash -PassThru");
        Assert.Empty(result.AllErrors);
        Assert.Equal(Some, result.Output.Count);
        Assert.Equal(0, await CountAsync("INBOX"));
        Assert.Equal(Some, await CountAsync("Trash"));
    }

    [Theory]
    [InlineData("", "UID MOVE")]
    [InlineData("MOVE", "UID COPY")]
    public async Task A_server_that_takes_too_long_is_not_asked_twice(string hidden, string verb)
    {
        Deliver();
        Proxy.HideCapability(hidden.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Connect("-TimeoutSeconds 1");
        Proxy.On(verb, ProxyAction.Stall);
        EngineResult result = await RunAsync("Get-ImapMessage | Move-ImapMessage Trash");
        ErrorRecord error = result.AllErrors.Last();
        Assert.StartsWith("Timeout,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        AssertInDoubt(result, Some);

        // Not the plain timeout of a read, but one that says what may have come of the change.
        Assert.Equal(Errors.ImapErrorId.Timeout, Assert.IsType<Errors.ImapException>(error.Exception.InnerException).Id);
        Assert.Equal(1, Proxy.Count(verb));
        Assert.Equal(Some, await CountAsync("INBOX"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("MOVE")]
    public async Task Mail_that_arrives_in_the_destination_meanwhile_is_not_taken_for_a_copy(string hidden)
    {
        Deliver();
        Proxy.HideCapability(hidden.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Connect("-RetryCount 1");
        string verb = hidden.Length == 0 ? "UID MOVE" : "UID COPY";
        Proxy.On(verb, ProxyAction.Run(() => AppendAsync("Trash")));
        Proxy.On(verb, ProxyAction.CutBefore);
        Proxy.On(command => command.Verb == verb && Proxy.Count(verb) > 1, ProxyAction.CutBefore);
        AssertError(Run("[pscustomobject]@{ Folder = 'INBOX'; Uid = 1 } | Move-ImapMessage Trash"), "ConnectionLost");
        Assert.Equal(Some, await CountAsync("INBOX"));
    }

    [Fact]
    public async Task A_folder_that_was_rebuilt_meanwhile_is_not_touched()
    {
        Deliver();
        Connect();
        Proxy.On("UID MOVE", ProxyAction.CutBefore);
        Proxy.On(
            command => command.Verb == "SELECT" && Proxy.Count("UID MOVE") == 1,
            ProxyAction.Reply("* FLAGS (\\Seen)\r\n* 40 EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY 7] rebuilt\r\n"
                + "* OK [UIDNEXT 41] next\r\n{tag} OK [READ-WRITE] selected"));
        AssertError(Run("Get-ImapMessage | Move-ImapMessage Trash"), "UidValidityChanged");
        Assert.Equal(Some, await CountAsync("INBOX"));
        Assert.Equal(1, Proxy.Count("UID MOVE"));
    }

    private void Deliver() =>
        User.DeliverMany("INBOX", Some, i => new SeedMessage(Message(Text($"message {i}"), body: new string('x', i))));

    private static ProxyAction Cut(string when) => when switch
    {
        "before" => ProxyAction.CutBefore,
        "after" => ProxyAction.CutAfterExecution,
        _ => ProxyAction.CutMidResponse(10),
    };

    private async Task AppendAsync(string folder)
    {
        await using RawImapClient client = await User.ConnectAsync(Cancellation);
        await client.AppendAsync(folder, System.Text.Encoding.ASCII.GetBytes(Message("unrelated")), cancellationToken: Cancellation);
    }
}
