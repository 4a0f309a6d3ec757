using System.Management.Automation;
using System.Text;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Transfers;

public sealed class ImportTests(MailServer mail) : ImportTest(mail)
{
    private static readonly DateTimeOffset _time = new(2026, 3, 2, 9, 30, 0, TimeSpan.Zero);

    [Fact]
    public async Task Five_hundred_files_take_five_commands()
    {
        for (int i = 0; i < 500; i++) Write(Text($"{i:D4}.eml"), Message(Text($"message {i}")));
        Connect();
        Assert.Empty(Succeed("Import-ImapMessage Trash $files/*.eml", ("files", Files)));
        Assert.Equal(500, await CountAsync("Trash"));
        Assert.Equal(5, Proxy.Count("APPEND"));
        Assert.InRange(Proxy.Commands.Count, 5, 7);
        Assert.All(Proxy.Commands.Where(command => command.Verb == "APPEND"), command => Assert.Matches(@"\{[0-9]+\+\}", command.Line));
    }

    [Theory]
    [InlineData("MULTIAPPEND", 30, @"\{[0-9]+\+\}")]
    [InlineData("LITERAL+ LITERAL-", 1, @"\{[0-9]+\}")]
    [InlineData("MULTIAPPEND LITERAL+ LITERAL- UIDPLUS", 30, @"\{[0-9]+\}")]
    public async Task A_server_that_has_less_gets_what_it_understands(string hidden, int commands, string literal)
    {
        for (int i = 0; i < 30; i++) Write(Text($"{i:D4}.eml"), Message(Text($"message {i:D2}")));
        Proxy.HideCapability(hidden.Split(' '));
        Connect();
        IReadOnlyList<PSObject> imported = Succeed("Import-ImapMessage INBOX $files/*.eml -PassThru", ("files", Files));
        Assert.Equal(commands, Proxy.Count("APPEND"));
        Assert.All(Proxy.Commands.Where(command => command.Verb == "APPEND"), command => Assert.Matches(literal, command.Line));
        Assert.Equal(Enumerable.Range(0, 30).Select(i => Text($"message {i:D2}")), Subjects(imported));
        Assert.Equal(30, await CountAsync("INBOX"));
    }

    [Fact]
    public async Task Dates_flags_and_keywords_are_kept()
    {
        Write("one.eml", Octets(Message("one")), _time);
        Connect();
        PSObject imported = Assert.Single(
            Succeed("Import-ImapMessage INBOX $path -Flags Seen, Flagged -Keyword '$Work', Later -PassThru",
                ("path", Path.Combine(Files, "one.eml"))));
        Assert.Equal(_time, Property<DateTimeOffset>(imported, "Received"));
        Assert.Equal("one", Property<string>(imported, "Subject"));
        Assert.Equal("INBOX", Property<string>(imported, "Folder"));
        string state = Assert.Single(await StateAsync("INBOX"));
        foreach (string flag in new[] { @"\Seen", @"\Flagged", "$Work", "Later", "02-Mar-2026 09:30:00 +0000" })
        {
            Assert.Contains(flag, state, StringComparison.Ordinal);
        }

        Succeed("Import-ImapMessage Trash $path -Received '2020-01-02T03:04:05Z'", ("path", Path.Combine(Files, "one.eml")));
        Assert.Contains("02-Jan-2020 03:04:05 +0000", Assert.Single(await StateAsync("Trash")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Maildir_tells_flags_and_times_and_tmp_is_left_alone()
    {
        Write("Maildir/cur/1.a.host:2,FS", Octets(Message("flagged")), _time);
        Write("Maildir/cur/2.a.host;2,RT", Octets(Message("answered")), _time);
        Write("Maildir/new/3.a.host", Octets(Message("new").Replace("\r\n", "\n", StringComparison.Ordinal)), _time);
        Write("Maildir/tmp/4.a.host", Octets(Message("unfinished")));
        Write("Maildir/cur/.hidden", Octets(Message("hidden")));
        Connect();
        IReadOnlyList<PSObject> imported = Succeed("Import-ImapMessage INBOX $path -PassThru", ("path", Path.Combine(Files, "Maildir")));
        Assert.Equal(["flagged", "answered", "new"], Subjects(imported));
        Assert.Equal(["Seen, Flagged", "Answered, Deleted", "None"],
            imported.Select(message => message.Properties["Flags"].Value.ToString()));
        Assert.All(imported, message => Assert.Equal(_time, Property<DateTimeOffset>(message, "Received")));
        Succeed("Import-ImapMessage Trash $path -Flags None", ("path", Path.Combine(Files, "Maildir")));
        Assert.All(await StateAsync("Trash"), state => Assert.DoesNotMatch(@"\\(Seen|Flagged|Answered|Deleted)", state));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task An_mbox_is_taken_apart_where_its_messages_begin(string lineEnd)
    {
        string mbox = """
            From alice@example.org Mon Mar  2 09:30:00 2026
            Subject: one

            >From the beginning
            >>From twice
            From a body, after no empty line Mon Mar  2 09:30:00 2026

            From here, after an empty line, but without a date

            From - Mon Mar 02 10:30:00 +0100 2026
            Subject: two

            no end of a line

            From MAILER-DAEMON Mon Mar  2 09:30:00 2026

            headerless

            """.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", lineEnd, StringComparison.Ordinal);
        Write("some", mbox);
        Connect();
        IReadOnlyList<PSObject> imported = Succeed("Import-ImapMessage INBOX $path -PassThru", ("path", Path.Combine(Files, "some")));
        Assert.All(imported, message => Assert.Equal(_time, Property<DateTimeOffset>(message, "Received")));
        Assert.Equal(
            [
                "Subject: one\r\n\r\nFrom the beginning\r\n>From twice\r\nFrom a body, after no empty line Mon "
                    + "Mar  2 09:30:00 2026\r\n\r\nFrom here, after an empty line, but without a date\r\n",
                "Subject: two\r\n\r\nno end of a line\r\n",
                "\r\nheaderless\r\n",
            ],
            (await StoredAsync("INBOX")).Select(Encoding.Latin1.GetString));
    }

    [Fact]
    public async Task A_large_mbox_is_read_across_its_pieces()
    {
        string[] messages = [.. Enumerable.Range(0, 300)
            .Select(i => Text($"Subject: {i}\r\nMessage-ID: <{i}@x>\r\n\r\n")
                + string.Concat(Enumerable.Repeat(Text($"From {i}\r\n>>From {i}\r\n"), i)) + "end\r\n")];
        Write("all.mbox", Mbox(messages));
        Connect();
        Succeed("Import-ImapMessage INBOX $path", ("path", Path.Combine(Files, "all.mbox")));
        Assert.Equal(messages, (await StoredAsync("INBOX")).Select(Encoding.Latin1.GetString));
        Assert.Equal(3, Proxy.Count("APPEND"));
    }

    [Fact]
    public async Task What_a_script_has_built_comes_in()
    {
        Connect();
        Succeed("Import-ImapMessage INBOX -Content \"Subject: S\u00fc\u00df`nTo: b@example.org`n`nText`n\" -Flags Draft");
        Succeed("Import-ImapMessage INBOX -Content ([byte[]](65, 58, 13, 10, 255, 13, 10))");
        Succeed("1..3 | ForEach-Object { [pscustomobject]@{ Content = \"Subject: $_`n`n$_`n\" } } | Import-ImapMessage INBOX");
        Assert.Equal(
            ["Subject: S\u00fc\u00df\r\nTo: b@example.org\r\n\r\nText\r\n", "A:\r\n\ufffd\r\n", "Subject: 1\r\n\r\n1\r\n",
                "Subject: 2\r\n\r\n2\r\n", "Subject: 3\r\n\r\n3\r\n"],
            (await StoredAsync("INBOX")).Select(Encoding.UTF8.GetString));
        Assert.Contains(@"\Draft", (await StateAsync("INBOX"))[0], StringComparison.Ordinal);
        AssertError(Run("Import-ImapMessage INBOX -Content 7"), "ArgumentInvalid");
    }

    [Fact]
    public async Task Files_bind_from_the_pipeline_whatever_their_names()
    {
        Write("a [1].eml", Message("one"));
        Write("b.eml", Message("two"));
        Connect();
        Succeed("[IO.FileInfo[]] [IO.Directory]::GetFiles($files) | Import-ImapMessage INBOX", ("files", Files));
        Succeed("\"$files/b.eml\" | Import-ImapMessage INBOX; Import-ImapMessage INBOX -LiteralPath \"$files/a "
            + "[1].eml\"; Import-ImapMessage INBOX \"$files/nothing*.eml\"", ("files", Files));
        Assert.Equal(4, await CountAsync("INBOX"));
    }

    [Fact]
    public async Task What_exists_is_skipped_by_Message_ID_or_by_its_octets()
    {
        for (int i = 0; i < 10; i++) Write(Text($"{i}.eml"), Text($"Subject: {i}\r\nMessage-ID: <{i}@x>\r\n\r\n{i}\r\n"));
        for (int i = 10; i < 20; i++) Write(Text($"{i}.eml"), Text($"Subject: {i}\n\n{i}\n"));
        Write("again.eml", "Subject: other\r\nMessage-ID: <3@x>\r\n\r\nother\r\n");
        Connect();
        Succeed("Import-ImapMessage INBOX $files/?.eml; Import-ImapMessage INBOX $files/1[0-4].eml", ("files", Files));
        Proxy.Clear();
        EngineResult result = Run("Import-ImapMessage INBOX $files/*.eml -SkipExisting -PassThru -Verbose", ("files", Files));
        Assert.Empty(result.AllErrors);
        Assert.Equal(["15", "16", "17", "18", "19"], Subjects(result.Output));
        Assert.Equal(20, await CountAsync("INBOX"));
        Assert.Equal(1, Proxy.Count("APPEND"));
        Proxy.Clear();
        Succeed("Import-ImapMessage INBOX $files/*.eml -SkipExisting", ("files", Files));
        Assert.Equal(0, Proxy.Count("APPEND"));
        Assert.Equal(20, await CountAsync("INBOX"));
    }

    [Fact]
    public async Task WhatIf_names_each_message_and_sends_nothing()
    {
        Write("all.mbox", Mbox([Message("one"), Message("two")]));
        Connect();
        EngineResult result =
            Run("Import-ImapMessage New/Folder $files/all.mbox -CreateFolder -PassThru -WhatIf; Import-ImapMessage "
            + "INBOX $files/all.mbox -SkipExisting -WhatIf", ("files", Files));
        Assert.Empty(result.AllErrors);
        Assert.Empty(result.Output);
        foreach (string verb in new[] { "APPEND", "CREATE" }) Assert.Equal(0, Proxy.Count(verb));
        Assert.Equal(0, await CountAsync("INBOX"));
        AssertError(Run("Import-ImapMessage New/Folder $files/all.mbox -WhatIf", ("files", Files)), "FolderNotFound");
    }

    [Fact]
    public async Task The_folder_is_created_only_when_asked_for()
    {
        Write("one.eml", Message("one"));
        Connect();
        AssertError(Run("Import-ImapMessage New/Folder $files/one.eml", ("files", Files)), "FolderNotFound");
        Succeed("Import-ImapMessage New/Folder $files/one.eml -CreateFolder", ("files", Files));
        Assert.Equal(1, await CountAsync("New/Folder"));
    }

    [Fact]
    public async Task Too_many_messages_and_nothing_is_sent()
    {
        Write("all.mbox", Mbox([Message("one"), Message("two")]));
        Write("one.eml", Message("three"));
        Connect();
        AssertError(Run("Import-ImapMessage INBOX $files/* -MaxMessages 2", ("files", Files)), "LimitExceeded");
        Assert.Equal(0, Proxy.Count("APPEND"));
        Succeed("Import-ImapMessage INBOX $files/* -MaxMessages 3", ("files", Files));
        Assert.Equal(3, await CountAsync("INBOX"));
    }

    [Fact]
    public async Task What_cannot_be_read_is_an_error_and_the_rest_arrives()
    {
        Write("1.eml", Message("one"));
        Write("2.eml", Message("two"));
        Write("no.mbox", "Subject: not an mbox\n\nx\n");
        Directory.CreateDirectory(Path.Combine(Files, "3.dir"));
        Connect();
        EngineResult result =
            Run("Import-ImapMessage INBOX \"$files/1.eml\", \"$files/gone.eml\", \"$files/no.mbox\", \"$files/3.dir\", \"$files/2.eml\"",
            ("files", Files));
        Assert.Equal(
            ["FileNotFound", "FileNotRead", "FileNotRead"],
            result.AllErrors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal(2, await CountAsync("INBOX"));
        Assert.Equal(1, Proxy.Count("APPEND"));
    }

    [Fact]
    public async Task One_message_that_is_refused_does_not_stop_the_others()
    {
        for (int i = 0; i < 20; i++) Write(Text($"{i:D2}.eml"), Message(i == 7 ? "forbidden" : "fine"));
        Connect();

        // Rules see a command up to its first literal: the batch, and then the eighth of those that go alone.
        int appends = 0;
        Proxy.On(command => command.Verb == "APPEND" && appends++ is 0 or 8, ProxyAction.Reply("{tag} NO [OVERQUOTA] too much"), times: 2);
        ErrorRecord error = AssertError(Run("Import-ImapMessage INBOX $files/*.eml", ("files", Files)), "QuotaExceeded");
        Assert.EndsWith("07.eml", error.TargetObject.ToString(), StringComparison.Ordinal);
        Assert.Equal(19, await CountAsync("INBOX"));
        Assert.Equal(21, Proxy.Count("APPEND"));
    }

    [Fact]
    public void A_right_that_is_missing_ends_it()
    {
        for (int i = 0; i < 20; i++) Write(Text($"{i:D2}.eml"), Message("mine"));
        Connect();
        Proxy.On("APPEND", ProxyAction.Reply("{tag} NO [NOPERM] no"), times: int.MaxValue);
        AssertError(Run("Import-ImapMessage INBOX $files/*.eml", ("files", Files)), "PermissionDenied");
        Assert.Equal(1, Proxy.Count("APPEND"));
    }

    [Fact]
    public async Task A_message_over_the_limit_is_not_sent()
    {
        Write("1.eml", Message("small"));
        Write("2.eml", Message("large", body: new string('x', 2_000)));
        Proxy.ShowCapability("APPENDLIMIT=1000");
        Connect();
        ErrorRecord error = AssertError(Run("Import-ImapMessage INBOX $files/*.eml", ("files", Files)), "MessageTooLarge");
        Assert.Equal(ErrorCategory.LimitsExceeded, error.CategoryInfo.Category);
        Assert.EndsWith("2.eml", error.TargetObject.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync("INBOX"));
    }

    [Fact]
    public async Task A_file_that_changes_while_it_is_sent_is_not_half_imported()
    {
        Write("1.eml", Message("small"));
        string large = Write("2.eml", Message("large", body: new string('x', 3_000_000)));
        Write("3.eml", Message("small"));
        Proxy.HideCapability("LITERAL+", "LITERAL-");
        Connect();
        Proxy.On("APPEND", ProxyAction.Run(() => File.WriteAllTextAsync(large, "Subject: another\n\nx\n", Cancellation)));
        ErrorRecord error = AssertError(Run("Import-ImapMessage INBOX $files/*.eml", ("files", Files)), "FileNotRead");
        Assert.Equal(large, error.TargetObject);
        Assert.Equal(2, await CountAsync("INBOX"));
    }

    [Fact]
    public async Task A_keyword_that_is_none_is_refused()
    {
        Write("1.eml", Message("one"));
        Connect();
        AssertError(Run("Import-ImapMessage INBOX $files/1.eml -Keyword 'a b'", ("files", Files)), "ArgumentInvalid");
        Assert.Equal(0, await CountAsync("INBOX"));
    }
}
