using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Folders;

public sealed class ClearFolderTests(MailServer mail) : FolderChangeTest(mail)
{
    [Fact]
    public async Task Every_message_goes_and_the_folder_stays()
    {
        Fill("a", 30);
        Fill("a/b", 2);
        Connect();
        Assert.Empty(Succeed("Clear-ImapFolder a -Force"));
        Assert.Equal(0, await CountAsync("a"));
        Assert.Equal(2, await CountAsync("a/b"));
        Assert.Equal(1, Proxy.Count("UID STORE"));
        Assert.Equal(1, Proxy.Count("UID EXPUNGE"));
        PSObject folder = Assert.Single(Succeed("Get-ImapFolder a/b | Clear-ImapFolder -Force -PassThru"));
        Assert.Equal(0, Property<int>(folder, "MessageCount"));
        Succeed("Clear-ImapFolder a");
    }

    [Fact]
    public async Task Ten_thousand_scattered_messages_take_few_commands_of_bounded_length()
    {
        const int Left = 3_000;
        Fill("Big", 2 * Left);
        await using (RawImapClient client = await User.ConnectAsync(Cancellation))
        {
            (await client.CommandAsync("SELECT Big", Cancellation)).EnsureOk("SELECT");
            foreach (int[] part in Enumerable.Range(1, Left).Select(i => 2 * i).Chunk(1_000))
            {
                (await client.CommandAsync($"UID STORE {string.Join(',', part)} +FLAGS.SILENT (\\Deleted)", Cancellation))
                    .EnsureOk("UID STORE");
            }

            (await client.CommandAsync("EXPUNGE", Cancellation)).EnsureOk("EXPUNGE");
        }

        Connect();
        Succeed("Clear-ImapFolder Big -Force");
        Assert.Equal(0, await CountAsync("Big"));
        Assert.Equal(2, Proxy.Count("UID EXPUNGE"));
        Assert.InRange(Proxy.LongestLine, 7_000, 8_000);
    }

    [Fact]
    public async Task What_arrives_meanwhile_survives_even_when_it_is_marked_deleted()
    {
        Fill("a", 5);
        Connect();
        Proxy.On("UID STORE", ProxyAction.Run(() => AppendAsync("a", SystemFlags.Deleted)));
        Proxy.On("UID EXPUNGE", ProxyAction.Run(() => AppendAsync("a")));
        Succeed("Clear-ImapFolder a -Force");
        Assert.Equal(["late", "late"], Subjects(Succeed("Get-ImapMessage a")));
        Assert.Equal(0, Proxy.Count("EXPUNGE"));
    }

    [Fact]
    public async Task Without_UIDPLUS_only_with_AllowUnsafeExpunge_and_later_mail_keeps_its_mark()
    {
        Proxy.HideCapability("UIDPLUS");
        Fill("a", 5);
        Connect();
        Assert.Equal(ErrorCategory.NotImplemented,
            AssertError(Run("Clear-ImapFolder a -Force"), "NotSupportedByServer").CategoryInfo.Category);
        AssertNothingChanges();
        Assert.Equal(5, await CountAsync("a"));
        Proxy.On("UID STORE", ProxyAction.Run(() => AppendAsync("a", SystemFlags.Deleted)));
        Succeed("Clear-ImapFolder a -Force -AllowUnsafeExpunge");
        await using RawImapClient client = await User.ConnectAsync(Cancellation);
        Assert.Equal([6u], await client.UidsAsync("a", "DELETED", Cancellation));
        Assert.Equal(1, await CountAsync("a"));
        Assert.Equal(1, Proxy.Count("EXPUNGE"));
    }

    [Fact]
    public async Task Nobody_to_ask()
    {
        Fill("a", 2);
        Fill("b", 2);
        Connect();
        ErrorRecord error = AssertError(Run("Clear-ImapFolder a, b"), "ConfirmationRequired");
        Assert.Contains("-Force", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        AssertNothingChanges();
        Assert.Equal(2, await CountAsync("a"));
    }

    [Fact]
    public async Task It_asks_and_no_to_all_stops()
    {
        foreach (string name in new[] { "a", "b", "c", "d" }) Fill(name, 2);
        User.CreateFolder("empty");
        Connect();
        Assert.Empty(Ask("Clear-ImapFolder empty, a, b, c, d", "Yes", "No", "No to All").AllErrors);
        Assert.Equal(0, await CountAsync("a"));
        foreach (string name in new[] { "b", "c", "d" }) Assert.Equal(2, await CountAsync(name));
        Assert.Empty(Ask("Clear-ImapFolder b, c, d -Force -Confirm", "Yes", "No to All").AllErrors);
        Assert.Equal(0, await CountAsync("b"));
        foreach (string name in new[] { "c", "d" }) Assert.Equal(2, await CountAsync(name));
    }

    [Fact]
    public async Task What_arrives_while_it_asks_survives()
    {
        Fill("a", 2);
        Connect();
        Proxy.On("SELECT", ProxyAction.Run(() => AppendAsync("a")));
        Assert.Empty(Ask("Clear-ImapFolder a", "Yes").AllErrors);
        Assert.Equal(1, await CountAsync("a"));
    }

    [Fact]
    public async Task More_than_MaxMessages_in_all_touches_nothing()
    {
        Fill("a", 6);
        Fill("b", 6);
        Connect();
        AssertError(Run("'a', 'b' | Clear-ImapFolder -Force -MaxMessages 11"), "LimitExceeded");
        AssertNothingChanges();
        Assert.Equal(6, await CountAsync("a"));
        Succeed("'a', 'b' | Clear-ImapFolder -Force -MaxMessages 12");
        Assert.Equal(0, await CountAsync("b"));
    }

    [Fact]
    public async Task WhatIf_tells_how_many()
    {
        Fill("a", 3);
        Connect();
        Assert.Contains("\"Expunge 3 messages\" on target \"a\"", Engine.Format("Clear-ImapFolder a -WhatIf"), StringComparison.Ordinal);
        AssertNothingChanges();
        Assert.Equal(0, Proxy.Count("SELECT"));
        Assert.Equal(3, await CountAsync("a"));
    }

    [Fact]
    public async Task A_folder_that_is_missing_read_only_or_made_anew()
    {
        Fill("a", 2);
        Connect();
        AssertError(Run("Clear-ImapFolder nothing -Force"), "FolderNotFound");
        AssertError(Run("$stale = Get-ImapFolder a | Select-Object *; $stale.PSObject.TypeNames.Insert(0, "
            + "'Deserialized.ImapPS.Models.ImapFolder'); $stale.UidValidity--; $stale | Clear-ImapFolder -Force"), "UidValidityChanged");
        Proxy.On("SELECT", ProxyAction.Reply(
            "* FLAGS (\\Seen)\r\n* 2 EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 3] next\r\n"
            + "{tag} OK [READ-ONLY] selected"));
        AssertError(Run("Clear-ImapFolder a -Force"), "PermissionDenied");
        AssertNothingChanges();
        Assert.Equal(2, await CountAsync("a"));
    }

    [Fact]
    public async Task A_folder_that_was_rebuilt_between_the_look_and_the_expunge()
    {
        Fill("a", 2);
        Connect();
        Proxy.On("SELECT", ProxyAction.Reply(
            "* FLAGS (\\Seen)\r\n* 2 EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY 7] rebuilt\r\n* OK [UIDNEXT 3] next\r\n"
            + "{tag} OK [READ-WRITE] selected"));
        AssertError(Run("Clear-ImapFolder a -Force"), "UidValidityChanged");
        AssertNothingChanges();
        Assert.Equal(2, await CountAsync("a"));
    }

    public static TheoryData<string, string, string> Cuts()
    {
        var cuts = new TheoryData<string, string, string>();
        foreach (string when in new[] { "before", "after", "within" })
        {
            foreach (string verb in new[] { "EXAMINE", "UID SEARCH", "SELECT", "UID STORE", "UID EXPUNGE" }) cuts.Add("", verb, when);
            foreach (string verb in new[] { "UID SEARCH", "UID STORE", "EXPUNGE" }) cuts.Add("UIDPLUS", verb, when);
        }

        return cuts;
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task Cut_once_the_same_messages_go_and_no_others(string hidden, string verb, string when)
    {
        Fill("a", 5);
        Proxy.HideCapability(hidden.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Connect();
        Proxy.On("UID STORE", ProxyAction.Run(() => AppendAsync("a", SystemFlags.Deleted)));
        Proxy.On(verb, Cut(when));
        Succeed("Clear-ImapFolder a -Force -AllowUnsafeExpunge");
        await using RawImapClient client = await User.ConnectAsync(Cancellation);
        Assert.Equal([6u], await client.UidsAsync("a", "DELETED", Cancellation));
        Assert.Equal(1, await CountAsync("a"));
        Assert.Equal(1, Proxy.Connections);
    }

    [Fact]
    public async Task A_mark_that_was_taken_off_is_put_back_after_a_cut_EXPUNGE()
    {
        Fill("a", 5);
        Proxy.HideCapability("UIDPLUS");
        Connect();
        Proxy.On("UID STORE", ProxyAction.Run(() => AppendAsync("a", SystemFlags.Deleted)));
        Proxy.On("EXPUNGE", ProxyAction.Reply("{tag} NO not now"));
        AssertError(Run("Clear-ImapFolder a -Force -AllowUnsafeExpunge"), "CommandRejected");
        await using RawImapClient client = await User.ConnectAsync(Cancellation);
        Assert.Contains(6u, await client.UidsAsync("a", "DELETED", Cancellation));
        Assert.Equal(6, await CountAsync("a"));
    }

    [Fact]
    public async Task A_mark_that_was_taken_off_is_put_back_when_the_retries_run_out()
    {
        Fill("a", 5);
        Proxy.HideCapability("UIDPLUS");
        Connect("-RetryCount 1");
        Proxy.On("UID STORE", ProxyAction.Run(() => AppendAsync("a", SystemFlags.Deleted)));
        Proxy.On("EXPUNGE", ProxyAction.CutBefore, times: 2);
        AssertLost(Run("Clear-ImapFolder a -Force -AllowUnsafeExpunge"));
        await using RawImapClient client = await User.ConnectAsync(Cancellation);
        Assert.Contains(6u, await client.UidsAsync("a", "DELETED", Cancellation));
        Assert.Equal(6, await CountAsync("a"));
    }

    [Fact]
    public void A_mark_that_cannot_be_put_back_is_named()
    {
        Fill("a", 5);
        Proxy.HideCapability("UIDPLUS");
        Connect("-RetryCount 1");
        Proxy.On("UID STORE", ProxyAction.Run(() => AppendAsync("a", SystemFlags.Deleted)));
        Proxy.On("EXPUNGE", ProxyAction.Run(() =>
        {
            Proxy.RefuseConnections = true;
            return Task.CompletedTask;
        }));
        Proxy.On("EXPUNGE", ProxyAction.CutBefore);
        EngineResult result = Run("Clear-ImapFolder a -Force -AllowUnsafeExpunge");
        AssertLost(result);
        Assert.Contains(result.Warnings, warning => warning.Contains("UIDs: 6.", StringComparison.Ordinal));
    }

    /// <summary>Nobody knows what became of the five.</summary>
    private static void AssertLost(EngineResult result) => Assert.Equal(
        [.. Enumerable.Repeat("OutcomeUnknown", 5), "ConnectionLost"],
        result.AllErrors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
}
