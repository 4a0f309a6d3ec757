using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Watching;

public sealed class WaitProgressTests(MailServer mail) : WaitTest(mail)
{
    [Theory]
    [InlineData("Wait-ImapMessage INBOX -Subject '*Confirm*' -Unread -Count 2 -TimeoutSeconds 4",
        "Waiting in 'INBOX' for 2 messages", "Subject '*Confirm*', Unread")]
    [InlineData("Assert-ImapMessage INBOX -Text a, b -None -TimeoutSeconds 4", "Waiting in 'INBOX' for no message", "Text 'a', 'b'")]
    [InlineData("Wait-ImapMessage -TimeoutSeconds 4", "Waiting in 'INBOX' for 1 message", "Any message")]
    [InlineData("Watch-ImapFolder INBOX -Event Arrived -TimeoutSeconds 4", "Watching 'INBOX'", "Arrived")]
    [InlineData("Watch-ImapFolder INBOX, Sent -TimeoutSeconds 4", "Watching 2 folders", "Arrived, Expunged, FlagsChanged")]
    public async Task What_is_waited_for_and_how_long_is_shown(string command, string activity, string status)
    {
        Connect();
        EngineResult result = await RunAsync(command);
        List<ProgressRecord> shown = [.. result.Progress.Where(record => record.RecordType == ProgressRecordType.Processing)];
        Assert.NotEmpty(shown);
        Assert.All(shown, record => Assert.Equal(activity, record.Activity));
        Assert.All(shown, record => Assert.StartsWith(status, record.StatusDescription, StringComparison.Ordinal));
        Assert.All(shown, record => Assert.InRange(record.SecondsRemaining, 0, 4));
        Assert.All(shown, record => Assert.InRange(record.PercentComplete, 0, 100));
        Assert.Equal(ProgressRecordType.Completed, result.Progress[^1].RecordType);
    }

    [Fact]
    public async Task A_watch_without_an_end_has_no_percentage()
    {
        Connect();
        Task<EngineResult> watch = await StartAsync("Watch-ImapFolder -Event Arrived -Count 3 | ForEach-Object Uid", "IDLE");
        int idles = Proxy.Count("IDLE");
        await AppendAsync("first");

        // The progress comes with the clock: it is there at the latest when this goes on.
        await Proxy.WaitForAsync(proxy => proxy.Count("IDLE") > idles, Cancellation);
        await Task.Delay(TimeSpan.FromSeconds(3), Cancellation);
        await AppendAsync("second");
        await AppendAsync("third");
        List<ProgressRecord> shown = [.. Silent(await watch).Progress.Where(record => record.RecordType == ProgressRecordType.Processing)];
        Assert.NotEmpty(shown);
        Assert.All(shown, record => Assert.Equal((-1, -1), (record.PercentComplete, record.SecondsRemaining)));
        Assert.Contains(shown, record => record.StatusDescription.Contains("1 event ", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_there_at_once_shows_nothing()
    {
        User.Deliver("INBOX", Message("hello"));
        Connect();
        Assert.Empty(Run("Wait-ImapMessage -Subject hello").Progress);
    }
}
