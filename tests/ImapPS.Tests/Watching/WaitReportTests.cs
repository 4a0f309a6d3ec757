namespace ImapPS.Tests.Watching;

/// <summary>What a person reads when what was expected is not there.</summary>
public sealed class WaitReportTests(MailServer mail) : WaitTest(mail)
{
    private static readonly DateTimeOffset _noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task One_criterion_is_not_met()
    {
        Connect();
        Succeed("$mark = Get-ImapFolder INBOX");
        await AppendAsync("Welcome", to: "Bob <bob@example.net>");
        await AppendAsync("Newsletter", to: "all@example.net");
        Assert.Equal(
            """
            No message in 'INBOX' matched: 2 arrived, 0 matched. Closest:
              - UID 1 'Welcome' — Subject is not like '*Confirm*'; To, After matched
              - UID 2 'Newsletter' — To does not contain 'bob@', but is 'all@example.net'; Subject is not like '*Confirm*'; After matched
            """,
            Report(Run("Wait-ImapMessage INBOX -After $mark -To bob@ -Subject '*Confirm*' -TimeoutSeconds 0"), "WaitTimeout"));
    }

    [Fact]
    public async Task The_closest_are_shown_and_not_the_newest()
    {
        Connect();
        Succeed("$mark = Get-ImapFolder INBOX");
        await AppendAsync("Confirm your address", to: "bob@example.net", body: "https://app.example/");
        for (int i = 1; i <= 5; i++) await AppendAsync(Text($"Digest {i}"), to: "list@example.net");
        string report = Report(Run("Wait-ImapMessage -After $mark -To bob@ -Subject Confirm -Link '*/confirm?token=*' -TimeoutSeconds 0"),
            "WaitTimeout");
        Assert.Equal(
            """
            No message in 'INBOX' matched: 6 arrived, 0 matched. Closest:
              - UID 1 'Confirm your address' — Link is not like '*/confirm?token=*', but is 'https://app.example/'; To, Subject, After matched
              - UID 6 'Digest 5' — To does not contain 'bob@', but is 'list@example.net'; Subject does not contain 'Confirm'; Link: it has none; After matched
              - UID 5 'Digest 4' — To does not contain 'bob@', but is 'list@example.net'; Subject does not contain 'Confirm'; Link: it has none; After matched
            """,
            report);
    }

    [Fact]
    public async Task Nothing_came_at_all()
    {
        await AppendAsync("Confirm your address");
        Connect();
        Assert.Equal(
            "No message in 'INBOX' matched within 1 second: 0 arrived, 0 matched.",
            Report(await RunAsync("$mark = Get-ImapFolder INBOX; Wait-ImapMessage -After $mark -Subject Confirm -TimeoutSeconds 1"),
                "WaitTimeout"));
    }

    [Fact]
    public async Task Fewer_came_than_were_waited_for()
    {
        await AppendAsync("Report 1", received: _noon);
        await AppendRawAsync("Subject: Report 2 ☃\r\nFrom: a@example.org\r\n\r\nx\r\n", received: _noon.AddMinutes(-1));
        Connect();
        Assert.Equal(
            "Only 1 of 2 messages in 'INBOX' matched: 2 messages, 1 matched. Closest: UID 2 'Report 2 ☃' — Since: "
                + "received at 2026-03-02 11:59:00 +00:00, which is before 2026-03-02 12:00:00 +00:00; Subject, Unread matched",
            Report(Run("Wait-ImapMessage -Subject Report -Since 2026-03-02T12:00:00Z -Unread -Count 2 -TimeoutSeconds 0"), "WaitTimeout"));
    }

    [Fact]
    public async Task One_is_there_that_must_not_be()
    {
        await AppendAsync("An error occurred", received: _noon);
        Connect();
        Assert.Equal(
            "Expected no message in 'INBOX', found 1: UID 1 'An error occurred', from 'alice@example.org', received "
                + "2026-03-02 12:00:00 +00:00",
            Report(Run("Assert-ImapMessage -Subject error -None"), "AssertionFailed"));
    }

    [Fact]
    public async Task Everything_that_can_be_unmet()
    {
        await AppendRawAsync("From: Alice <alice@example.org>\r\nTo: bob@example.net\r\nSubject: Hello =?us-ascii?Q?=1B[31mred?=\r\n"
            + "Date: Mon, 02 Mar 2026 10:00:00 +0000\r\nMessage-ID: <fixed@example.org>\r\n\r\nplain\r\n", received: _noon);
        Connect();
        Assert.Equal(
            "Expected at least 1 message in 'INBOX', found none: 1 message, 0 matched. Closest: UID 1 'Hello ␛[31mred' — "
            + "Cc does not contain 'x' or 'y'; Header List-Id is not like 'a*'; Body does not contain 'fancy'; "
                + "SentBefore: sent at 2026-03-02 10:00:00 +00:00, which is not before 2026-03-01 00:00:00 +00:00; "
            + "LargerThan: its size is 177; \\Flagged is not set; the keyword 'Work' is not set; it has no attachment; "
                + "MessageId is not 'a@b', but 'fixed@example.org'; Query does not match; Filter is false; Attachment: it has none; "
            + "From, Unread matched",
            Report(
                Run("Assert-ImapMessage -From alice -Cc x, y -Header @{ 'List-Id' = 'a*' } -Body fancy -SentBefore 2026-03-01T00:00:00Z "
                    + "-LargerThan 1MB -Unread -Flagged -Keyword Work -HasAttachment -MessageId a@b -Query 'ANSWERED' "
                    + "-Filter { $false } -Attachment *.zip"),
                "AssertionFailed"));
    }
}
