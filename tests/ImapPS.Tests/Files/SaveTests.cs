using System.Globalization;
using System.Management.Automation;
using System.Text;
using System.Text.RegularExpressions;
using ImapPS.Sandbox;
using ImapPS.Transfers;

namespace ImapPS.Tests.Files;

public sealed class SaveTests(MailServer mail) : ModuleTest(mail)
{
    private static readonly string[] _reading =
        ["EXAMINE", "UID SEARCH", "NOOP", "CAPABILITY", "LOGIN", "AUTHENTICATE", "LIST", "NAMESPACE", "LOGOUT"];

    private static readonly DateTimeOffset _received = new(2026, 3, 2, 9, 30, 0, TimeSpan.Zero);

    // Below the server's own directory, which goes with it.
    private string Folder => Path.Combine(Dovecot.Directory, "saved", User.Name);

    private string[] Files => Directory.Exists(Folder) ? Directory.GetFiles(Folder, "*", SearchOption.AllDirectories) : [];

    [Fact]
    public async Task Messages_are_saved_byte_for_byte_with_the_time_they_were_received()
    {
        byte[] odd = Encoding.Latin1.GetBytes("Subject: caf\u00e9\r\n\r\n\u00ff\u0001\r\n.\r\nFrom here\r\nno last line end");
        User.Deliver("INBOX", odd, new MessageState(_received));
        User.Deliver("INBOX", Message("second"), new MessageState(_received.AddHours(1)));
        Connect();
        IReadOnlyList<PSObject> saved = Succeed("Get-ImapMessage | Save-ImapMessage $to -NameTemplate '{Uid}' -PassThru", ("to", Folder));
        Assert.Equal(["1.eml", "2.eml"], saved.Select(file => Assert.IsType<FileInfo>(file.BaseObject).Name));
        Assert.EndsWith("FileSystem::" + At("1.eml"), Property<string>(saved[0], "PSPath"), StringComparison.Ordinal);
        Assert.Equal(odd, await File.ReadAllBytesAsync(At("1.eml"), Cancellation));
        await using RawImapClient client = await User.ConnectAsync(Cancellation);
        Assert.Equal(await client.MessageAsync("INBOX", 2, Cancellation), await File.ReadAllBytesAsync(At("2.eml"), Cancellation));
        Assert.Equal(_received.UtcDateTime, File.GetLastWriteTimeUtc(At("1.eml")));
        Assert.Equal(_received.UtcDateTime.AddHours(1), File.GetLastWriteTimeUtc(At("2.eml")));
        Assert.Equal(2, Files.Length);
    }

    [Fact]
    public void Without_PassThru_nothing_is_emitted_and_the_default_name_tells_time_and_subject()
    {
        User.Deliver("INBOX", Message("Hello: World"), new MessageState(_received));
        Connect();
        Assert.Empty(Succeed("Get-ImapMessage | Save-ImapMessage -LiteralPath $to", ("to", Folder)));
        string time = _received.LocalDateTime.ToString("yyyy-MM-dd HHmmss", CultureInfo.InvariantCulture);
        Assert.Equal([At($"{time} Hello_ World.eml")], Files);
    }

    [Fact]
    public async Task Saving_leaves_every_flag_and_only_peeks()
    {
        User.DeliverMany("INBOX", 20, i => new SeedMessage(Message(Text($"{i}")), new MessageState(Flags: (SystemFlags)(i % 16))));
        string before = await FlagsAsync();
        Connect();
        foreach (string format in new[] { "Eml", "Mbox", "Maildir" })
        {
            Succeed($"Get-ImapMessage | Save-ImapMessage $to/{format} -Format {format} -Parallel 2", ("to", Folder));
        }

        Assert.Equal(before, await FlagsAsync());
        Assert.All(Proxy.Commands.Where(command => command.Verb != "UID FETCH"), command => Assert.Contains(command.Verb, _reading));
        Assert.All(Proxy.Commands.Where(command => command.Verb == "UID FETCH"), command =>
            Assert.DoesNotMatch(@"BODY\[|RFC822(?!\.SIZE)", command.Line));
        Assert.True(Proxy.Count("EXAMINE") > 0);
    }

    [Fact]
    public void Hostile_names_stay_in_the_folder()
    {
        string[] subjects =
        [
            "../../etc/passwd", "CON", "=?utf-8?B?YeKArmZkcC5leGU=?=", "", new('x', 300), "dots and spaces. . .", @"C:\x", "a:b", "Case",
            "case", "-rf", ".hidden", "a/b/c",
            "=?utf-8?B?AAcbWzMxbQ==?=", "NUL.txt", "..", "/", "~", "$(whoami)", "%TEMP%",
        ];
        User.DeliverMany("INBOX", subjects.Length, i => new SeedMessage(Message(subjects[i])));
        Connect();
        Succeed("Get-ImapMessage | Save-ImapMessage $to -NameTemplate '{Subject}'", ("to", Folder));
        Assert.Equal(subjects.Length, Files.Length);
        Assert.Equal(subjects.Length, Files.Select(Path.GetFileName).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(Files, file => Assert.Equal(Folder, Path.GetDirectoryName(file)));
        Assert.Equal(["saved"], Directory.GetDirectories(Dovecot.Directory, "saved*").Select(Path.GetFileName));
        Assert.Superset(
            new HashSet<string?>
            {
                "_.._etc_passwd.eml",
                "_CON.eml",
                "afdp.exe.eml",
                "message 4.eml",
                "dots and spaces.eml",
                "C__x.eml",
                "a_b.eml",
                "Case.eml",
                "case (2).eml",
                "_rf.eml",
                "hidden.eml",
                "a_b_c.eml",
                "_NUL.txt.eml",
                "message 16.eml",
                "_.eml",
            },
            new HashSet<string?>(Files.Select(Path.GetFileName)));
    }

    [Fact]
    public void Directories_come_of_the_template_alone()
    {
        User.Deliver("Lists", Message("../up/../x"));
        Connect();
        Succeed("Get-ImapMessage Lists | Save-ImapMessage $to -NameTemplate '{Folder}/../{Subject}/{Uid}'", ("to", Folder));
        Assert.Equal([Path.Combine(Folder, "Lists", "_", "_up_.._x", "1.eml")], Files);
    }

    [Fact]
    public void Files_that_exist_are_kept_refused_or_overwritten()
    {
        User.DeliverMany("INBOX", 2, i => new SeedMessage(Message(i == 0 ? "old" : "new")));
        Directory.CreateDirectory(Folder);
        File.WriteAllText(At("OLD.eml"), "mine");
        Connect();
        const string Save = "Get-ImapMessage | Save-ImapMessage $to -NameTemplate '{Subject}'";
        Succeed(Save, ("to", Folder));
        Assert.Equal(["new.eml", "old (2).eml", "OLD.eml"], Files.Select(Path.GetFileName).Order(StringComparer.OrdinalIgnoreCase));
        Assert.Equal("mine", File.ReadAllText(At("OLD.eml")));

        File.WriteAllText(At("old.eml"), "mine");
        File.Delete(At("new.eml"));
        Proxy.Clear();
        ErrorRecord exists = AssertError(Run($"{Save} -NoClobber", ("to", Folder)), "FileExists");
        Assert.Equal(ErrorCategory.ResourceExists, exists.CategoryInfo.Category);
        Assert.Equal("old", Property<string>(PSObject.AsPSObject(exists.TargetObject), "Subject"));
        Assert.True(File.Exists(At("new.eml")));
        Assert.Equal("mine", File.ReadAllText(At("old.eml")));

        // What may not be saved is not downloaded either.
        Assert.Contains(" 2 (BODY.PEEK[])", Assert.Single(Downloads()), StringComparison.Ordinal);

        Succeed($"{Save} -Force", ("to", Folder));
        Assert.Contains("Subject: old", File.ReadAllText(At("old.eml")), StringComparison.Ordinal);
        AssertError(Run($"{Save} -Force -NoClobber", ("to", Folder)), "ArgumentInvalid");
    }

    [Fact]
    public void One_file_for_one_message()
    {
        User.DeliverMany("INBOX", 2, i => new SeedMessage(Message(Text($"{i}"))));
        Connect();
        string path = At("below/One.EML");
        Succeed("Get-ImapMessage -Uid 2 | Save-ImapMessage $to", ("to", path));
        Assert.Contains("Subject: 1\r\n", File.ReadAllText(path), StringComparison.Ordinal);
        AssertError(Run("Get-ImapMessage -Uid 1 | Save-ImapMessage $to", ("to", path)), "FileExists");
        Succeed("Get-ImapMessage -Uid 1 | Save-ImapMessage $to -Force", ("to", path));
        Assert.Contains("Subject: 0\r\n", File.ReadAllText(path), StringComparison.Ordinal);

        Proxy.Clear();
        AssertError(Run("Get-ImapMessage | Save-ImapMessage $to", ("to", At("two.eml"))), "ArgumentInvalid");
        Assert.Empty(Downloads());
        Assert.Single(Files);

        // With a separator behind it, it is a directory, whatever its name.
        Succeed("Get-ImapMessage | Save-ImapMessage $to", ("to", At("two.eml/")));
        Assert.Equal(2, Directory.GetFiles(At("two.eml")).Length);
    }

    [Fact]
    public void Mbox_round_trips()
    {
        string[] bodies = ["From me\r\n>From you\r\n>>From them", "plain\r\n\r\nFrom the end", "no line end"];
        User.DeliverMany("INBOX", 3, i =>
            new SeedMessage(i == 2
            ? Message("2", body: bodies[2])[..^2]
            : Message(Text($"{i}"), body: bodies[i]), new MessageState(_received)));
        Connect();
        string path = At("all.mbox");
        FileInfo file = Assert.IsType<FileInfo>(
            Assert.Single(Succeed("Get-ImapMessage | Save-ImapMessage $to -Format Mbox -PassThru -Parallel 3", ("to", path))).BaseObject);
        Assert.Equal(path, file.FullName);
        string text = File.ReadAllText(path);
        Assert.StartsWith("From alice@example.org Mon Mar  2 09:30:00 2026\nFrom: Alice <alice@example.org>\n",
            text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
        string[] messages = [.. Regex.Split(text, @"(?<=\A|\n\n)From [^\n]*\n").Skip(1)
            .Select(message => Regex.Replace(message[..^1], "^>(?=>*From )", "", RegexOptions.Multiline))];
        Assert.Equal(3, messages.Length);
        for (int i = 0; i < 3; i++) Assert.EndsWith($"\n\n{bodies[i].ReplaceLineEndings("\n")}\n", messages[i], StringComparison.Ordinal);

        AssertError(Run("Get-ImapMessage | Save-ImapMessage $to -Format Mbox", ("to", path)), "FileExists");
        Succeed("Get-ImapMessage -Uid 1 | Save-ImapMessage $to -Format Mbox -Force", ("to", path));
        Assert.Single(Regex.Matches(File.ReadAllText(path), "^Subject", RegexOptions.Multiline));
        AssertError(Run("Get-ImapMessage | Save-ImapMessage $to -Format Mbox", ("to", Folder)), "ArgumentInvalid");
        Assert.Single(Files);
    }

    [Fact]
    public void A_cut_leaves_no_half_message_in_an_Mbox()
    {
        User.DeliverMany("INBOX", 10, i => new SeedMessage(Message(Text($"number {i}"), body: new string('x', 20_000))));
        Connect();
        Proxy.On(command => command.Line.Contains("BODY.PEEK[]", StringComparison.Ordinal), ProxyAction.CutMidResponse(90_000));
        Succeed("Get-ImapMessage | Save-ImapMessage $to -Format Mbox", ("to", At("all.mbox")));
        string text = File.ReadAllText(At("all.mbox"));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => Text($"number {i}")),
            Regex.Matches(text, "(?<=^Subject: ).*$", RegexOptions.Multiline).Select(match => match.Value));
        Assert.Equal(10, Regex.Count(text, "^From ", RegexOptions.Multiline));
        Assert.Equal(10, Regex.Count(text, "^x{20000}$", RegexOptions.Multiline));
    }

    [Fact]
    public void A_Maildir_has_the_flags_in_its_names()
    {
        SystemFlags[] flags =
            [SystemFlags.None, SystemFlags.Seen, SystemFlags.Seen | SystemFlags.Answered | SystemFlags.Flagged,
            SystemFlags.Draft | SystemFlags.Deleted];
        User.DeliverMany("INBOX", 4, i => new SeedMessage(Message(Text($"{i}")), new MessageState(_received, flags[i])));
        Connect();
        IReadOnlyList<PSObject> saved = Succeed("Get-ImapMessage | Save-ImapMessage $to -Format Maildir -PassThru", ("to", Folder));
        Assert.Equal(["", "S", "FRS", "DT"], saved.Select(file => ((FileInfo)file.BaseObject).Name.Split(":2,")[1]));
        Assert.Equal(4, Directory.GetFiles(At("cur")).Length);
        Assert.Empty(Directory.GetFiles(At("new")));
        Assert.Empty(Directory.GetFiles(At("tmp")));
        string first = ((FileInfo)saved[0].BaseObject).FullName;
        Assert.Contains("Subject: 0\nDate", File.ReadAllText(first), StringComparison.Ordinal);
        Assert.Equal(_received.UtcDateTime, File.GetLastWriteTimeUtc(first));
        Succeed("Get-ImapMessage | Save-ImapMessage $to -Format Maildir", ("to", Folder));
        Assert.Equal(8, Files.Length);
        AssertError(Run("Get-ImapMessage | Save-ImapMessage $to -Format Maildir -NameTemplate x", ("to", Folder)), "ArgumentInvalid");
    }

    [Fact]
    public void Anything_with_Folder_and_Uid_is_looked_up_in_one_command()
    {
        User.DeliverMany("INBOX", 300, i => new SeedMessage(Message(Text($"number {i}")), new MessageState(_received)));
        Connect();
        Succeed("1..300 | ForEach-Object { [pscustomobject]@{ Folder = 'INBOX'; Uid = $_ } } | Save-ImapMessage "
            + "$to -NameTemplate '{Uid} {Subject}'", ("to", Folder));
        Assert.Equal(300, Files.Length);
        Assert.True(File.Exists(At("7 number 6.eml")));
        Assert.Equal(_received.UtcDateTime, File.GetLastWriteTimeUtc(At("7 number 6.eml")));
        Assert.Equal(2, Proxy.Count("UID FETCH"));
    }

    [Fact]
    public async Task Messages_that_are_gone_are_told_and_the_others_saved()
    {
        User.DeliverMany("INBOX", 4, i => new SeedMessage(Message(Text($"{i}"))));
        Connect();
        Succeed("$messages = Get-ImapMessage");
        await ExpungeAsync("3");
        EngineResult result = Run("$messages | Save-ImapMessage $to -NameTemplate '{Uid}'", ("to", Folder));
        ErrorRecord error = AssertError(result, "MessageNotFound");
        Assert.Equal(3, Property<int>(PSObject.AsPSObject(error.TargetObject), "Uid"));
        Assert.Equal(["1.eml", "2.eml", "4.eml"], Files.Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_stale_UidValidity_saves_nothing()
    {
        User.DeliverMany("INBOX", 4, i => new SeedMessage(Message(Text($"{i}"))));
        Connect();
        AssertError(Run("Get-ImapMessage | Select-Object Folder, Uid, @{ Name = 'UidValidity'; Expression = { 7 } } | Save-ImapMessage $to",
            ("to", Folder)), "UidValidityChanged");
        Assert.Empty(Files);
        Assert.Empty(Downloads());
    }

    [Fact]
    public void WhatIf_names_each_message_and_touches_nothing()
    {
        User.DeliverMany("INBOX", 2, i => new SeedMessage(Message(Text($"{i}"))));
        Connect();
        Succeed("Get-ImapMessage | Save-ImapMessage $to -WhatIf; Get-ImapMessage | Save-ImapMessage $to -WhatIf "
            + "-Format Maildir; Get-ImapMessage | Save-ImapMessage $to/x -WhatIf -Format Mbox", ("to", Folder));
        Assert.False(Directory.Exists(Folder));
        Assert.Empty(Downloads());
    }

    [Theory]
    [InlineData("Save-ImapMessage Variable:x -Message $m")]
    [InlineData("Save-ImapMessage NoSuchDrive:x -Message $m")]
    [InlineData("Save-ImapMessage $to/file -Message $m")]
    [InlineData("Save-ImapMessage $to -NameTemplate '{Nonsense}' -Message $m")]
    public void What_cannot_be_saved_to_is_an_invalid_argument(string script)
    {
        User.Deliver("INBOX", Message("one"));
        Directory.CreateDirectory(Folder);
        File.WriteAllText(At("file"), "");
        Connect();
        Succeed("$m = Get-ImapMessage");
        AssertError(Run(script, ("to", Folder)), "ArgumentInvalid");
        Assert.Single(Files);
    }

    [Fact]
    public void What_the_disk_refuses_is_told_of_that_message()
    {
        User.DeliverMany("INBOX", 3, i => new SeedMessage(Message(Text($"{i}"))));
        Directory.CreateDirectory(Folder);
        File.WriteAllText(At("1"), "a file where a directory would have to be");
        Connect();
        EngineResult result = Run("Get-ImapMessage | Save-ImapMessage $to -NameTemplate '{Subject}/{Uid}'", ("to", Folder));
        ErrorRecord error = AssertError(result, "FileNotSaved");
        Assert.Equal("1", Property<string>(PSObject.AsPSObject(error.TargetObject), "Subject"));
        Assert.Equal(["0/1.eml", "1", "2/3.eml"], Files.Select(file => Path.GetRelativePath(Folder, file)).Order());
        Assert.Equal(0, Proxy.Connections);
    }

    [Fact]
    public async Task A_stop_leaves_no_temporary_file()
    {
        User.DeliverMany("INBOX", 5, i => new SeedMessage(Message(Text($"{i}"), body: new string('x', 100_000))));
        Connect("-TimeoutSeconds 60");
        using var stop = new CancellationTokenSource();

        // What memory holds of a message becomes a file only when it is whole: this one is too large for that.
        string half = new('x', HeldMessage.Most);
        Proxy.On(command => command.Line.Contains("BODY.PEEK[]", StringComparison.Ordinal),
            ProxyAction.Inject($"* 5 EXISTS\r\n* 1 FETCH (UID 1 BODY[] {{{2 * HeldMessage.Most}}}\r\nSubject: half{half}"));
        Proxy.On(command => command.Line.Contains("BODY.PEEK[]", StringComparison.Ordinal), ProxyAction.Stall);
        Task<EngineResult> run =
            Engine.InvokeAsync("Get-ImapMessage | Save-ImapMessage $to",
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["to"] = Folder }, stop.Token);
        await Proxy.WaitForAsync(proxy => proxy.Commands.Any(command => command.Line.Contains("BODY.PEEK[]", StringComparison.Ordinal)),
            Cancellation);
        while (Files.Length == 0) await Task.Yield();
        await stop.CancelAsync();
        await run;
        Assert.Empty(Files);
    }

    [Fact]
    public void A_cut_connection_goes_on_with_the_first_message_not_saved()
    {
        User.DeliverMany("INBOX", 40, i => new SeedMessage(Message(Text($"{i}"), body: new string('x', 10_000))));
        Connect();
        int saved = -1;
        Proxy.On(command => command.Line.Contains("BODY.PEEK[]", StringComparison.Ordinal), ProxyAction.CutMidResponse(150_000));
        Proxy.On(
            _ => Downloads().Count == 2,
            ProxyAction.Run(async () =>
            {
                // What has come whole is written beside the connection, and may be on its way to the disk still.
                int first = int.Parse(Downloads()[1].Split(' ')[3].Split(':')[0], CultureInfo.InvariantCulture);
                do
                {
                    saved = Files.Count(file => file.EndsWith(".eml", StringComparison.Ordinal));
                    await Task.Yield();
                }
                while (saved < first - 1 && !Cancellation.IsCancellationRequested);
            }));
        Succeed("Get-ImapMessage | Save-ImapMessage $to -NameTemplate '{Uid}'", ("to", Folder));
        Assert.Equal(40, Files.Length);
        Assert.InRange(saved, 10, 20);
        Assert.Contains(Text($"UID FETCH {saved + 1}:40 "), Downloads()[1], StringComparison.Ordinal);
        Assert.Equal(1, Proxy.Connections);
        Assert.All(Files, file => Assert.EndsWith("x\r\n", File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public void More_connections_share_the_work_and_are_closed()
    {
        User.DeliverMany("INBOX", 2_000, i => new SeedMessage(Message(Text($"{i}"))));
        Connect();
        Succeed("Save-ImapMessage $to -NameTemplate '{Uid}' -Parallel 3 -Message (Get-ImapMessage)", ("to", Folder));
        Assert.Equal(2_000, Files.Length);
        Assert.Equal(2, Proxy.Connections);
        Assert.Equal(2, Proxy.Count("LOGOUT"));
        Assert.InRange(Proxy.Commands.Where(command => command.Line.Contains("BODY.PEEK[]", StringComparison.Ordinal))
            .Select(command => command.ConnectionNumber).Distinct().Count(), 2, 3);
        Assert.InRange(Downloads().Count, 4, 5);
    }

    [Fact]
    public void A_server_that_refuses_more_connections_is_asked_for_no_more()
    {
        User.DeliverMany("INBOX", 2_000, i => new SeedMessage(Message(Text($"{i}"))));
        Connect();
        Proxy.RefuseConnections = true;
        EngineResult result =
            Run("$VerbosePreference = 'Continue'; Get-ImapMessage | Save-ImapMessage $to -NameTemplate '{Uid}' -Parallel 4",
            ("to", Folder));
        Assert.Empty(result.AllErrors);
        Assert.Single(result.Verbose, line => line.StartsWith("No more than 1 connections are used:", StringComparison.Ordinal));
        Assert.Equal(2_000, Files.Length);
    }

    [Fact]
    public void A_connection_that_is_lost_leaves_its_work_to_the_others()
    {
        User.DeliverMany("INBOX", 2_000, i => new SeedMessage(Message(Text($"{i}"), body: new string('x', 500))));
        Connect("-RetryCount 0");
        Proxy.On(command => command.ConnectionNumber != 1
            && command.Line.Contains("BODY.PEEK[]", StringComparison.Ordinal), ProxyAction.CutMidResponse(100_000), times: int.MaxValue);
        Succeed("Save-ImapMessage $to -NameTemplate '{Uid}' -Parallel 3 -Message (Get-ImapMessage)", ("to", Folder));
        Assert.Equal(2_000, Files.Length);
    }

    [Fact]
    public void Progress_tells_messages_bytes_and_an_estimate()
    {
        User.DeliverMany("INBOX", 60, i =>
            new SeedMessage(Message(Text($"{i}"), body: string.Concat(Enumerable.Repeat(new string('x', 998) + "\r\n", 1_000)))));
        Connect();
        Proxy.Delay = TimeSpan.FromMilliseconds(150);
        EngineResult result = Run("Save-ImapMessage $to -NameTemplate '{Uid}' -Message (Get-ImapMessage)", ("to", Folder));
        Assert.Empty(result.AllErrors);
        ProgressRecord[] records =
            [.. result.Progress.Where(record => record.Activity.StartsWith("Save to ", StringComparison.Ordinal)
            && record.RecordType == ProgressRecordType.Processing)];
        Assert.NotEmpty(records);
        Assert.All(records, record => Assert.Matches(@"^\d+ of 60 messages, \d+(\.\d [KM])? ?B of 57\.\d MB$", record.StatusDescription));
        Assert.Contains(records, record => record is { SecondsRemaining: >= 0, PercentComplete: > 0 });
    }

    private string At(string name) => Path.Combine(Folder, name);

    private List<string> Downloads() =>
        [.. Proxy.Commands.Where(command => command.Line.Contains("BODY.PEEK[]", StringComparison.Ordinal))
        .Select(command => command.Line)];

    private async Task<string> FlagsAsync()
    {
        await using RawImapClient client = await User.ConnectAsync(Cancellation);
        await client.CommandAsync("EXAMINE INBOX", Cancellation);
        return string.Join('\n',
            (await client.CommandAsync("UID FETCH 1:* (FLAGS)", Cancellation)).Untagged.Where(line =>
            line.Contains("FETCH", StringComparison.Ordinal)));
    }
}
