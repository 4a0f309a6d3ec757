using ImapPS.Sandbox;

namespace ImapPS.Tests.Reporting;

/// <summary>The page in a browser: it asks for nothing, and the browser has nothing to complain of.</summary>
public sealed class ReportBrowserTests(MailServer mail) : ReportTest(mail)
{
    [Theory]
    [InlineData(400, true)]
    [InlineData(1_400, false)]
    public async Task It_asks_for_nothing_and_nothing_is_wrong(int width, bool isDark)
    {
        ReportMailbox.Fill(User, DateTimeOffset.Now, count: 200);
        User.Deliver("INBOX", "From: \"<script>alert(1)</script><img src='https://example.org/x.png'>\"@example.org\r\n\r\nx\r\n");
        Connect();
        Report();
        string picture = Path.Combine(Directory, "page.png");
        BrowserVisit visit = await HeadlessBrowser.OpenAsync(FilePath, new BrowserView(width, 900, isDark), picture, Cancellation);
        Assert.Equal([], visit.Complaints);
        Assert.Equal([], visit.Requests);
        Assert.InRange(new FileInfo(picture).Length, 10_000, 1_000_000);
    }

    [Fact]
    public async Task A_page_that_does_otherwise_is_noticed()
    {
        const string Page = "<!DOCTYPE html><meta http-equiv='Content-Security-Policy' content=\"default-src 'none'\"><img src='x.png'>"
            + "<script>1</script>";
        await File.WriteAllTextAsync(FilePath, Page, Cancellation);
        BrowserVisit blocked = await HeadlessBrowser.OpenAsync(
            FilePath, new BrowserView(400, 400), Path.Combine(Directory, "page.png"), Cancellation);
        Assert.NotEmpty(blocked.Complaints);

        await File.WriteAllTextAsync(FilePath, "<!DOCTYPE html><img src='http://127.0.0.1:9/x.png'>", Cancellation);
        BrowserVisit asking = await HeadlessBrowser.OpenAsync(
            FilePath, new BrowserView(400, 400), Path.Combine(Directory, "page.png"), Cancellation);
        Assert.Contains(asking.Requests, request => request.EndsWith("x.png", StringComparison.Ordinal));
    }
}
