using System.Globalization;
using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Search;

public sealed class CriteriaTests(MailServer mail) : ModuleTest(mail)
{
    private static readonly DateTimeOffset _noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("-Subject invoice", "Invoice 17, INVOICE 18, =?utf-8?Q?Invoice_=E2=82=AC_19?=", "Receipt")]
    [InlineData("-Subject 'Invoice *'", "Invoice 17, INVOICE 18, =?utf-8?Q?Invoice_=E2=82=AC_19?=", "My Invoice 20, Invoices")]
    [InlineData("-Subject '* € *'", "=?utf-8?Q?Invoice_=E2=82=AC_19?=", "Invoice 19")]
    [InlineData("-Subject Zürich", "=?iso-8859-1?Q?Z=FCrich?=", "Zurich")]
    [InlineData("-Subject 'ZÜRICH*'", "=?iso-8859-1?Q?Z=FCrich?=", "Zurich")]
    [InlineData("-Subject '[urgent]*'", "[urgent] read this", "urgent read this, u")]
    [InlineData("-Subject '[CRITICAL]'", "[CRITICAL] disk full, Re: [critical] disk full", "CRITICAL, C")]
    [InlineData("-Subject '[CRITICAL]*'", "[CRITICAL] disk full, [critical]", "Critical mass, Re: [CRITICAL] disk full")]
    [InlineData("-Subject '*[ticket #1]*'", "Re: [ticket #1] lunch?", "ticket #1, t")]
    [InlineData("-Subject '[list] Re: [ticket #1] lunch?'", "[list] Re: [ticket #1] lunch?, Fwd: [list] Re: [ticket #1] lunch?",
        "[list] Re: [ticket #1] lunches")]
    [InlineData("-Subject 'lunch?'", "Re: lunch?, lunch? yes", "lunch, lunches")]
    [InlineData("-Subject '*lunch?'", "Re: lunch?, packed lunchs, lunchy", "lunch, lunch and tea")]
    [InlineData("-Subject '*lunch`?'", "Re: lunch?", "packed lunchs, lunch")]
    [InlineData("-Subject '[a-z]'", "range [a-z], [A-Z] range", "a, -")]
    [InlineData("-Subject '5 `* stars'", "5 * stars, only 5 * stars", "5 stars")]
    [InlineData("-Subject '*`ls` n*'", "run `ls` now", "run ls now")]
    [InlineData("-Subject '`ls`'", "run `ls` now", "run ls now")]
    [InlineData("-Subject '``[x`]'", "a `[x] b", "a [x] b")]
    [InlineData("-Subject 'a b*', '*x y'", "a b c, x x y", "ab, xy")]
    [InlineData("-Subject '*'", "anything, at all", "")]
    [InlineData("-Subject '?'", "what?", "x, xy")]
    [InlineData("-Subject '?*'", "x, xy", "")]
    [InlineData("-Subject '*🎉*'", "=?utf-8?B?8J+OiSBwYXJ0eQ==?=", "party")]
    public void By_subject(string criteria, string matching, string others)
    {
        string[] expected = matching.Split(", ", StringSplitOptions.RemoveEmptyEntries);
        foreach (string subject in expected.Concat(others.Split(", ", StringSplitOptions.RemoveEmptyEntries)))
        {
            User.Deliver("INBOX", Message(subject));
        }

        Connect();
        Assert.Equal(Enumerable.Range(1, expected.Length), Uids($"Get-ImapMessage {criteria}"));
    }

    [Theory]
    [InlineData("-From billing@", true)]
    [InlineData("-From 'Billing Department'", true)]
    [InlineData("-From '*@example.org'", true)]
    [InlineData("-From 'Billing*'", true)]
    [InlineData("-From 'Billing Department <billing@example.org>'", true)]
    [InlineData("-From 'Billing * <*>'", true)]
    [InlineData("-From '*@example.com', '*@example.org'", true)]
    [InlineData("-From example.com, billing", true)]
    [InlineData("-From '*@example.com'", false)]
    [InlineData("-From billing -To carol", false)]
    [InlineData("-From billing -To dave", true)]
    [InlineData("-To '*@example.net'", true)]
    [InlineData("-To 'Dave'", true)]
    public void By_address(string criteria, bool matches)
    {
        User.Deliver("INBOX",
            Message("x", "\"Billing Department\" <billing@example.org>", "Bob <bob@example.com>, Dave <dave@example.net>"));
        Connect();
        Assert.Equal(matches ? 1 : 0, Succeed($"Get-ImapMessage {criteria}").Count);
    }

    [Theory]
    [InlineData("-Read", "seen, both")]
    [InlineData("-Unread", "none, flagged")]
    [InlineData("-Flagged", "flagged, both")]
    [InlineData("-Unflagged", "none, seen")]
    [InlineData("-Unread -Flagged", "flagged")]
    public void By_flag(string criteria, string expected)
    {
        User.Deliver("INBOX", Message("none"));
        User.Deliver("INBOX", Message("seen"), new MessageState(Flags: SystemFlags.Seen));
        User.Deliver("INBOX", Message("flagged"), new MessageState(Flags: SystemFlags.Flagged));
        User.Deliver("INBOX", Message("both"), new MessageState(Flags: SystemFlags.Seen | SystemFlags.Flagged));
        Connect();
        Assert.Equal(expected.Split(", ").Order(StringComparer.Ordinal), Subjects(Succeed($"Get-ImapMessage {criteria}"))
            .Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(-14)]
    [InlineData(-8)]
    [InlineData(0)]
    [InlineData(5.5)]
    [InlineData(13)]
    public void Dates_are_exact_whatever_the_caller_s_offset(double hours)
    {
        foreach (int second in new[] { -1, 0, 1 })
        {
            User.Deliver("INBOX", Message(Text($"{second}")), new MessageState(Received: _noon.AddSeconds(second)));
        }

        Connect();
        string at = $"([DateTimeOffset]'{_noon.ToOffset(TimeSpan.FromHours(hours)).ToString("o", CultureInfo.InvariantCulture)}')";
        Assert.Equal(["0", "1"], Subjects(Succeed($"Get-ImapMessage -Since {at}")).Order(StringComparer.Ordinal));
        Assert.Equal(["-1"], Subjects(Succeed($"Get-ImapMessage -Before {at}")));
        Assert.Equal(["0"], Subjects(Succeed($"Get-ImapMessage -Since {at} -Before {at}.AddSeconds(1)")));
    }

    [Fact]
    public void The_server_gets_days_that_hold_the_instant_in_any_time_zone()
    {
        Connect();
        Succeed("Get-ImapMessage -Since '2026-03-02T12:00:00Z' -Before '2026-03-02T13:00:00Z'");
        string search = Proxy.Commands.Single(command => command.Verb == "UID SEARCH").Line;
        Assert.Contains("SINCE 1-Mar-2026", search, StringComparison.Ordinal);
        Assert.Contains("BEFORE 4-Mar-2026", search, StringComparison.Ordinal);
    }

    [Fact]
    public async Task INTERNALDATE_keeps_its_own_time_zone_on_the_server_and_still_compares()
    {
        // 23:59:59 -0800 on the first is the second in UTC; a server's SINCE takes it for the first.
        await using (RawImapClient client = await User.ConnectAsync(Cancellation))
        {
            await client.AppendAsync("INBOX", System.Text.Encoding.ASCII.GetBytes(Message("late")),
                received: new DateTimeOffset(2026, 3, 1, 23, 59, 59, TimeSpan.FromHours(-8)), cancellationToken: Cancellation);
        }

        Connect();
        Assert.Single(Succeed("Get-ImapMessage -Since '2026-03-02T07:59:59Z' -Before '2026-03-02T08:00:00Z'"));
        Assert.Empty(Succeed("Get-ImapMessage -Since '2026-03-02T08:00:00Z'"));
        Assert.Empty(Succeed("Get-ImapMessage -Before '2026-03-02T07:59:59Z'"));
    }

    [Fact]
    public void Older_and_newer()
    {
        User.Deliver("INBOX", Message("old"), new MessageState(Received: DateTimeOffset.UtcNow.AddDays(-91)));
        User.Deliver("INBOX", Message("new"), new MessageState(Received: DateTimeOffset.UtcNow.AddDays(-89)));
        Connect();
        Assert.Equal(["old"], Subjects(Succeed("Get-ImapMessage -OlderThan 90.00:00:00")));
        Assert.Equal(["new"], Subjects(Succeed("Get-ImapMessage -NewerThan 90.00:00:00")));
        Assert.Empty(Succeed("Get-ImapMessage -OlderThan 90.00:00:00 -NewerThan 90.00:00:00"));
        Assert.Equal(2, Succeed(
            "Get-ImapMessage -NewerThan ([TimeSpan]::MaxValue) -Before ([DateTimeOffset]::MaxValue) -Since "
            + "([DateTimeOffset]::MinValue)").Count);
    }

    [Theory]
    [InlineData("-Read -Unread")]
    [InlineData("-Flagged -Unflagged")]
    [InlineData("-Subject \"a`r`nA1 DELETE INBOX\"")]
    [InlineData("-From \"a`0b\"")]
    public void Criteria_that_cannot_be_meant(string criteria)
    {
        Connect();
        Assert.Equal(ErrorCategory.InvalidArgument, AssertError(Run($"Get-ImapMessage {criteria}"), "FilterInvalid").CategoryInfo.Category);
        Assert.Equal(0, Proxy.Count("DELETE"));
    }

    [Fact]
    public void The_server_narrows_by_the_longest_literal_piece()
    {
        User.DeliverMany("INBOX", 50, i => new SeedMessage(Message(i == 7 ? "the weekly report of March" : "nothing")));
        Connect();
        Assert.Single(Succeed("Get-ImapMessage -Subject '*weekly rep*'"));

        // The first search of a session finds out whether texts are found by a piece at all.
        Assert.Contains("weekly", Proxy.Commands.Last(command => command.Verb == "UID SEARCH").Line, StringComparison.Ordinal);
        Assert.Equal(1, Proxy.Commands.Count(command => command.Verb == "UID FETCH"));
        Assert.Contains(" 8 ", Proxy.Commands.Single(command => command.Verb == "UID FETCH").Line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_searches_in_ASCII_only_gets_a_wider_search()
    {
        User.Deliver("INBOX", Message("=?utf-8?Q?Z=C3=BCrich?="));
        User.Deliver("INBOX", Message("Zurich"));
        Connect();
        Proxy.On(
            command => command.Verb == "UID SEARCH" && command.Line.Contains("CHARSET", StringComparison.Ordinal),
            ProxyAction.Reply("{tag} NO [BADCHARSET (US-ASCII)] ASCII only"),
            times: int.MaxValue);
        for (int i = 0; i < 2; i++) Assert.Equal(["Zürich"], Subjects(Succeed("Get-ImapMessage -Subject Zürich")));
    }

    [Fact]
    public void Turkish_callers_find_the_same_mail()
    {
        User.Deliver("INBOX", Message("INVOICE"));
        using var engine = new PowerShellEngine(new EngineOptions { Culture = new CultureInfo("tr-TR") });
        EngineResult result = engine.Invoke(
            "$null = Connect-Imap localhost -Port $port -Security None -AllowPlaintext -Credential $credential; "
                + "Get-ImapMessage inbox -Subject 'invo*'; Get-ImapFolder inbo*; Disconnect-Imap",
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["port"] = Dovecot.Port, ["credential"] = Credential });
        Assert.Empty(result.AllErrors);
        Assert.Equal(2, result.Output.Count);
    }

    private IEnumerable<int> Uids(string script) => Succeed(script).Select(message => Property<int>(message, "Uid"));
}
