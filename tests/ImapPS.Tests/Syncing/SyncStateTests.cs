using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Syncing;

/// <summary>What is recorded of a run, and what it spares the next.</summary>
public sealed class SyncStateTests(MailServer mail) : SyncTest(mail)
{
    private readonly string _directory = Directory.CreateTempSubdirectory("imapps-").FullName;

    private string State => Path.Combine(_directory, "state.jsonl");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void An_untouched_account_takes_no_command_for_a_folder()
    {
        Fill();
        ConnectBoth();
        AssertEqual(SyncRecorded());
        Succeed("$mine = Get-ImapSession | Where-Object IsDefault; $mine, $other | Disconnect-Imap");
        ConnectBoth();
        IReadOnlyList<PSObject> again = SyncRecorded();
        AssertEqual(again);
        Assert.Equal(400, Property<int>(again.Single(result => Property<string>(result, "Folder") == "One"), "DestinationCount"));
        Assert.Equal(["LIST"], Proxy.Commands.Select(command => command.Verb).Distinct());
        Assert.Equal(["LIST"], OtherProxy.Commands.Select(command => command.Verb).Distinct());
        Assert.InRange(Proxy.Commands.Count + OtherProxy.Commands.Count, 2, 4);
    }

    [Fact]
    public void Without_CONDSTORE_a_folder_takes_one_FETCH()
    {
        Fill();
        Proxy.HideCapability("CONDSTORE", "QRESYNC");
        ConnectBoth();
        SyncRecorded();
        Proxy.Clear();
        OtherProxy.Clear();
        IReadOnlyList<PSObject> again = SyncRecorded();
        AssertEqual(again);
        int filled = again.Count(result => Property<int>(result, "SourceCount") > 0);
        foreach (FaultProxy proxy in new[] { Proxy, OtherProxy })
        {
            Assert.Equal(filled, proxy.Count("UID FETCH"));
            Assert.InRange(proxy.Commands.Count, filled * 3, (again.Count * 3) + 4);
            Assert.DoesNotContain(proxy.Commands, command => command.Line.Contains("HEADER", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task What_has_changed_is_found_by_flags_and_sizes_alone()
    {
        Fill();
        ConnectBoth();
        SyncRecorded();
        await OnSourceAsync("SELECT One", "STORE 5 +FLAGS (\\Flagged)", "STORE 7 +FLAGS (\\Deleted)", "EXPUNGE");
        await OnOtherAsync("SELECT Two", "STORE 3 +FLAGS (\\Answered)", "STORE 9 +FLAGS (\\Deleted)", "EXPUNGE");
        User.Deliver("One", Message("new"));
        Proxy.Clear();
        OtherProxy.Clear();
        IReadOnlyList<PSObject> results = SyncRecorded("-RemoveExtra -Force");
        AssertEqual(results);
        Assert.Equal(["One 1 1 1 0", "Two 1 1 0 0"],
            Done(results).Where(line => line is ['O' or 'T', 'n' or 'w', ..]).Order(StringComparer.Ordinal));
        await AssertSameAsync("One");
        await AssertSameAsync("Two");

        // One message that is new here, and one whose copy is gone: no other headers are read.
        Assert.DoesNotContain(Proxy.Commands, command => command.Line.Contains("1:400", StringComparison.Ordinal)
            && command.Line.Contains("MESSAGE-ID", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_line_that_was_cut_off_and_a_file_that_is_lost_cost_nothing_but_time()
    {
        Fill();
        ConnectBoth();
        SyncRecorded();
        byte[] whole = await File.ReadAllBytesAsync(State, Cancellation);
        for (int part = 0; part < 5; part++)
        {
            await File.WriteAllBytesAsync(State, whole[..(whole.Length * part / 5)], Cancellation);
            OtherProxy.Clear();
            AssertEqual(SyncRecorded());
            AssertNothingChangesThere();
        }
    }

    [Fact]
    public async Task The_record_of_other_accounts_means_nothing()
    {
        Fill();
        ConnectBoth();
        SyncRecorded();
        string text = await File.ReadAllTextAsync(State, Cancellation);
        await File.WriteAllTextAsync(State, text.Replace($"\"{User.Name}@", "\"somebody@", StringComparison.Ordinal), Cancellation);
        User.Deliver("One", Message("new"));
        AssertEqual(SyncRecorded());
        await AssertSameAsync("One");
    }

    [Fact]
    public async Task A_destination_that_was_made_anew_is_filled_anew()
    {
        Fill();
        ConnectBoth();
        SyncRecorded();
        await OnOtherAsync("DELETE One", "CREATE One");
        AssertEqual(SyncRecorded());
        await AssertSameAsync("One");
    }

    [Fact]
    public async Task Messages_that_the_destination_alters_are_not_copied_again()
    {
        Fill();
        ConnectBoth();

        // A server whose sizes are estimates.
        OtherProxy.HideCapability("UIDPLUS");
        Succeed("Sync-ImapFolder One -ToSession $other");
        await OnOtherAsync("SELECT One", "STORE 1:* +FLAGS (\\Deleted)", "EXPUNGE");
        string date = (await StateAsync("One", User))[0].Split('"')[1];
        string id = System.Text.Encoding.Latin1.GetString((await StoredAsync("One", User))[0]).Split("Message-ID: ")[1].Split('\r')[0];
        byte[] altered = Octets($"X-Scanned: yes\r\nMessage-ID: {id}\r\n\r\nx\r\n");
        Other.Deliver("One", altered, new MessageState(DateTimeOffset.Parse(date, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(399, Property<int>(Assert.Single(Succeed("Sync-ImapFolder One -ToSession $other")), "Copied"));
    }

    [Fact]
    public void A_state_file_that_cannot_be_written_ends_it_before_anything_is_done()
    {
        Fill();
        ConnectBoth();
        AssertError(Run("Sync-ImapFolder -ToSession $other -StatePath $path", ("path", Path.Combine(_directory, "none", "x"))),
            "JournalNotWritten");
        AssertNothingChangesThere();
    }

    private IReadOnlyList<PSObject> SyncRecorded(string parameters = "") =>
        Succeed($"Sync-ImapFolder -ToSession $other -StatePath $path {parameters}", ("path", State));

    private void Fill()
    {
        foreach (string folder in new[] { "One", "Two" })
        {
            User.DeliverMany(folder, 400, i => new SeedMessage(Message(Text($"{folder} {i}"))));
        }
    }
}
