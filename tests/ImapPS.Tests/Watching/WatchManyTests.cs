using ImapPS.Sandbox;

namespace ImapPS.Tests.Watching;

/// <summary>Several folders at a time, by STATUS.</summary>
public sealed class WatchManyTests(MailServer mail) : WatchTest(mail)
{
    [Theory]
    [InlineData("")]
    [InlineData("QRESYNC")]
    [InlineData("CONDSTORE QRESYNC")]
    public async Task Each_event_of_each_folder_comes_once(string hidden)
    {
        foreach (string folder in new[] { "Sent", "Drafts", "INBOX" }) await AppendAsync("old", folder);
        Hide(hidden);
        Connect();
        await WatchAsync("Sent, Drafts, I*X, INBOX -PollSeconds 1");
        await AppendAsync("new", "Sent");
        Assert.Equal("Arrived Sent/2 new", await NextAsync());
        await AppendAsync("new");
        Assert.Equal("Arrived 2 new", await NextAsync());
        await FlagAsync(1, "+FLAGS (\\Seen)", "Drafts");
        Assert.Equal("FlagsChanged Drafts/1 Seen", await NextAsync());
        await OtherClientAsync("SELECT Sent", "UID STORE 1 +FLAGS.SILENT (\\Deleted)");
        Assert.Equal("FlagsChanged Sent/1 Deleted", await NextAsync());
        await OtherClientAsync("SELECT Sent", "EXPUNGE");
        Assert.Equal("Expunged Sent/1", await NextAsync());
        await EndAsync("Drafts");
        Assert.DoesNotContain(Proxy.Commands, command => command.Verb is "SELECT" or "UID STORE");
    }

    [Fact]
    public async Task Cut_between_two_folders()
    {
        foreach (string folder in new[] { "Sent", "INBOX" }) await AppendAsync("old", folder);
        Connect();
        await WatchAsync("Sent, INBOX -PollSeconds 1");
        Proxy.On("UID FETCH", ProxyAction.CutBefore);
        await AppendAsync("new", "Sent");
        Assert.Equal("Arrived Sent/2 new", await NextAsync());
        Proxy.On("STATUS", ProxyAction.CutAfterExecution);
        await FlagAsync(1, "+FLAGS (\\Seen)", "Sent");
        Assert.Equal("FlagsChanged Sent/1 Seen", await NextAsync());
        await EndAsync();
    }

    [Fact]
    public async Task Folders_in_which_nothing_happens_are_not_opened()
    {
        Connect();
        await WatchAsync("Sent, Drafts, INBOX -PollSeconds 1");
        Proxy.Clear();
        await Proxy.WaitForAsync(proxy => proxy.Count("STATUS") >= 4, Cancellation);
        Assert.Equal(0, Proxy.Count("EXAMINE"));
        Assert.Equal(0, Proxy.Count("UID FETCH"));
        await EndAsync();
    }
}
