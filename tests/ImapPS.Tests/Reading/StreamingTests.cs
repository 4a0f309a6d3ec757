using System.Management.Automation;
using ImapPS.Reading;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Reading;

/// <summary>What a listing costs, in commands and in summaries held at a time.</summary>
public sealed class StreamingTests(MailServer mail) : ModuleTest(mail)
{
    private const int Big = 100_000;

    /// <summary>One window in the pipeline, and one being read, as large as they ever get.</summary>
    private const int MostHeld = (2 * WindowSize.Largest) + 100;

    [Fact]
    public void A_pipeline_that_ends_early_waits_for_the_command_in_flight()
    {
        User.DeliverMany("INBOX", 30, i => new SeedMessage(Message(Text($"{i}"))));
        Connect("-TimeoutSeconds 1 -RetryCount 0");
        int fetches = 0;
        Proxy.On(command => command.Verb == "UID FETCH" && ++fetches == 2, ProxyAction.Stall);
        Task second = Proxy.WaitForAsync(proxy => proxy.Count("UID FETCH") == 2, Cancellation);

        // The second FETCH is never answered. Whoever had not waited for its end would find the session open still.
        Assert.Equal(
            ["Broken"],
            Succeed("Get-ImapMessage | ForEach-Object { $second.Wait(); $_ } | Select-Object -First 1 | Out-Null; "
                + "(Get-ImapSession | Where-Object IsDefault).State", ("second", second))
                .Select(state => state.ToString()));
        Assert.Equal(30, Succeed("Get-ImapMessage").Count);
    }

    [Fact]
    public void What_has_come_is_emitted_before_the_command_has_ended()
    {
        User.DeliverMany("INBOX", 30, i => new SeedMessage(Message(Text($"{i}"))));
        Connect("-TimeoutSeconds 20 -RetryCount 0");

        // The server's word that all have come is held back until the pipeline has seen them.
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Proxy.On("UID FETCH", ProxyAction.RunAfterExecution(() => seen.Task));

        Assert.Equal(30, Succeed("$n = 0; Get-ImapMessage | ForEach-Object { if (++$n -eq 20) { $seen.SetResult() }; $_ }", ("seen", seen))
            .Count);
    }

    [Fact]
    public void Over_a_long_way_a_few_commands_do()
    {
        User.DeliverMany("INBOX", 10_000, i => new SeedMessage(Message(Text($"{i}"))));
        Connect();
        Proxy.Delay = TimeSpan.FromMilliseconds(100);

        Assert.Equal(10_000, LanguagePrimitives.ConvertTo<int>(Succeed("(Get-ImapMessage | Measure-Object).Count")[0]));
        Assert.InRange(Proxy.Count("UID FETCH"), 4, 6);
    }

    [Fact]
    public void A_hundred_thousand_messages()
    {
        User.DeliverMany("Big", Big, i => new SeedMessage(Message(Text($"message {i % 10}"))));
        Connect();

        // The first object comes after one SEARCH and one small FETCH, and the session is usable at once.
        Assert.Equal(
            [20, 20, 20],
            Succeed("Get-ImapMessage Big | Select-Object -First 3 | ForEach-Object { $proxy.Commands.Where({ "
                + "$_.Verb -eq 'UID FETCH' })[0].Line.Split(' ')[3].Split(':')[-1] }", ("proxy", Proxy))
                .Select(last => LanguagePrimitives.ConvertTo<int>(last)));
        Assert.Equal(1, Proxy.Count("EXAMINE"));
        Assert.Equal(1, Proxy.Count("UID SEARCH"));
        Assert.InRange(Proxy.Count("UID FETCH"), 1, 2);
        Assert.NotEmpty(Succeed("Get-ImapFolder INBOX"));
        Assert.Equal(0, Proxy.Connections);

        // All of them: one SEARCH, windows of FETCH, and a bounded number held at a time.
        Proxy.Clear();
        IReadOnlyList<PSObject> counts = Succeed(
            """
            $seen = 0; $most = 0
            Get-ImapMessage Big | ForEach-Object { $seen++; $held = $proxy.FetchResponses - $seen; if ($held -gt $most) { $most = $held } }
            $seen; $most
            """,
            ("proxy", Proxy));
        Assert.Equal(Big, LanguagePrimitives.ConvertTo<int>(counts[0]));
        Assert.InRange(LanguagePrimitives.ConvertTo<int>(counts[1]), 1, MostHeld);
        Assert.InRange(Proxy.Count("EXAMINE"), 0, 1);
        Assert.Equal(1, Proxy.Count("UID SEARCH"));
        Assert.InRange(Proxy.Count("UID FETCH"), Big / WindowSize.Largest, (Big / WindowSize.Usual) + 5);
    }
}
