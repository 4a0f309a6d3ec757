namespace ImapPS.Tests.Watching;

/// <summary>How many there are, and which are the closest.</summary>
public sealed class NumberReportTests(MailServer mail) : WaitTest(mail)
{
    [Theory]
    [InlineData("-Count 3", "exactly 3 messages")]
    [InlineData("-AtMost 3", "at most 3 messages")]
    [InlineData("-None", "no message")]
    public void The_true_number_is_told_when_the_server_knows_it(string expectation, string words)
    {
        User.DeliverMany("INBOX", 42, i => new Sandbox.SeedMessage(Message(Text($"hello {i + 1}"))));
        Connect();
        string report = Report(Run($"Assert-ImapMessage -Subject hello {expectation}"), "AssertionFailed");
        Assert.StartsWith($"Expected {words} in 'INBOX', found 42:\n  - UID 1 'hello 1'", report, StringComparison.Ordinal);
        Assert.EndsWith("\n  - … and 39 more", report, StringComparison.Ordinal);
        Assert.Equal(1, Proxy.Count("UID FETCH"));
    }

    [Theory]
    [InlineData("-Count 1", "-Subject 'hello*'")]
    [InlineData("-None", "-Subject 'hello*'")]
    [InlineData("-AtMost 2", "-Filter { $_.Subject -match '^hello' }")]
    public void A_number_that_is_not_known_is_at_least(string expectation, string criteria)
    {
        User.DeliverMany("INBOX", 42, i => new Sandbox.SeedMessage(Message(Text($"hello {i + 1}"))));
        Connect();
        string report = Report(Run($"Assert-ImapMessage {criteria} {expectation}"), "AssertionFailed");
        Assert.Contains(", found at least 20:\n  - UID 1 'hello 1'", report, StringComparison.Ordinal);
        Assert.EndsWith("\n  - … and more", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Subject 'hello*' -Count 3", 12, 9)]
    [InlineData("-Filter { $_.Subject -match '^hello' } -None", 12, 9)]
    [InlineData("-Subject 'hello*' -None", 3, 0)]
    [InlineData("-Subject hello -AtMost 3", 4, 1)]
    public void All_that_were_compared_are_counted(string expectation, int messages, int left)
    {
        User.DeliverMany("INBOX", messages, i => new Sandbox.SeedMessage(Message(Text($"hello {i + 1}"))));
        Connect();
        string report = Report(Run($"Assert-ImapMessage {expectation}"), "AssertionFailed");
        Assert.Contains(Text($"found {messages}:\n"), report, StringComparison.Ordinal);
        Assert.Equal(left > 0, report.EndsWith(Text($"\n  - … and {left} more"), StringComparison.Ordinal));
        Assert.Equal(3, report.Split("- UID").Length - 1);
    }

    [Theory]
    [InlineData("-Subject 'Confrim your adress'")]
    [InlineData("-Subject '*Confirm*(code *)*'")]
    [InlineData("-From alicia@")]
    [InlineData("-To list -Subject 'Please confirm your adress'")]
    public async Task Those_that_are_most_like_come_first(string criteria)
    {
        await AppendAsync("Please confirm your address", to: "list@example.net");
        for (int i = 1; i <= 4; i++)
        {
            await AppendRawAsync(Text($"From: carl@example.org\r\nTo: list@example.net\r\nSubject: Digest {i}\r\n\r\nx\r\n"));
        }

        Connect();
        string report = Report(Run($"Wait-ImapMessage {criteria} -TimeoutSeconds 0"), "WaitTimeout");
        Assert.Contains(" Closest:\n  - UID 1 'Please confirm your address'", report, StringComparison.Ordinal);
        Assert.Contains("\n  - UID 5 'Digest 4'", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_only_the_content_tells_counts_too()
    {
        await AppendAsync("one", body: "https://app.example/confirm/1");
        await AppendAsync("two", body: "https://other.org/");
        Connect();
        Assert.Contains(" Closest:\n  - UID 1 'one'",
            Report(Run("Wait-ImapMessage -Link 'https://app.example/confirm=*' -TimeoutSeconds 0"),
            "WaitTimeout"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Subject Invoice")]
    [InlineData("-Flagged")]
    [InlineData("-Link *.pdf")]
    public async Task Where_nothing_tells_them_apart_they_are_the_last(string criteria)
    {
        for (int i = 1; i <= 4; i++) await AppendAsync(Text($"Digest {i}"));
        Connect();
        string report = Report(Run($"Wait-ImapMessage {criteria} -TimeoutSeconds 0"), "WaitTimeout");
        Assert.Contains(" Last messages:\n  - UID 4 'Digest 4'", report, StringComparison.Ordinal);
        Assert.DoesNotContain("Closest", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strangers_texts_take_no_time()
    {
        for (int i = 0; i < 20; i++)
        {
            string senders = string.Join(", ", Enumerable.Range(0, 200).Select(n => Text($"n{n}@example.org")));
            await AppendRawAsync($"From: {senders}\r\nSubject: {new string('x', 900)}\r\n\r\nx\r\n");
        }

        Connect();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Report(Run("Wait-ImapMessage -From (1..50 | ForEach-Object { \"somebody-$_@example.net\" }) -Subject ('y' "
            + "* 500) -TimeoutSeconds 0"), "WaitTimeout");
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }
}
