using ImapPS.Sandbox;

namespace ImapPS.Tests.Views;

public sealed class ViewTests(MailServer mail) : ModuleTest(mail)
{
    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void Tables_fit_and_read_well(int width)
    {
        User.Deliver("INBOX",
            Message("=?utf-8?B?8J+OiSBBIHBhcnR5?= with a subject that is far too long for any console, and goes on and on and on",
            "A very long name of a sender indeed <a@example.org>"), new MessageState(
            Flags: SystemFlags.Flagged, Received: new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero)));
        User.Deliver("Sent", Message("short"), new MessageState(Flags: SystemFlags.Seen | SystemFlags.Answered));
        using var engine = new PowerShellEngine(new EngineOptions { Width = width });
        var variables = new Dictionary<string, object?>(StringComparer.Ordinal) { ["proxyPort"] = Proxy.Port, ["credential"] = Credential };
        string[] session = Lines(
            engine.Format("Connect-Imap localhost -Port $proxyPort -Security None -AllowPlaintext -Credential $credential", variables));
        string[] folders = Lines(engine.Format("Get-ImapFolder"));
        string[] messages = Lines(engine.Format("Get-ImapMessage INBOX, Sent"));
        string[] summary = Lines(engine.Format("Get-ImapMessage INBOX | Remove-ImapMessage -Summary"));
        string[] events = Lines(
            engine.Format("$mark = Get-ImapFolder Drafts; Get-ImapMessage Sent | Copy-ImapMessage Drafts; "
            + "Watch-ImapFolder -After $mark -TimeoutSeconds 0"));
        engine.Invoke("Disconnect-Imap");

        Assert.All(session.Concat(folders).Concat(messages).Concat(summary).Concat(events), line =>
            Assert.True(line.Length <= width, line));
        Assert.Contains(session, line => line.Contains('*') && line.Contains("Open", StringComparison.Ordinal));
        Assert.Matches(@"^ *Messages +Unread +Size +Role +Path$", folders[0]);
        Assert.Contains(folders, line => System.Text.RegularExpressions.Regex.IsMatch(line, @"^ +1 +1 +\d+ B +INBOX$"));
        Assert.Contains("   Folder: INBOX", messages);
        Assert.Contains("   Folder: Sent", messages);
        Assert.Contains(messages, line =>
            System.Text.RegularExpressions.Regex.IsMatch(line, @"^ +1 u!--- +2026-03-0[123] \d\d:\d\d A very long name of.* 🎉 A party"));
        Assert.Contains(messages, line => System.Text.RegularExpressions.Regex.IsMatch(line, @"^ +1 --r-- .*short$"));
        Assert.Matches("^Command +Messages +Size +Oldest +Newest +Retries +Errors$", summary[0]);
        Assert.Matches(@"^Remove-ImapMessage +1 +\d+ B +2026-03-0[123] +2026-03-0[123] +0 +0$", summary[^1]);
        Assert.Matches("^Time +Kind +Folder +Uid Message$", events[0]);
        Assert.Matches(@"^\d\d:\d\d:\d\d Arrived +Drafts +1 .*: short$", events[^1]);
    }

    private static string[] Lines(string text) => [.. text.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];
}
