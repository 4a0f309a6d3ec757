using System.Management.Automation;
using System.Text;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Content;

/// <summary>Get-ImapMessageContent against a server: what it emits, and what it costs.</summary>
public sealed class ContentTests(MailServer mail) : ModuleTest(mail)
{
    private static readonly string[] _changing =
        ["SELECT", "UID STORE", "STORE", "UID MOVE", "UID COPY", "EXPUNGE", "UID EXPUNGE", "APPEND"];

    private static string Confirmation => new MailText
    {
        From = "App <no-reply@app.test>",
        Subject = "Confirm",
        Headers = ["X-Trace: one", "X-Trace: two"],
        Text = "Your code is 481 516. Or open https://app.test/confirm?token=1 now.",
        Html = "<p>Your code is <b>481 516</b>.</p><p><a href=\"https://app.test/confirm?token=1\">Confirm</a> <a "
            + "href=\"https://help.test/\">Help</a></p>",
        Attachments = [new MailAttachment("terms.txt", "text/plain", "The terms."u8.ToArray())],
    }.ToString();

    [Fact]
    public void A_message_and_what_it_says()
    {
        User.Deliver("INBOX", Confirmation);
        Connect();
        PSObject content = Assert.Single(Succeed("$c = Get-ImapMessage | Get-ImapMessageContent; $c"));
        Assert.Equal("Confirm", Property<string>(content, "Subject"));
        Assert.Equal(1u, Property<uint>(content, "Uid"));
        Assert.Equal("Your code is 481 516. Or open https://app.test/confirm?token=1 now.", Property<string>(content, "Text"));
        Assert.Equal(["481516"], Property<string[]>(content, "Codes"));
        Assert.Equal(["https://app.test/confirm?token=1"], Succeed("$c.Links | Where-Object Host -eq app.test")
            .Select(link => link.ToString()));
        Assert.Equal(["one", "two"], Succeed("($c.Headers | Where-Object Name -eq X-Trace).Value").Select(value => value.ToString()));
        Assert.Equal(["terms.txt|text/plain|2"], Succeed("$c.Attachments | ForEach-Object { $_.Name + '|' + $_.Type + '|' + $_.Part }")
            .Select(line => line.ToString()));
        Assert.Equal("None", Property<string>(content, "Protection"));
    }

    [Fact]
    public void Reading_leaves_every_flag_as_it_was()
    {
        User.DeliverMany("INBOX", 30, _ => new SeedMessage(Confirmation));
        Connect();
        Assert.Equal(30, Succeed("Get-ImapMessage | Get-ImapMessageContent").Count);
        Assert.Single(Succeed("Get-ImapMessage -Uid 1 | Get-ImapMessageContent -Part 2"));
        Assert.Equal(30, Succeed("Get-ImapMessage -Unread").Count);
        Assert.DoesNotContain(Proxy.Commands, command => _changing.Contains(command.Verb, StringComparer.Ordinal));
        Assert.All(
            Proxy.Commands.Where(command => command.Line.Contains("BODY", StringComparison.Ordinal)),
            command => Assert.DoesNotMatch(@"BODY\[|RFC822[ )]", command.Line));
    }

    [Fact]
    public void MarkRead_is_one_STORE_for_many()
    {
        User.DeliverMany("INBOX", 18, _ => new SeedMessage(Confirmation));
        Connect();
        Assert.All(Succeed("Get-ImapMessage | Get-ImapMessageContent -MarkRead"), content =>
            Assert.False(Property<bool>(content, "IsRead")));
        Assert.Equal(18, Succeed("Get-ImapMessage -Read").Count);

        // One for the first message, one for the others.
        Assert.Equal(2, Proxy.Count("UID STORE"));
        Assert.All(Proxy.Commands.Where(command => command.Verb == "UID STORE"), command =>
            Assert.EndsWith("+FLAGS.SILENT (\\Seen)", command.Line, StringComparison.Ordinal));
    }

    [Fact]
    public void MarkRead_marks_what_the_pipeline_took_and_nothing_else()
    {
        User.DeliverMany("INBOX", 30, i => new SeedMessage(Message(Text($"{i}"))));
        Connect();
        Assert.Equal(3, Succeed("Get-ImapMessage | Get-ImapMessageContent -MarkRead | Select-Object -First 3").Count);
        Assert.Equal([1u, 2u, 3u], Succeed("Get-ImapMessage -Read").Select(message => Property<uint>(message, "Uid")));
    }

    [Fact]
    public void MarkRead_and_a_stale_UIDVALIDITY_touch_nothing()
    {
        User.Deliver("INBOX", Confirmation);
        Connect();
        AssertError(Run("[pscustomobject]@{ Folder = 'INBOX'; Uid = 1; UidValidity = 7 } | Get-ImapMessageContent -MarkRead"),
            "UidValidityChanged");
        Assert.Empty(Succeed("Get-ImapMessage -Read"));
    }

    [Fact]
    public void Many_messages_in_few_commands_in_their_order()
    {
        User.DeliverMany("INBOX", 1_500, i => new SeedMessage(Message(Text($"message {i}"), body: Text($"body {i}"))));
        Connect();
        Succeed("$m = Get-ImapMessage");
        Proxy.Clear();
        IReadOnlyList<PSObject> contents = Succeed("$m | Get-ImapMessageContent");
        Assert.Equal(Enumerable.Range(0, 1_500).Select(i => Text($"body {i}")),
            contents.Select(content => Property<string>(content, "Text").Trim()));

        // 1, 20, 100, 400, 500 and the rest.
        Assert.Equal(6, Proxy.Count("UID FETCH"));

        Assert.Equal([30u, 2u, 17u], Succeed("$m[29, 1, 16] | Get-ImapMessageContent").Skip(0)
            .Select(content => Property<uint>(content, "Uid")));
    }

    [Fact]
    public void The_first_content_comes_early_and_the_session_is_free_for_the_next_cmdlet()
    {
        User.DeliverMany("INBOX", 1_000, i => new SeedMessage(Message(Text($"{i}"))));
        Connect();
        Succeed("$m = Get-ImapMessage");
        Proxy.Clear();
        Assert.Single(Succeed("$m | Get-ImapMessageContent | Select-Object -First 1"));
        Assert.Equal(1, Proxy.Count("UID FETCH"));
        Assert.Equal(40, Succeed(
            "$m | Select-Object -First 40 | Get-ImapMessageContent | Move-ImapMessage Trash -PassThru -BatchSize 10").Count);
        Assert.Equal(0, Proxy.Connections);
    }

    [Fact]
    public void Of_several_folders()
    {
        User.DeliverMany("INBOX", 5, i => new SeedMessage(Message(Text($"{i}"))));
        User.DeliverMany("Sent", 5, i => new SeedMessage(Message(Text($"{i}"))));
        Connect();
        Assert.Equal(10, Succeed(
            "Get-ImapMessage INBOX, Sent | Sort-Object Uid | Get-ImapMessageContent | ForEach-Object { $_.Folder "
            + "+ $_.Uid } | Sort-Object -Unique").Count);
    }

    [Fact]
    public async Task What_is_gone_is_an_error_and_the_others_go_on()
    {
        User.DeliverMany("INBOX", 5, i => new SeedMessage(Message(Text($"{i}"))));
        Connect();
        Succeed("$m = Get-ImapMessage");
        await ExpungeAsync("3");
        EngineResult result = Run("$m | Get-ImapMessageContent -MarkRead");
        Assert.Equal(3u, Property<uint>(PSObject.AsPSObject(AssertError(result, "MessageNotFound").TargetObject), "Uid"));
        Assert.Equal([1u, 2u, 4u, 5u], result.Output.Select(content => Property<uint>(content, "Uid")));
        AssertError(Run("[pscustomobject]@{ Folder = 'INBOX'; Uid = 77 } | Get-ImapMessageContent"), "MessageNotFound");
        AssertError(Run("[pscustomobject]@{ Folder = 'Nowhere'; Uid = 1 } | Get-ImapMessageContent"), "FolderNotFound");
        AssertError(Run("[pscustomobject]@{ Folder = 'INBOX'; Uid = 1; SessionId = 4711 } | Get-ImapMessageContent"), "SessionNotFound");
    }

    [Fact]
    public void Of_a_message_of_which_only_the_UID_is_known()
    {
        User.DeliverMany("INBOX", 3, i => new SeedMessage(Message(Text($"message {i}")), new MessageState(Flags: SystemFlags.Flagged)));
        Connect();
        IReadOnlyList<PSObject> contents =
            Succeed("Get-ImapMessageContent -Message (1..3 | ForEach-Object { [pscustomobject]@{ Folder = 'inbox'; Uid = $_ } })");
        Assert.Equal(["message 0", "message 1", "message 2"], Subjects(contents));
        Assert.All(contents, content => Assert.True(Property<bool>(content, "IsFlagged")));
        Assert.All(contents, content => Assert.True(Property<uint>(content, "UidValidity") > 0));
    }

    [Fact]
    public void A_connection_that_breaks_on_the_way()
    {
        User.DeliverMany("INBOX", 50, i => new SeedMessage(Message(Text($"{i}"), body: new string('x', 10_000))));
        Connect();
        Succeed("$m = Get-ImapMessage");
        Proxy.CutAfterBytesToClient(200_000);
        Assert.Equal(Enumerable.Range(1, 50), Succeed("$m | Get-ImapMessageContent").Select(content => Property<int>(content, "Uid")));
        Assert.Equal(1, Proxy.Connections);
    }

    [Fact]
    public void One_part_alone()
    {
        User.Deliver("INBOX", Confirmation);
        User.Deliver("INBOX", Message("single", body: "the only part"));
        Connect();
        Succeed("$m = Get-ImapMessage; $c = $m[0] | Get-ImapMessageContent -Part 2");
        Assert.Equal(["The terms.", "2", "text/plain; name=\"terms.txt\""],
            Succeed("$c.TextBody.Trim(); $c.Part; ($c.Headers | Where-Object Name -eq Content-Type).Value")
            .Select(value => value.ToString()));
        Assert.Contains(Proxy.Commands, command => command.Line.Contains("BODY.PEEK[2]", StringComparison.Ordinal));
        Assert.DoesNotContain(Proxy.Commands, command => command.Line.Contains("BODY.PEEK[]", StringComparison.Ordinal));
        Assert.Equal("Help", Succeed("($m[0] | Get-ImapMessageContent -Part 1.2).Text.Split(' ')[-1]")[0].ToString());
        Assert.Equal("the only part", Succeed("($m[1] | Get-ImapMessageContent -Part 1).Text.Trim()")[0].ToString());
        EngineResult result = Run("$m | Get-ImapMessageContent -Part 2");
        AssertError(result, "MessageNotFound");
        Assert.Single(result.Output);
        AssertError(Run("[pscustomobject]@{ Folder = 'INBOX'; Uid = 77 } | Get-ImapMessageContent -Part 1"), "MessageNotFound");
    }

    [Theory]
    [InlineData("1]")]
    [InlineData("0")]
    [InlineData("1.")]
    [InlineData("TEXT")]
    [InlineData("1\r\nA1 DELETE INBOX")]
    [InlineData("1\n")]
    [InlineData("")]
    public void A_part_that_is_no_number(string part)
    {
        User.Deliver("INBOX", Confirmation);
        Connect();
        ErrorRecord error = Assert.Single(
            Run("[pscustomobject]@{ Folder = 'INBOX'; Uid = 1 } | Get-ImapMessageContent -Part $part", ("part", part)).AllErrors);
        Assert.StartsWith("ParameterArgumentValidationError", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(Proxy.Commands);
    }

    [Fact]
    public void Large_messages_wait_outside_memory()
    {
        string big = new MailText
        {
            Subject = "big",
            Text = "the text",
            Attachments = [new MailAttachment("a.bin", "application/octet-stream", new byte[6_000_000])],
        }.ToString();
        User.DeliverMany("INBOX", 5, _ => new SeedMessage(big));
        Connect();
        IReadOnlyList<PSObject> contents = Succeed("Get-ImapMessage | Get-ImapMessageContent");
        Assert.All(contents, content => Assert.Equal("the text", Property<string>(content, "Text").Trim()));
        Assert.Equal(5, contents.Count);
    }

    [Fact]
    public void Hostile_messages_one_after_the_other()
    {
        var nested = new StringBuilder();
        for (int i = 0; i < 10_000; i++)
        {
            nested.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n");
        }

        User.Deliver("INBOX", nested.Append("\r\nthe bottom\r\n").ToString());
        User.Deliver("INBOX", "Subject: endless\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n"
            + string.Concat(Enumerable.Repeat("<div>", 100_000)) + "x");
        User.Deliver("INBOX", "Subject: names\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Disposition: "
            + "attachment; filename=\"../../etc/passwd\"\r\n\r\nx\r\n--b\r\nContent-Disposition: attachment; "
            + "filename*=utf-8''a%E2%80%AEfdp.exe\r\n\r\nx\r\n--b--\r\n");
        User.Deliver("INBOX", "");
        User.Deliver("INBOX", "\r\n\u001b[2J\u001b]0;owned\u0007\r\nhttps://example.org/%1b%5b2J%07%9b%c2%9b/\r\n");
        Connect();
        IReadOnlyList<PSObject> contents =
            Succeed("$c = 1..5 | ForEach-Object { [pscustomobject]@{ Folder = 'INBOX'; Uid = $_ } } | Get-ImapMessageContent; $c");
        Assert.Equal([1, 2, 3, 4, 5], contents.Select(content => Property<int>(content, "Uid")));
        Assert.DoesNotContain(Engine.Format("$c; $c | Format-List; $c | Format-List *; $c | Format-Table"), c => char.IsControl(c)
            && c is not '\r' and not '\n' and not '\t');
    }

    [Fact]
    public void It_survives_export_and_JSON_and_binds_again()
    {
        User.Deliver("INBOX", Confirmation);
        Connect();
        Succeed($"$c = Get-ImapMessage | Get-ImapMessageContent; $x = {Revived("$c")}");
        Assert.Equal(
            ["481516", "app.test", "one", "terms.txt", "no-reply@app.test", "None"],
            Succeed("$x.Codes; $x.Links[0].Host; ($x.Headers | Where-Object Name -eq X-Trace)[0].Value; "
                + "$x.Attachments[0].Name; $x.From[0].Address; [string]$x.Protection").Select(value => value.ToString()));
        Assert.Single(Succeed("$x | Get-ImapMessageContent"));
        Assert.Equal("Trash", Property<string>(Assert.Single(Succeed("$x | Move-ImapMessage Trash -PassThru")), "Folder"));
    }

    [Fact]
    public void It_reads_as_a_person_reads_mail()
    {
        User.Deliver("INBOX", Confirmation);
        Connect();
        foreach (int width in new[] { 80, 120 })
        {
            using var engine = new PowerShellEngine(new EngineOptions { Width = width });
            string[] lines = engine
                .Format("Get-ImapMessage -Session $id | Get-ImapMessageContent", SessionId())
                .Split('\n')
                .Select(line => line.TrimEnd())
                .ToArray();
            Assert.All(lines, line => Assert.True(line.Length <= width, line));
            Assert.Contains("From        : App <no-reply@app.test>", lines);
            Assert.Contains("Subject     : Confirm", lines);
            Assert.Contains("Codes       : 481516", lines);
            Assert.Contains("Your code is 481 516. Or open https://app.test/confirm?token=1 now.", lines);
        }
    }
}
