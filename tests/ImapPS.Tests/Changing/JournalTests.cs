using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Changing;

public sealed class JournalTests(MailServer mail) : ChangeTest(mail)
{
    /// <summary>What Get-Content and ConvertFrom-Json make of a journal, without Microsoft.PowerShell.Utility.</summary>
    private const string Read = """
        function Read-Journal {
            foreach ($line in [IO.File]::ReadAllLines($journal)) {
                $entry = [ordered]@{}
                foreach ($pair in [System.Text.Json.JsonDocument]::Parse($line).RootElement.EnumerateObject()) {
                    $entry[$pair.Name] = switch ($pair.Value.ValueKind) { Number { $pair.Value.GetInt64() } String { $pair.Value.GetString() } default { $null } }
                }
                [pscustomobject]$entry
            }
        }

        """;

    private static readonly string[] _way = ["FromFolder", "FromUid", "Folder", "Uid"];

    private string? _path;

    /// <summary>Below the server's own directory, which goes with it.</summary>
    private string Path =>
        _path ??= System.IO.Path.Combine(
        Directory.CreateDirectory(System.IO.Path.Combine(Dovecot.Directory, "journals", User.Name)).FullName, "journal.jsonl");

    [Fact]
    public async Task Stopped_between_the_copy_and_the_expunge_a_move_is_finished_and_told()
    {
        Deliver(3);
        Proxy.HideCapability("MOVE");
        Connect();
        using var stop = new CancellationTokenSource();
        Proxy.On("UID COPY", ProxyAction.Run(stop.CancelAsync));
        await Engine.InvokeAsync("Get-ImapMessage | Move-ImapMessage Trash -JournalPath $journal",
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["journal"] = Path }, stop.Token);
        Assert.Equal([0, 3], await CountsAsync("INBOX", "Trash"));
        Assert.Equal(3, (await File.ReadAllLinesAsync(Path, Cancellation)).Length);
    }

    [Fact]
    public async Task A_move_is_undone()
    {
        Deliver(4, flags: i => i == 1 ? SystemFlags.Flagged | SystemFlags.Seen : SystemFlags.None);
        Connect();
        Journaled("Get-ImapMessage -Uid (2..4) | Move-ImapMessage Archive -CreateFolder -JournalPath $journal");
        List<JsonElement> lines = Lines();
        Assert.Equal(["INBOX 2 Archive 1", "INBOX 3 Archive 2", "INBOX 4 Archive 3"], lines.Select(Way));
        JsonElement first = lines[0];
        Assert.Equal(["Move-ImapMessage", "message 1", "Seen, Flagged", "Seen, Flagged"],
            [Said(first, "Command"), Said(first, "Subject"), Said(first, "FlagsBefore"), Said(first, "FlagsAfter")]);
        Assert.Equal(Text($"{User.Name}@localhost:{Proxy.Port}"), Said(first, "Account"));
        Assert.EndsWith("@example.org", Said(first, "MessageId"), StringComparison.Ordinal);
        Assert.InRange(first.GetProperty("Time").GetDateTime(), DateTime.UtcNow.AddMinutes(-5), DateTime.UtcNow);
        Assert.True(first.GetProperty("Size").GetInt64() > 0);
        Assert.NotEqual(JsonValueKind.Null, first.GetProperty("Received").ValueKind);
        Assert.NotEqual(first.GetProperty("FromUidValidity").GetInt64(), first.GetProperty("UidValidity").GetInt64());

        Journaled("Read-Journal | Move-ImapMessage INBOX");
        Assert.Equal([4, 0], await CountsAsync("INBOX", "Archive"));
        Assert.Equal(["None", "None", "None", "Seen, Flagged"], FlagsOf().Values.Select(flags => flags.Trim())
            .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Messages_go_back_each_to_its_folder()
    {
        Deliver(2);
        Deliver(3, "Sent");
        Connect();
        Journaled("Get-ImapMessage INBOX, Sent | Remove-ImapMessage -JournalPath $journal");
        Assert.Equal([0, 0, 5], await CountsAsync("INBOX", "Sent", "Trash"));
        Journaled("$lines = Read-Journal; foreach ($folder in 'INBOX', 'Sent') { $lines | Where-Object FromFolder "
            + "-eq $folder | Move-ImapMessage $folder }");
        Assert.Equal([2, 3, 0], await CountsAsync("INBOX", "Sent", "Trash"));
    }

    [Fact]
    public void Set_notes_the_flags_that_were_and_are()
    {
        Deliver(3, flags: i => i == 0 ? SystemFlags.Answered : SystemFlags.None);
        Connect();
        Succeed("$all = Get-ImapMessage; Get-ImapMessage -Uid 1 | Set-ImapMessage -Flagged -AddKeyword old");

        // The object at hand knows nothing of the change since; the journal does.
        Journaled("$all | Set-ImapMessage -Read -AddKeyword new -RemoveKeyword old -JournalPath $journal");
        JsonElement first = Lines()[0];
        Assert.Equal("INBOX 1 INBOX 1", Way(first));
        Assert.Equal(["Answered, Flagged", "Seen, Answered, Flagged"], [Said(first, "FlagsBefore"), Said(first, "FlagsAfter")]);
        Assert.Equal(["old", "new"], first.GetProperty("KeywordsBefore").EnumerateArray()
            .Concat(first.GetProperty("KeywordsAfter").EnumerateArray()).Select(keyword => keyword.GetString()!));
        Journaled("Read-Journal | Where-Object FlagsBefore -NotLike '*Seen*' | Set-ImapMessage -Unread");
        Assert.Equal(["Answered, Flagged new", "new", "new"],
            FlagsOf().Values.Select(flags => flags.Replace("None ", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_message_of_which_only_the_place_is_known_is_read_first_in_one_command()
    {
        Deliver(30, flags: _ => SystemFlags.Seen);
        Connect();
        Journaled("1..31 | ForEach-Object { [pscustomobject]@{ Folder = 'INBOX'; Uid = $_ } } | Move-ImapMessage "
            + "Trash -JournalPath $journal -ErrorAction SilentlyContinue");
        Assert.Equal(Enumerable.Range(0, 30).Select(i => Text($"message {i}")), Lines().Select(line => Said(line, "Subject")));
        Assert.All(Lines(), line => Assert.Equal("Seen", Said(line, "FlagsBefore")));
        Assert.Equal(1, Proxy.Count("UID FETCH"));
    }

    [Theory]
    [InlineData("Move-ImapMessage Trash")]
    [InlineData("Copy-ImapMessage Trash")]
    [InlineData("Set-ImapMessage -Read")]
    [InlineData("Remove-ImapMessage -Permanent -Force")]
    public void What_is_gone_is_an_error_and_no_line(string command)
    {
        Deliver(2);
        Connect();
        Succeed("$all = Get-ImapMessage; Get-ImapMessage -Uid 1 | Remove-ImapMessage -Permanent -Force");
        AssertError(Run($"$all | {command} -JournalPath $journal", ("journal", Path)), "MessageNotFound");
        Assert.Equal("message 1", Said(Assert.Single(Lines()), "Subject"));
    }

    [Fact]
    public async Task A_copy_is_undone_by_removing_it()
    {
        Deliver(3);
        Connect();
        Journaled("Get-ImapMessage | Copy-ImapMessage Sent -JournalPath $journal; Read-Journal | Remove-ImapMessage -Permanent -Force");
        Assert.Equal([3, 0], await CountsAsync("INBOX", "Sent"));
    }

    [Theory]
    [InlineData("Get-ImapMessage | Remove-ImapMessage -Permanent -Force")]
    [InlineData("Clear-ImapFolder INBOX -Force")]
    public void What_is_removed_for_good_is_nowhere_and_cannot_be_moved_back(string command)
    {
        Deliver(2, flags: i => i == 0 ? SystemFlags.Seen : SystemFlags.None);
        Connect();
        Journaled($"{command} -JournalPath $journal");
        Assert.Equal(["INBOX 1  ", "INBOX 2  "], Lines().Select(Way));
        Assert.Equal(["Seen", "None"], Lines().Select(line => Said(line, "FlagsBefore")));
        Assert.Equal(["message 0", "message 1"], Lines().Select(line => Said(line, "Subject")));
        EngineResult result = Run(Read + "Read-Journal | Move-ImapMessage INBOX", ("journal", Path));
        Assert.Equal(2, result.Errors.Count);
        Assert.All(result.AllErrors, error =>
            Assert.Equal("MessageNotFound,ImapPS.Commands.MoveImapMessageCommand", error.FullyQualifiedErrorId));
    }

    [Fact]
    public void An_import_is_undone_by_removing_it()
    {
        Connect();
        Journaled("$null = Import-ImapMessage INBOX -Content \"Subject: one`r`nMessage-ID: <1@x>`r`n`r`none`r`n\", "
            + "\"Subject: two`r`n`r`ntwo`r`n\" -Flags Flagged -Keyword kept -JournalPath $journal");
        List<JsonElement> lines = Lines();
        Assert.Equal(["  INBOX 1", "  INBOX 2"], lines.Select(Way));
        Assert.Equal(["1@x", "Flagged", "content 1"],
            [Said(lines[0], "MessageId"), Said(lines[0], "FlagsAfter"), Said(lines[0], "FromFile")]);
        Journaled("Read-Journal | Remove-ImapMessage");
        Assert.Empty(Succeed("Get-ImapMessage"));
    }

    [Fact]
    public async Task Names_of_any_script_survive_in_ASCII()
    {
        User.Deliver("INBOX", Message("=?utf-8?B?8J+OiSDDnGJlcmZsw7xzc2lnOiAiSGkiXA==?="));
        Connect();
        Journaled("Get-ImapMessage | Move-ImapMessage 'Ärger/日本/🎉' -CreateFolder -JournalPath $journal");
        Assert.Equal("INBOX 1 Ärger/日本/🎉 1", Way(Assert.Single(Lines())));
        Assert.Equal("🎉 Überflüssig: \"Hi\"\\", Said(Lines()[0], "Subject"));
        Assert.All(await File.ReadAllBytesAsync(Path, Cancellation), octet => Assert.InRange(octet, (byte)'\n', (byte)'~'));
        Journaled("Read-Journal | Move-ImapMessage INBOX");
        Assert.Equal(1, await CountAsync("INBOX"));
    }

    [Fact]
    public void It_is_appended_to_after_the_rest_of_a_torn_line()
    {
        Deliver(2);
        Connect();
        File.WriteAllText(Path, "{}\n{\"Time\":\"20");
        Journaled("Get-ImapMessage -Uid 1 | Set-ImapMessage -Read -JournalPath $journal; Get-ImapMessage -Uid 2 "
            + "| Set-ImapMessage -Read -JournalPath $journal");
        string[] lines = File.ReadAllLines(Path);
        Assert.Equal(["{}", "{\"Time\":\"20"], lines[..2]);
        Assert.Equal(["INBOX 1 INBOX 1", "INBOX 2 INBOX 2"], lines[2..].Select(line => Way(JsonDocument.Parse(line).RootElement)));
    }

    [Fact]
    public async Task What_a_broken_run_has_done_is_in_it_and_is_undone()
    {
        Deliver(30);
        Connect("-RetryCount 0");
        Proxy.On(command => command.Verb == "UID MOVE" && Proxy.Count("UID MOVE") == 3, ProxyAction.CutBefore);
        AssertError(Run("Get-ImapMessage | Move-ImapMessage Trash -BatchSize 10 -JournalPath $journal", ("journal", Path)),
            "ConnectionLost");
        Assert.Equal([10, 20], await CountsAsync("INBOX", "Trash"));
        Assert.Equal(20, Lines().Count);
        Proxy.ClearRules();
        Journaled("Read-Journal | Move-ImapMessage INBOX");
        Assert.Equal([30, 0], await CountsAsync("INBOX", "Trash"));
    }

    [Fact]
    public async Task Of_a_batch_that_broke_in_the_middle_what_is_known_is_in_it()
    {
        Deliver(10);
        Connect("-RetryCount 1");

        // The first try moves some, and what is left meets a server that is down for good.
        Proxy.On("UID MOVE", ProxyAction.Run(() => OtherClientAsync("SELECT INBOX", "UID MOVE 1:4 Trash")));
        Proxy.On("UID MOVE", ProxyAction.CutBefore, times: 2);
        AssertError(Run("Get-ImapMessage | Move-ImapMessage Trash -JournalPath $journal", ("journal", Path)), "ConnectionLost");
        Assert.Equal([6, 4], await CountsAsync("INBOX", "Trash"));
        Assert.Equal(4, Lines().Count);
    }

    [Fact]
    public void Flags_that_cannot_be_read_again_are_not_made_up()
    {
        Deliver(3);
        Connect("-RetryCount 0");
        Proxy.On(command => command.Verb == "UID FETCH" && Proxy.Count("UID STORE") > 0, ProxyAction.CutBefore);
        AssertError(Run("Get-ImapMessage | Set-ImapMessage -Flagged -JournalPath $journal", ("journal", Path)), "ConnectionLost");
        Assert.Equal(3, Lines().Count);
        Assert.All(Lines(), line => Assert.Equal(["None", null], [Said(line, "FlagsBefore"), Said(line, "FlagsAfter")]));
        Assert.All(FlagsOf().Values, flags => Assert.StartsWith("Flagged", flags, StringComparison.Ordinal));
    }

    [Fact]
    public void Where_the_server_does_not_tell_the_place_there_is_no_UID()
    {
        Proxy.HideCapability("UIDPLUS");
        Deliver(1);
        Connect();

        // Neither told nor found: another client is quicker.
        Proxy.On(command => command.Verb == "EXAMINE"
            && Proxy.Count("MOVE") > 0, ProxyAction.Run(() => OtherClientAsync("SELECT Trash", "STORE 1 +FLAGS (\\Deleted)", "EXPUNGE")));
        Journaled("Get-ImapMessage | Move-ImapMessage Trash -JournalPath $journal");
        Assert.Equal("INBOX 1 Trash ", Way(Assert.Single(Lines())));
    }

    [Theory]
    [InlineData("Get-ImapMessage | Move-ImapMessage New -CreateFolder")]
    [InlineData("Get-ImapMessage | Copy-ImapMessage New -CreateFolder")]
    [InlineData("Get-ImapMessage | Set-ImapMessage -Read")]
    [InlineData("Get-ImapMessage | Remove-ImapMessage")]
    [InlineData("Clear-ImapFolder INBOX -Force")]
    [InlineData("Import-ImapMessage New -CreateFolder -Content \"Subject: x`n`nx`n\"")]
    public void One_that_cannot_be_opened_touches_nothing_and_a_trial_writes_none(string command)
    {
        Deliver(2);
        Connect();
        string[] unusable = [System.IO.Path.Combine(Path, "missing", "j.jsonl"), Dovecot.Directory];
        Assert.All(unusable, path =>
            Assert.Equal(ErrorCategory.WriteError,
            AssertError(Run($"{command} -JournalPath $journal", ("journal", path)), "JournalNotWritten").CategoryInfo.Category));
        AssertNothingWasChanged();
        Journaled($"{command} -JournalPath $journal -WhatIf");
        Journaled($"& {{ $WhatIfPreference = $true; {command} -JournalPath $journal }}");
        Assert.False(File.Exists(Path));
        AssertNothingWasChanged();
    }

    [Fact]
    public void Two_do_not_write_to_it_at_once()
    {
        Deliver(2);
        Connect();
        AssertError(Run("Get-ImapMessage | Move-ImapMessage Trash -JournalPath $journal -PassThru | Set-ImapMessage "
            + "-Read -JournalPath $journal", ("journal", Path)), "JournalNotWritten");
        AssertNothingWasChanged();
        Journaled("Get-ImapMessage | Set-ImapMessage -Read -JournalPath $journal");
        Assert.Equal([Path], Directory.GetFiles(System.IO.Path.GetDirectoryName(Path)!));
    }

    [Fact]
    public async Task One_that_cannot_be_written_to_ends_the_run_and_the_error_holds_what_is_not_in_it()
    {
        Deliver(30);
        Connect();
        File.CreateSymbolicLink(Path, "/dev/full");
        ErrorRecord error = AssertError(
            Run("Get-ImapMessage | Move-ImapMessage Trash -BatchSize 10 -JournalPath $journal", ("journal", Path)), "JournalNotWritten");
        Assert.Equal([20, 10], await CountsAsync("INBOX", "Trash"));
        Succeed("$lost | Move-ImapMessage INBOX", ("lost", error.TargetObject));
        Assert.Equal([30, 0], await CountsAsync("INBOX", "Trash"));
    }

    [Fact]
    public async Task Each_batch_is_in_it_before_the_next_begins()
    {
        Deliver(30);
        Connect();
        var seen = new List<int>();
        Proxy.On(
            "UID MOVE",
            ProxyAction.Run(() =>
            {
                seen.Add(File.ReadAllLines(Path).Length);
                return Task.CompletedTask;
            }),
            times: 3);
        Journaled("Get-ImapMessage | Move-ImapMessage Trash -BatchSize 10 -JournalPath $journal");
        Assert.Equal([0, 10, 20], seen);
        Assert.Equal(30, await CountAsync("Trash"));
    }

    private void Journaled(string script) => Succeed(Read + script, ("journal", Path));

    private List<JsonElement> Lines() => [.. File.ReadAllLines(Path).Select(line => JsonDocument.Parse(line).RootElement)];

    private static string? Said(JsonElement line, string property) => line.GetProperty(property).GetString();

    /// <summary>From where to where: "INBOX 1 Trash 7".</summary>
    private static string Way(JsonElement line) =>
        string.Join(' ', _way.Select(name => Convert.ToString(line.GetProperty(name), CultureInfo.InvariantCulture)));
}
