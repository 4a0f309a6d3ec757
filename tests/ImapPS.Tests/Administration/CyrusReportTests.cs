using ImapPS.Sandbox;
using ImapPS.Tests.Reporting;

namespace ImapPS.Tests.Administration;

/// <summary>A report of a mailbox on Cyrus is that of the same mailbox on Dovecot.</summary>
public sealed class CyrusReportTests(MailServer mail, CyrusFixture cyrus) : CyrusTest(mail, cyrus)
{
    private static readonly string[] _sections = ["senders", "types", "growth", "unread"];

    [Fact]
    public async Task A_report_of_Cyrus_tells_what_one_of_Dovecot_tells()
    {
        User.DeliverMany("INBOX", 30, number => new SeedMessage(
            new MailText
            {
                From = $"sender{number % 4}@example.org",
                Attachments = number % 5 == 0 ? [new("a.pdf", "application/pdf", new byte[500 + number])] : [],
            }.ToString(),
            new MessageState(
                new DateTimeOffset(2026, 1 + (number % 9), 5, 12, 0, 0, TimeSpan.Zero),
                number % 2 == 0 ? SystemFlags.Seen : SystemFlags.None)));
        await ConnectCyrusAsync();
        ConnectDovecot();
        Succeed("Get-ImapMessage INBOX -Session $dovecot | Copy-ImapMessage INBOX -ToSession $user");
        string limited = "Set-ImapQuota ('user/' + $user.UserName) -Limit 1GB -Session $admin";
        Succeed(limited);

        ReadPage here = Report("dovecot"), there = Report("user");
        Assert.Equal("30", there.Figure("Messages"));
        foreach (string section in _sections)
        {
            Assert.NotEmpty(there.Rows(section));
            Assert.Equal(here.Rows(section), there.Rows(section));
            Assert.Equal(here.Summary(section), there.Summary(section));
        }

        Assert.Contains(there.Rows("quota"), row => row.Contains("STORAGE", StringComparison.Ordinal));
    }

    private ReadPage Report(string session)
    {
        string path = Path.Combine(Path.GetTempPath(), $"imapps-report-{Guid.NewGuid():N}.html");
        try
        {
            Assert.Empty(Succeed($"Export-ImapReport $path -Session ${session}", ("path", path)));
            return ReadPage.Of(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
