using ImapPS.Sandbox;

namespace ImapPS.Tests.Watching;

/// <summary>What a watch keeps stays as large as what is in the folder.</summary>
public sealed class WatchForLongTests(MailServer mail) : WatchTest(mail)
{
    private const int Many = 1_500;

    private static readonly string _old = Message("old");

    [Theory]
    [InlineData("")]
    [InlineData("QRESYNC")]
    [InlineData("CONDSTORE QRESYNC")]
    public async Task Flags_of_many_messages_that_went_untold_cost_one_search(string hidden)
    {
        User.DeliverMany("INBOX", Many, _ => new SeedMessage(_old));
        Hide(hidden);
        Connect();
        await WatchAsync("-Event FlagsChanged, Arrived");
        await OtherClientAsync("SELECT INBOX", "UID STORE 1:* +FLAGS (\\Seen)");
        Assert.Equal(Many, (await NextAsync(Many)).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(0, Proxy.Count("UID SEARCH"));

        await OtherClientAsync("SELECT INBOX", "UID STORE 2:* +FLAGS.SILENT (\\Deleted)", "EXPUNGE");
        await AppendAsync("new");
        while (await NextAsync() != Text($"Arrived {Many + 1} new"))
        {
        }

        await FlagAsync(1, "+FLAGS (\\Flagged)");
        Assert.Equal("FlagsChanged 1 Seen, Flagged", await NextAsync());
        Assert.Equal(1, Proxy.Count("UID SEARCH"));
        await FlagAsync(Many + 1, "+FLAGS (\\Flagged)");
        Assert.Equal(Text($"FlagsChanged {Many + 1} Flagged"), await NextAsync());
        await EndAsync();
        Assert.Equal(1, Proxy.Count("UID SEARCH"));
    }

    [Fact]
    public async Task UIDs_that_no_message_had_cost_one_search_and_nothing_is_missed()
    {
        User.DeliverMany("INBOX", 2 * Many, _ => new SeedMessage(_old));
        string odd = string.Join(',', Enumerable.Range(0, Many).Select(i => (2 * i) + 1));
        string even = string.Join(',', Enumerable.Range(1, Many).Select(i => 2 * i));
        await OtherClientAsync("SELECT INBOX", $"UID STORE {odd} +FLAGS.SILENT (\\Deleted)", "EXPUNGE");
        Connect();
        await WatchAsync("-Event Expunged, Arrived");
        await OtherClientAsync("SELECT INBOX", $"UID STORE {even} +FLAGS.SILENT (\\Deleted)", "EXPUNGE");
        Assert.Equal(Many, (await NextAsync(Many)).Distinct(StringComparer.Ordinal).Count());
        uint uid = await AppendAsync("new");
        Assert.Equal(Text($"Arrived {uid} new"), await NextAsync());
        Assert.Equal(1, Proxy.Count("UID SEARCH"));
        await ExpungeAsync(uid, "INBOX");
        Assert.Equal(Text($"Expunged {uid}"), await NextAsync());
        await EndAsync();
        Assert.Equal(1, Proxy.Count("UID SEARCH"));
    }
}
