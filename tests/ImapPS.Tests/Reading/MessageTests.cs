using System.Management.Automation;
using System.Text;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Reading;

public sealed class MessageTests(MailServer mail) : ModuleTest(mail)
{
    private static readonly string _manyWords = string.Join(' ', Enumerable.Repeat("\"so\" many \\ words", 600));

    [Fact]
    public void A_message_and_its_properties()
    {
        var received = new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.Zero);
        User.Deliver(
            "INBOX",
            """
            From: =?utf-8?Q?J=C3=BCrgen?= <juergen@example.org>
            To: Bob <bob@example.net>, carol@example.net
            Cc: team: dave@example.net, Eve <eve@example.net>;
            Reply-To: answers@example.org
            Subject: =?utf-8?B?8J+TjiBhbg==?=
             attachment
            Date: Mon, 02 Mar 2026 10:00:00 +0100
            Message-ID: <one@example.org>
            In-Reply-To: <zero@example.org>
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain

            See attached.
            --b
            Content-Type: application/pdf; name="r.pdf"
            Content-Disposition: attachment; filename*=utf-8''Quittung%20%E2%82%AC.pdf
            Content-Transfer-Encoding: base64

            JVBERi0=
            --b--

            """.ReplaceLineEndings("\r\n"),
            new MessageState(Flags: SystemFlags.Flagged | SystemFlags.Answered, Received: received));
        Connect();
        PSObject message = Assert.Single(Succeed("$m = Get-ImapMessage; $m"));
        Assert.Equal("INBOX", Property<string>(message, "Folder"));
        Assert.Equal(1u, Property<uint>(message, "Uid"));
        Assert.True(Property<uint>(message, "UidValidity") > 0);
        Assert.Equal(received, Property<DateTimeOffset>(message, "Received"));
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(1)), Property<DateTimeOffset>(message, "Date"));
        Assert.Equal(["juergen@example.org"], Property<string[]>(message, "From"));
        Assert.Equal(["Jürgen <juergen@example.org>"], Succeed("$m.From.NameAndAddress").Select(text => text.ToString()));
        Assert.Equal(["bob@example.net", "carol@example.net"], Property<string[]>(message, "To"));
        Assert.Equal(["dave@example.net", "eve@example.net"], Property<string[]>(message, "Cc"));
        Assert.Equal(["answers@example.org"], Property<string[]>(message, "ReplyTo"));
        Assert.Equal("📎 an attachment", Property<string>(message, "Subject").Replace("  ", " ", StringComparison.Ordinal));
        Assert.Equal("one@example.org", Property<string>(message, "MessageId"));
        Assert.Equal("zero@example.org", Property<string>(message, "InReplyTo"));
        Assert.Equal("Answered, Flagged", Property<string>(message, "Flags"));
        Assert.False(Property<bool>(message, "IsRead"));
        Assert.True(Property<bool>(message, "IsFlagged"));
        Assert.True(Property<bool>(message, "HasAttachment"));
        Assert.Equal(["juergen@example.org", "bob@example.net", "carol@example.net"],
            Succeed("$m.From.Address; $m.To.Address").Select(address => address.ToString()));
        Assert.Equal(
            ["Quittung €.pdf|application/pdf|2"],
            Succeed("$m.Attachments | ForEach-Object { $_.Name + '|' + $_.Type + '|' + $_.Part }").Select(line => line.ToString()));
    }

    [Fact]
    public async Task Keywords()
    {
        await using (RawImapClient client = await User.ConnectAsync(Cancellation))
        {
            await client.AppendAsync("INBOX", Encoding.ASCII.GetBytes(Message("x")), SystemFlags.Seen, cancellationToken: Cancellation);
            (await client.CommandAsync("SELECT INBOX", Cancellation)).EnsureOk("SELECT");
            (await client.CommandAsync("UID STORE 1 +FLAGS ($Forwarded invoice)", Cancellation)).EnsureOk("STORE");
        }

        Connect();
        PSObject message = Assert.Single(Succeed("Get-ImapMessage"));
        Assert.Equal(["$Forwarded", "invoice"], Property<string[]>(message, "Keywords"));
        Assert.True(Property<bool>(message, "IsRead"));
    }

    public static TheoryData<string, string, string> Awkward => new()
    {
        { "no headers at all", "\r\nJust a body.\r\n", "" },
        { "nothing at all", "", "" },
        { "no end of headers", "Subject: cut", "cut" },
        { "a line that is no header", "Subject: before\r\nthis is no header\r\nFrom: a@example.org\r\n\r\nx\r\n", "before" },
        { "8-bit junk", "Subject: \u00ff\u00fe raw \u0080\r\nFrom: \u00e4\u00f6 <a@example.org>\r\n\r\nx\r\n", "ÿþ raw �" },
        { "raw UTF-8", "Subject: Z\u00c3\u00bcrich\r\n\r\nx\r\n", "Zürich" },
        { "a long subject", "Subject: " + new string('s', 10_000) + "\r\n\r\nx\r\n", new string('s', 10_000) },
        { "a long subject that servers send as a literal", "Subject: " + _manyWords + "\r\n\r\nx\r\n", _manyWords },
        { "a long In-Reply-To", "Subject: answer\r\nIn-Reply-To: <" + new string('i', 6_000) + "@example.org>\r\n\r\nx\r\n", "answer" },
        { "control characters", "Subject: \u001b[31mred\u0007\u001b[0m\u0000end\r\nFrom: \"\u001b]0;x\u0007\" <a@example.org>\r\n\r\nx\r\n",
            "␛[31mred␇␛[0m\ufffdend" },
        { "a broken encoded word", "Subject: =?utf-8?B?!!!?= =?no-such-charset?Q?=41?=\r\n\r\nx\r\n", null! },
        { "a date that is none", "Subject: when\r\nDate: the day before yesterday\r\n\r\nx\r\n", "when" },
        { "addresses that are none", "Subject: who\r\nFrom: <<<>>>,,@\r\nTo: undisclosed-recipients:;\r\n\r\nx\r\n", "who" },
        { "many of one header", "Subject: first\r\nSubject: second\r\nFrom: a@example.org\r\nFrom: b@example.org\r\n\r\nx\r\n", "first" },
        { "a long name of an attachment", "Subject: name\r\nMIME-Version: 1.0\r\nContent-Type: application/pdf; name=\""
            + new string('n', 9_000) + "\"\r\nContent-Disposition: attachment\r\n\r\nx\r\n", "name" },
    };

    [Theory]
    [MemberData(nameof(Awkward))]
    public void Whatever_it_looks_like_it_is_one_message(string what, string raw, string? subject)
    {
        Assert.NotEmpty(what);
        User.Deliver("INBOX", Message("before"));
        User.Deliver("INBOX", Encoding.Latin1.GetBytes(raw));
        User.Deliver("INBOX", Message("after"));
        Connect();
        IReadOnlyList<PSObject> messages = Succeed("Get-ImapMessage");
        Assert.Equal([1, 2, 3], messages.Select(message => Property<int>(message, "Uid")));
        if (subject is not null) Assert.Equal(subject, Property<string>(messages[1], "Subject"));
        Assert.DoesNotContain(Engine.Format("Get-ImapMessage"), c => char.IsControl(c) && c is not '\r' and not '\n');
        if (!what.StartsWith("a long name", StringComparison.Ordinal)) Assert.Equal(0, Proxy.Connections);
    }

    [Fact]
    public void One_message_that_cannot_be_read_does_not_hide_the_others()
    {
        User.DeliverMany("INBOX", 200, i => new SeedMessage(Message(Text($"{i}"))));
        Connect();

        // Whatever covers UID 77 with its structure gets nonsense, as from a server that stumbles over the message.
        Proxy.On(command => command.Verb == "UID FETCH" && command.Line.Contains("BODYSTRUCTURE", StringComparison.Ordinal)
            && Covers(command.Line, 77), ProxyAction.Reply("* 77 FETCH (BODYSTRUCTURE (((\r\n{tag} OK"), times: int.MaxValue);
        EngineResult result = Run("Get-ImapMessage");
        Assert.Empty(result.AllErrors);
        Assert.Equal(200, result.Output.Count);
        Assert.Empty(result.Warnings);
        Assert.InRange(Proxy.Count("UID FETCH"), 5, 30);
    }

    [Fact]
    public void A_sender_that_is_no_address_is_shown_as_it_stands()
    {
        User.Deliver("INBOX",
            "From: Mallory \u001b]0;owned\u0007 <mallory@example.org\r\nTo: nobody in particular <>\r\nSubject: x\r\n\r\nx\r\n");
        Connect();
        PSObject message = Assert.Single(Succeed("Get-ImapMessage"));
        Assert.Contains("Mallory", Assert.Single(Property<string[]>(message, "From")), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', Assert.Single(Property<string[]>(message, "From")));
        Assert.Contains("nobody", Assert.Single(Property<string[]>(message, "To")), StringComparison.Ordinal);
        Assert.Single(Succeed("Get-ImapMessage -From '*mallory*'"));
    }

    [Fact]
    public void Reading_changes_nothing()
    {
        User.Deliver("INBOX", Message("unread"));
        Connect();
        Succeed("Get-ImapMessage; Get-ImapMessage -Uid 1; Get-ImapFolder | Get-ImapMessage -Subject '*u*'");
        Assert.Single(Succeed("Get-ImapMessage -Unread"));
        Assert.DoesNotContain(Proxy.Commands, command => command.Verb is "SELECT" or "UID STORE" or "STORE"
            || command.Line.Contains(" BODY[", StringComparison.Ordinal) || command.Line.Contains("RFC822.TEXT", StringComparison.Ordinal));
    }

    [Fact]
    public void By_UID()
    {
        User.DeliverMany("INBOX", 30, i => new SeedMessage(Message(Text($"{i}"))));
        Connect();
        EngineResult result = Run("Get-ImapMessage -Uid 30, 3, 3, 99, 1");
        Assert.Equal(ErrorCategory.ObjectNotFound, AssertError(result, "MessageNotFound").CategoryInfo.Category);
        Assert.Equal(99u, LanguagePrimitives.ConvertTo<uint>(result.Errors[0].TargetObject));
        Assert.Equal([1, 3, 30], result.Output.Select(message => Property<int>(message, "Uid")));
        Assert.Equal(0, Proxy.Count("UID SEARCH"));
        Assert.Equal([3], Succeed("Get-ImapMessage -Uid 1, 3, 99 -Subject 2").Select(message => Property<int>(message, "Uid")));
    }

    [Fact]
    public void A_million_UIDs_are_a_few_commands()
    {
        User.Deliver("INBOX", Message("first"));
        Connect();
        EngineResult result = Run("Get-ImapMessage -Uid (1..1000000) -Unread");
        Assert.Equal(["first"], Subjects(result.Output));
        Assert.InRange(Proxy.Commands.Count, 1, 6);

        Proxy.Clear();
        result = Run("Get-ImapMessage -Uid (1..1000000)");
        Assert.Equal("2:1000000", AssertError(result, "MessageNotFound").TargetObject);
        Assert.Equal(["first"], Subjects(result.Output));
        Assert.InRange(Proxy.Commands.Count, 1, 6);
    }

    [Fact]
    public void Fifty_thousand_scattered_UIDs_pass_under_both_greetings()
    {
        User.Deliver("INBOX", Message("first"));
        foreach (string greeting in new[] { "* OK Dovecot ready.", "* OK Dovecot (Debian) ready." })
        {
            Proxy.Greeting = greeting;
            Connect("-Name " + (greeting.Contains("Debian", StringComparison.Ordinal) ? "debian" : "plain"));
            EngineResult result = Run("Get-ImapMessage -Uid (0..49999 | ForEach-Object { 1 + 3 * $_ }) -Unread");
            Assert.Empty(result.AllErrors);
            Assert.Equal(["first"], Subjects(result.Output));
            Assert.InRange(Proxy.LongestLine, 7_000, 8_000);
        }
    }

    [Fact]
    public void A_stale_UIDVALIDITY_reads_nothing()
    {
        User.Deliver("INBOX", Message("x"));
        Connect();
        ErrorRecord error = AssertError(Run("Get-ImapMessage -Uid 1 -UidValidity 7"), "UidValidityChanged");
        Assert.Equal(ErrorCategory.InvalidOperation, error.CategoryInfo.Category);
        AssertError(Run("Get-ImapMessage -Uid 1 -UidValidity 7 -Unread"), "UidValidityChanged");
        AssertError(Run("Get-ImapMessage -Uid (1..2000) -UidValidity 7"), "UidValidityChanged");
        Assert.Equal(0, Proxy.Count("UID FETCH"));
    }

    [Fact]
    public void Messages_and_folders_pipe_into_it()
    {
        User.Deliver("INBOX", Message("one"));
        User.Deliver("Sent", Message("two"));
        Connect();
        Assert.Equal(["one", "two"], Subjects(Succeed("Get-ImapFolder | Get-ImapMessage")));
        Assert.Equal(["one", "two"], Subjects(Succeed("Get-ImapMessage INBOX, Sent")));
        Assert.Equal(["one", "two"], Subjects(Succeed("'INBOX', 'Sent' | Get-ImapMessage")));
        Assert.Equal(["two"], Subjects(Succeed("Get-ImapMessage Se*")));
        Assert.Equal(["two"], Subjects(Succeed("Get-ImapMessage (Get-ImapFolder Sent)")));
        Assert.Equal(["two"], Subjects(Succeed("Get-ImapMessage Sent | Get-ImapMessage")));
        Assert.Equal(["two"], Subjects(Succeed("[pscustomobject]@{ Folder = 'Sent'; Uid = '1' } | Get-ImapMessage")));
    }

    [Fact]
    public void Objects_that_were_exported_bind_again()
    {
        User.Deliver("Sent", Message("two"));
        Connect();
        Assert.Equal(["two"], Subjects(Succeed($"{Revived("(Get-ImapMessage Sent)", depth: 2)} | Get-ImapMessage")));
        Assert.Equal(["two"], Subjects(Succeed($"{Revived("(Get-ImapFolder Sent)")} | Get-ImapMessage")));
        const string Session = "(Get-ImapSession | Where-Object IsDefault)";
        Assert.Equal(["two"], Subjects(Succeed($"Get-ImapMessage Sent -Session ({Revived(Session)})")));
        Assert.Matches("1 u---- +2[0-9-]+ [0-9:]+ Alice +two", Engine.Format(Revived("(Get-ImapMessage Sent)")));
        Assert.Equal(
            ["alice@example.org"],
            Succeed($"{Revived("(Get-ImapMessage Sent)")}.From.Address").Select(address => address.ToString()));
    }

    [Fact]
    public void Pages()
    {
        User.DeliverMany("INBOX", 500, i =>
            new SeedMessage(Message(Text($"{i}")), new MessageState(Flags: i % 2 == 0 ? SystemFlags.Seen : SystemFlags.None)));
        Connect();
        Assert.Equal([301, 302, 303], Succeed("Get-ImapMessage -Skip 300 -First 3").Select(message => Property<int>(message, "Uid")));
        Assert.Equal(3, Proxy.FetchResponses);
        Assert.Equal([499], Succeed("Get-ImapMessage -Read -Skip 249").Select(message => Property<int>(message, "Uid")));
        Assert.Equal([11, 12], Succeed("Get-ImapMessage -Since 2000-01-01 -Skip 10 -First 2")
            .Select(message => Property<int>(message, "Uid")));
        Assert.Empty(Succeed("Get-ImapMessage -First 0"));
        Assert.Equal(["250", "1"],
            Succeed("Get-ImapMessage -Read -First 1 -IncludeTotalCount | ForEach-Object { if ($_ -is [ulong]) { "
            + "[string]$_ } else { [string]$_.Uid } }").Select(value => value.ToString()));
    }

    [Fact]
    public async Task Mail_that_has_just_arrived_is_found()
    {
        Connect();
        Assert.Empty(Succeed("Get-ImapMessage"));
        await using RawImapClient client = await User.ConnectAsync(Cancellation);
        for (int i = 1; i <= 3; i++)
        {
            await client.AppendAsync("INBOX", Encoding.ASCII.GetBytes(Message("new")), cancellationToken: Cancellation);
            Assert.Equal(i, Succeed("Get-ImapMessage").Count);
        }
    }

    [Fact]
    public async Task Mail_that_has_just_arrived_is_known_by_its_UID()
    {
        Connect();
        Assert.Empty(Succeed("$validity = (Get-ImapFolder INBOX).UidValidity; Get-ImapMessage"));
        await using RawImapClient client = await User.ConnectAsync(Cancellation);
        for (uint uid = 1; uid <= 3; uid++)
        {
            await client.AppendAsync("INBOX", Encoding.ASCII.GetBytes(Message("new")), cancellationToken: Cancellation);
            Assert.Single(Succeed("Get-ImapMessage -Uid $uid -UidValidity $validity", ("uid", uid)));
        }

        for (uint uid = 4; uid <= 6; uid++)
        {
            await client.AppendAsync("INBOX", Encoding.ASCII.GetBytes(Message("new")), cancellationToken: Cancellation);
            Assert.Single(Succeed(
                "[pscustomobject]@{ Folder = 'INBOX'; Uid = $uid; UidValidity = $validity } | Move-ImapMessage "
                + "Trash -PassThru", ("uid", uid)));
        }
    }

    private static bool Covers(string line, uint uid)
    {
        string set = line.Split(' ')[3];
        return set.Split(',').Any(range =>
        {
            uint[] ends = [.. range.Split(':').Select(end => uint.Parse(end, System.Globalization.CultureInfo.InvariantCulture))];
            return uid >= ends[0] && uid <= ends[^1];
        });
    }
}
