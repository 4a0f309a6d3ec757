using System.Globalization;
using System.Management.Automation;
using System.Text;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Search;

/// <summary>Every search key of RFC 9051, 6.4.4 and of the extensions, each with a message that matches and one that does not.</summary>
public sealed class SearchKeyTests(MailServer mail) : ModuleTest(mail)
{
    private const string Date = "Mon, 02 Mar 2026 10:00:00 +0000";

    /// <summary>
    /// The key; the parameters; what the one that matches has, and what the other has instead: header lines, a body, or a state.
    /// </summary>
    public static TheoryData<string, string, string, string> Keys => new()
    {
        { "sequence set", "-Query '1'", "", "" },
        { "sequence set, newest", "-Query '1' -Newest 1", "", "" },
        { "ALL", "-Query 'ALL' -First 1", "", "" },
        { "ANSWERED", "-Answered", "state:Answered", "" },
        { "BCC", "-Bcc carol@", "Bcc: carol@example.org", "Cc: carol@example.org" },
        { "BCC, wildcard", "-Bcc 'carol@*'", "Bcc: Carol <carol@example.org>", "Bcc: me <notcarol@example.org>" },
        { "BEFORE", "-Before 2026-03-02T12:00:00Z", "received:2026-03-02T11:59:59Z", "received:2026-03-02T12:00:00Z" },
        { "BODY", "-Body 'needle in'", "body:a needle in a haystack", "Subject: a needle in a haystack" },
        { "BODY, in base64", "-Body needle", "Content-Transfer-Encoding: base64\nbody:YSBuZWVkbGUgaGVyZQ==", "body:YSBuZWVkbGUgaGVyZQ==" },
        { "BODY, non-ASCII", "-Body Grüße",
            "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\nbody:Gr=FC=DFe", "body:Gruesse" },
        { "CC", "-Cc carol@", "Cc: carol@example.org", "Bcc: carol@example.org" },
        { "CC, wildcard", "-Cc 'Carol*'", "Cc: \"Carol, C.\" <c@example.org>", "Cc: Dave <dave@carol.example>" },
        { "DELETED", "-Deleted", "state:Deleted", "" },
        { "DRAFT", "-Draft", "state:Draft", "" },
        { "FLAGGED", "-Flagged", "state:Flagged", "" },
        { "FROM", "-From dave@", "From: dave@example.org", "To: dave@example.org" },
        { "HEADER", "-Header @{ 'X-Queue' = 'slow' }", "X-Queue: very slow one", "X-Queue: fast" },
        { "HEADER, there at all", "-Header @{ 'X-Queue' = '' }", "X-Queue: ", "X-Other: 1" },
        { "HEADER, wildcard", "-Header @{ 'X-Queue' = 'slow*' }", "X-Queue: Slow one", "X-Queue: very slow" },
        { "HEADER, two of them", "-Header @{ 'X-Queue' = 'slow', 'fast'; 'X-Host' = $true }", "X-Queue: fast\nX-Host: a", "X-Queue: fast" },
        { "KEYWORD", "-Keyword '$Work'", "keyword:$Work", "keyword:$Home" },
        { "LARGER", "-LargerThan 5KB", "size:6000", "size:4000" },
        { "NOT", "-Query 'NOT SUBJECT spam'", "Subject: ham", "Subject: spam" },
        { "ON", "-Query 'ON 2-Mar-2026'", "received:2026-03-02T11:59:59Z", "received:2026-03-04T12:00:00Z" },
        { "OR", "-From a@, b@", "From: b@example.org", "From: c@example.org" },
        { "OR, in IMAP's words", "-Query 'OR FROM a@ FROM b@'", "From: b@example.org", "From: c@example.org" },
        { "SEEN", "-Read", "state:Seen", "" },
        { "SENTBEFORE", "-SentBefore 2026-03-02T10:00:01Z", "", "Date: Mon, 02 Mar 2026 10:00:01 +0000" },
        { "SENTON", "-SentSince 2026-03-02Z -SentBefore 2026-03-03Z", "", "Date: Tue, 03 Mar 2026 00:00:00 +0000" },
        { "SENTSINCE", "-SentSince 2026-03-02T10:00:00Z", "", "Date: Mon, 02 Mar 2026 10:59:59 +0100" },
        { "SENTSINCE, no Date", "-SentSince 1900-01-01Z", "", "Date: none of your business" },
        { "SINCE", "-Since 2026-03-02T12:00:00Z", "received:2026-03-02T12:00:00Z", "received:2026-03-02T11:59:59Z" },
        { "SMALLER", "-SmallerThan 5KB", "size:4000", "size:6000" },
        { "SUBJECT", "-Subject 'two words'", "Subject: my two words", "Subject: my two other words" },
        { "TEXT", "-Text haystack", "X-Anything: haystack", "X-Anything: hay" },
        { "TO", "-To erin@", "To: erin@example.org", "Cc: erin@example.org" },
        { "UID", "-Uid 1", "", "" },
        { "UNANSWERED", "-Unanswered", "", "state:Answered" },
        { "UNDELETED", "-Undeleted", "", "state:Deleted" },
        { "UNDRAFT", "-Undraft", "", "state:Draft" },
        { "UNFLAGGED", "-Unflagged", "", "state:Flagged" },
        { "UNKEYWORD", "-NotKeyword '$Work', '$Home'", "keyword:$Other", "keyword:$Home" },
        { "UNSEEN", "-Unread", "", "state:Seen" },
        { "OLDER (RFC 5032)", "-OlderThan 1.00:00:00", "received:-25h", "received:-23h" },
        { "YOUNGER (RFC 5032)", "-NewerThan 1.00:00:00", "received:-23h", "received:-25h" },
        { "Message-ID", "-MessageId '<one@example.org>'", "Message-ID: <one@example.org>", "Message-ID: <one@example.org.uk>" },
        { "attachments", "-HasAttachment",
            "Content-Type: multipart/mixed; boundary=b\nbody:--b\n\ntext\n--b\nContent-Disposition: attachment; "
            + "filename=a.txt\n\nx\n--b--", "" },
        { "no attachments", "-NoAttachment", "",
            "Content-Type: multipart/mixed; boundary=b\nbody:--b\n\ntext\n--b\nContent-Disposition: attachment; "
            + "filename=a.txt\n\nx\n--b--" },
        { "all at once", "-Unread -Subject '*words*' -LargerThan 100 -Keyword a, b -Since 2026-03-01Z -To bob@",
            "Subject: few words\nkeyword:b\nreceived:2026-03-02T00:00:00Z",
            "Subject: few words\nkeyword:c\nreceived:2026-03-02T00:00:00Z" },
    };

    [Theory]
    [MemberData(nameof(Keys))]
    public void Finds_the_one_and_not_the_other(string key, string parameters, string matching, string other)
    {
        (byte[] raw, MessageState state) = Parse(matching);
        User.Deliver("INBOX", raw, state);
        (raw, state) = Parse(other);
        User.Deliver("INBOX", raw, state);
        Connect();
        Assert.True(Succeed($"Get-ImapMessage {parameters}") is [var one] && Property<uint>(one, "Uid") == 1, key);
        AssertNothingChanged();
    }

    [Fact]
    public async Task MODSEQ_RFC_7162()
    {
        for (int i = 0; i < 3; i++) User.Deliver("INBOX", Message("x"));
        Connect();
        object mark = Property<object>(Succeed("Get-ImapFolder INBOX").Single(), "HighestModSeq");
        Assert.Empty(Succeed("Get-ImapMessage -ModifiedSince $mark", ("mark", mark)));
        await OtherClientAsync("SELECT INBOX", "UID STORE 2 +FLAGS (\\Answered)");
        PSObject changed = Assert.Single(Succeed("Get-ImapMessage -ModifiedSince $mark", ("mark", mark)));
        Assert.Equal(2u, Property<uint>(changed, "Uid"));
        Assert.True(Property<ulong>(changed, "ModSeq") > Convert.ToUInt64(mark, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task SAVEDBEFORE_SAVEDON_SAVEDSINCE_RFC_8514()
    {
        User.Deliver("INBOX", Message("old"), new MessageState(Received: DateTimeOffset.UtcNow.AddDays(-50)));
        Connect();
        DateTimeOffset before = DateTimeOffset.UtcNow.AddSeconds(-2);
        User.CreateFolder("Other");
        await OtherClientAsync("SELECT INBOX", "UID COPY 1 Other");
        Assert.Single(Succeed("Get-ImapMessage Other -SavedSince $at", ("at", before)));
        Assert.Empty(Succeed("Get-ImapMessage Other -SavedBefore $at", ("at", before)));
        Assert.Empty(Succeed("Get-ImapMessage Other -SavedSince $at", ("at", before.AddDays(2))));
        Assert.Single(Succeed("Get-ImapMessage Other -SavedBefore $at", ("at", before.AddDays(2))));
    }

    [Theory]
    [InlineData("-SavedSince 2026-01-01", "SAVEDATE")]
    [InlineData("-ModifiedSince 5", "CONDSTORE")]
    [InlineData("-EmailId M1", "OBJECTID")]
    [InlineData("-ThreadId T1", "OBJECTID")]
    [InlineData("-GmailQuery has:attachment", "X-GM-EXT-1")]
    [InlineData("-GmailLabel Work", "X-GM-EXT-1")]
    public void What_the_server_lacks_and_the_module_cannot_know(string parameters, string capability)
    {
        Proxy.HideCapability(capability, "QRESYNC");
        Connect();
        Assert.Equal(ErrorCategory.NotImplemented,
            AssertError(Run($"Get-ImapMessage {parameters}"), "NotSupportedByServer").CategoryInfo.Category);
        Assert.Equal(0, Proxy.Count("UID SEARCH"));
    }

    [Fact]
    public void Ages_are_compared_here_where_the_server_has_no_WITHIN()
    {
        User.Deliver("INBOX", Message("old"), new MessageState(Received: DateTimeOffset.UtcNow.AddDays(-91)));
        User.Deliver("INBOX", Message("new"), new MessageState(Received: DateTimeOffset.UtcNow.AddDays(-89)));
        Proxy.HideCapability("WITHIN");
        Connect();
        Assert.Equal(["old"], Subjects(Succeed("Get-ImapMessage -OlderThan 90.00:00:00")));
        Assert.Equal(["new"], Subjects(Succeed("Get-ImapMessage -NewerThan 90.00:00:00")));
        Assert.DoesNotContain(Proxy.Commands, command => command.Line.Contains("OLDER", StringComparison.Ordinal)
            || command.Line.Contains("YOUNGER", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("-EmailId M1, M2", "UID SEARCH RETURN (ALL) OR EMAILID M1 EMAILID M2")]
    [InlineData("-ThreadId T-1_x", "UID SEARCH RETURN (ALL) THREADID T-1_x")]
    public void EMAILID_and_THREADID_RFC_8474(string parameters, string sent)
    {
        Proxy.ShowCapability("OBJECTID");
        Connect();
        Proxy.On("UID SEARCH", ProxyAction.Reply("* ESEARCH (TAG \"{tag}\") UID ALL 7\r\n{tag} OK done"));
        Proxy.On("UID FETCH", Fetched("EMAILID (M1) THREADID (T-1_x)"));
        PSObject message = Assert.Single(Succeed($"Get-ImapMessage {parameters}"));
        Assert.Equal(("M1", "T-1_x"), (Property<string>(message, "EmailId"), Property<string>(message, "ThreadId")));
        Assert.EndsWith(sent, Proxy.Commands.Single(command => command.Verb == "UID SEARCH").Line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-GmailQuery 'has:attachment \"two words\"'", "X-GM-RAW \"has:attachment \\\"two words\\\"\"")]
    [InlineData("-GmailLabel Work", "X-GM-LABELS Work")]
    [InlineData("-EmailId 1278455344230334865", "X-GM-MSGID 1278455344230334865")]
    [InlineData("-ThreadId 1266894439832287888", "X-GM-THRID 1266894439832287888")]
    public void Gmail_X_GM_EXT_1(string parameters, string sent)
    {
        Proxy.ShowCapability("X-GM-EXT-1");
        Connect();
        Proxy.On("UID SEARCH", ProxyAction.Reply("* ESEARCH (TAG \"{tag}\") UID ALL 7\r\n{tag} OK done"));
        Proxy.On("UID FETCH",
            Fetched("X-GM-MSGID 1278455344230334865 X-GM-THRID 1266894439832287888 X-GM-LABELS (Work \"\\\\Important\")"));
        PSObject message = Assert.Single(Succeed($"Get-ImapMessage {parameters}"));
        Assert.Equal("1278455344230334865", Property<string>(message, "EmailId"));
        Assert.EndsWith(sent, Proxy.Commands.Single(command => command.Verb == "UID SEARCH").Line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FOO BAR")]
    [InlineData("SINCE tomorrow")]
    public void Words_that_the_server_cannot_read_are_the_caller_s_mistake(string query)
    {
        User.Deliver("INBOX", Message("one"));
        Connect();
        AssertError(Run($"Get-ImapMessage -Query '{query}'"), "ArgumentInvalid");
        Assert.Equal("Open", Property<string>(Assert.Single(Succeed("Get-ImapSession | Where-Object IsDefault")), "State"));
        Assert.Single(Succeed("Get-ImapMessage"));
        Assert.Equal(0, Proxy.Count("LOGIN") + Proxy.Count("AUTHENTICATE"));
    }

    [Theory]
    [InlineData("X-GM-EXT-1")]
    [InlineData("SEARCH=FUZZY")]
    public void A_server_that_searches_by_words_gets_no_text_to_narrow_by(string capability)
    {
        User.Deliver("INBOX", Message("weekly report"));
        Proxy.ShowCapability(capability);
        Connect();
        Proxy.On("UID FETCH", Fetched("X-GM-MSGID 1 X-GM-THRID 1 X-GM-LABELS ()"), times: int.MaxValue);
        foreach (string parameters in new[] { "-Subject '*eekl*'", "-Filter { $_.Subject -like '*eekl*' }" })
        {
            Proxy.Clear();
            Run($"Get-ImapMessage {parameters}");
            Assert.EndsWith(" ALL", Proxy.Commands.Single(command => command.Verb == "UID SEARCH").Line, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("-Query \"ALL`r`nA1 DELETE INBOX\"")]
    [InlineData("-Query \"ALL`0\"")]
    [InlineData("-Query 'SUBJECT {3}'")]
    [InlineData("-Query 'SUBJECT {3+}'")]
    [InlineData("-Query '(SEEN'")]
    [InlineData("-Query 'SEEN)'")]
    [InlineData("-Query 'SUBJECT \"a'")]
    [InlineData("-Query 'SUBJECT \"a\\b\"'")]
    [InlineData("-Query 'SUBJECT ü'")]
    [InlineData("-Query 'RETURN (COUNT) ALL'")]
    [InlineData("-Keyword '\\Seen'")]
    [InlineData("-Keyword 'two words'")]
    [InlineData("-NotKeyword 'a)'")]
    [InlineData("-Header @{ \"X`r`nY\" = 'a' }")]
    [InlineData("-Header @{ 'X Y' = 'a' }")]
    [InlineData("-Header @{ '' = 'a' }")]
    [InlineData("-Header @{ 'X' = \"a`nb\" }")]
    [InlineData("-Headers 'X)'")]
    [InlineData("-Body \"a`r`nb\"")]
    [InlineData("-Answered -Unanswered")]
    [InlineData("-Draft -Undraft")]
    [InlineData("-Deleted -Undeleted")]
    [InlineData("-HasAttachment -NoAttachment")]
    public void What_cannot_be_sent_is_refused(string parameters)
    {
        Connect();
        AssertError(Run($"Get-ImapMessage {parameters}"), "FilterInvalid");
        Assert.Equal(0, Proxy.Count("DELETE") + Proxy.Count("UID SEARCH"));
        Assert.Empty(Succeed("Get-ImapMessage"));
    }

    [Fact]
    public void A_percent_sign_and_quotes_go_through_as_they_are()
    {
        User.Deliver("INBOX", Message("100%s \"sure\""));
        Connect();
        Assert.Single(Succeed("Get-ImapMessage -Query 'SUBJECT \"100%s \\\"sure\\\"\"'"));
        Assert.Single(Succeed("Get-ImapMessage -Subject '100%s \"sure\"'"));
    }

    [Fact]
    public void IMAP_s_words_and_other_criteria_must_both_hold()
    {
        User.Deliver("INBOX", Message("a"), new MessageState(Flags: SystemFlags.Seen));
        User.Deliver("INBOX", Message("a"));
        User.Deliver("INBOX", Message("b"));
        Connect();
        Assert.Equal(2u, Property<uint>(Assert.Single(Succeed("Get-ImapMessage -Query 'SUBJECT a' -Unread")), "Uid"));
        Assert.Equal(2u, Property<uint>(Assert.Single(Succeed("Get-ImapMessage -Query 'SUBJECT a' -Uid 2, 3")), "Uid"));
        Assert.Empty(Succeed("Get-ImapMessage -Query 'SUBJECT c' -Unread"));
    }

    [Fact]
    public void Bodies_cannot_be_compared_here_where_the_server_searches_in_ASCII_only()
    {
        User.Deliver("INBOX", Message("x"));
        Connect();
        Proxy.On(
            command => command.Verb == "UID SEARCH" && command.Line.Contains("CHARSET", StringComparison.Ordinal),
            ProxyAction.Reply("{tag} NO [BADCHARSET (US-ASCII)] ASCII only"),
            times: int.MaxValue);
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(ErrorCategory.InvalidArgument,
                AssertError(Run("Get-ImapMessage -Body Grüße"), "SearchCharsetUnsupported").CategoryInfo.Category);
        }

        Assert.Single(Succeed("Get-ImapMessage -Body Hello"));
    }

    [Theory]
    [InlineData("Pacific/Auckland")]
    [InlineData("Pacific/Honolulu")]
    public async Task A_message_of_23_59_59_minus_0800_falls_on_the_right_side(string zone)
    {
        var received = new DateTimeOffset(2026, 3, 1, 23, 59, 59, TimeSpan.FromHours(-8));
        await using (RawImapClient client = await User.ConnectAsync(Cancellation))
        {
            await client.AppendAsync("INBOX", Encoding.ASCII.GetBytes(Message("late")), received: received,
                cancellationToken: Cancellation);
        }

        // What a caller there writes: the local time, with that place's offset.
        TimeSpan offset = TimeZoneInfo.FindSystemTimeZoneById(zone).GetUtcOffset(received);
        DateTimeOffset at = received.ToOffset(offset);
        Connect();
        Assert.Single(Succeed("Get-ImapMessage -Since $at -Before $at.AddSeconds(1)", ("at", at)));
        Assert.Empty(Succeed("Get-ImapMessage -Before $at", ("at", at)));
        Assert.Empty(Succeed("Get-ImapMessage -Since $at.AddSeconds(1)", ("at", at)));
        Assert.Single(Succeed("Get-ImapMessage -Filter { $_.Received -ge $at -and $_.Received -lt $at.AddSeconds(1) }", ("at", at)));
    }

    private void AssertNothingChanged()
    {
        Assert.Equal(0, Proxy.Count("SELECT") + Proxy.Count("UID STORE") + Proxy.Count("STORE"));
        Assert.All(Proxy.Commands, command => Assert.DoesNotMatch(@"BODY\[", command.Line));
    }

    private static ProxyAction Fetched(string items)
    {
        const string Header = "Subject: weekly report\r\n\r\n";
        return ProxyAction.Reply(
            $"* 1 FETCH (UID 7 FLAGS () INTERNALDATE \"02-Mar-2026 10:00:00 +0000\" RFC822.SIZE 500 {items} "
            + $"BODYSTRUCTURE (\"text\" \"plain\" NIL NIL NIL \"7bit\" 10 1) BODY[HEADER.FIELDS (SUBJECT)] "
                + $"{{{Header.Length}}}\r\n{Header})\r\n{{tag}} OK done");
    }

    private static (byte[] Raw, MessageState State) Parse(string seed)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["From"] = "alice@example.org",
            ["To"] = "bob@example.net",
            ["Subject"] = "hello",
            ["Date"] = Date,
            ["Message-ID"] = "<other@example.org>",
        };
        var state = new MessageState();
        string body = "Hello.";
        string[] lines = seed.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            int colon = lines[i].IndexOf(':', StringComparison.Ordinal);
            if (colon < 0) continue;

            (string name, string value) = (lines[i][..colon], lines[i][(colon + 1)..]);
            switch (name)
            {
                case "state":
                    state = state with { Flags = Enum.Parse<SystemFlags>(value) };
                    break;
                case "keyword":
                    state = state with { Keywords = [value] };
                    break;
                case "received":
                    state = state with
                    {
                        Received = value.EndsWith('h')
                            ? DateTimeOffset.UtcNow.AddHours(int.Parse(value[..^1], CultureInfo.InvariantCulture))
                            : DateTimeOffset.Parse(value, CultureInfo.InvariantCulture),
                    };
                    break;
                case "size":
                    body = new string('x', 70)
                        + string.Concat(Enumerable.Repeat("\r\n" + new string('x', 70),
                        (int.Parse(value, CultureInfo.InvariantCulture) / 72) - 3));
                    break;
                case "body":
                    body = string.Join("\r\n", lines[i..])["body:".Length..];
                    i = lines.Length;
                    break;
                default:
                    headers[name] = value.Trim();
                    break;
            }
        }

        return (Encoding.UTF8.GetBytes(string.Concat(headers.Select(header => $"{header.Key}: {header.Value}\r\n"))
            + "\r\n" + body + "\r\n"), state);
    }
}
