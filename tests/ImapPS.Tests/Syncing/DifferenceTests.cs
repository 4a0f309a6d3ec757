using System.Management.Automation;
using ImapPS.Models;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Syncing;

/// <summary>What is told of differences, and what one refusal costs: the message or the flag that it is about, and nothing else.</summary>
public sealed class DifferenceTests(MailServer mail) : SyncTest(mail)
{
    [Fact]
    public void Each_difference_is_an_object()
    {
        for (int i = 1; i <= 4; i++) User.Deliver("INBOX", Numbered(i));
        for (int i = 1; i <= 2; i++) Other.Deliver("INBOX", Numbered(i));
        Other.Deliver("INBOX", Numbered(9), new MessageState(Flags: SystemFlags.Flagged, Keywords: ["Theirs"]));
        User.Deliver("INBOX", "Subject: nameless\r\n\r\nNo id.\r\n");
        ConnectBoth();
        Succeed("Get-ImapMessage INBOX -Uid 2 | Set-ImapMessage -Read -AddKeyword Work");
        OtherProxy.On(command => command.Verb == "UID STORE" && command.Line.Contains("Work", StringComparison.Ordinal),
            ProxyAction.Reply("{tag} NO Too many keywords"), times: 10);
        OtherProxy.On("APPEND", ProxyAction.Reply("{tag} NO [TOOBIG] Too large"), times: 10);
        EngineResult result = Run("Sync-ImapFolder INBOX -ToSession $other");
        Assert.Equal(["CommandRejected", "MessageTooLarge", "MessageTooLarge", "MessageTooLarge"], Ids(result));
        PSObject folder = Assert.Single(result.Output);
        Assert.Equal(["INBOX 0 1 0 5"], Done([folder]));
        Assert.Equal(["Missing 3 0 3@example.org", "Missing 4 0 4@example.org", "Missing 5 0 ", "Extra 0 3 9@example.org",
            "Flags 2 2 2@example.org"], Differences([folder]));
        var differences = (ImapList<ImapSyncDifference>)folder.Properties["Differences"].Value;
        Assert.All(differences, difference => Assert.Equal(("INBOX", "INBOX"), (difference.Folder, difference.Destination)));
        Assert.Equal(Numbered(9).Length, differences[3].Size);
        Assert.Equal((ImapMessageFlags.Flagged, "Theirs"),
            (differences[3].DestinationFlags, differences[3].DestinationKeywords.ToString()));
        Assert.Equal((ImapMessageFlags.Seen, "Work"), (differences[4].Flags, differences[4].Keywords.ToString()));
        Assert.Equal((ImapMessageFlags.Seen, string.Empty),
            (differences[4].DestinationFlags, differences[4].DestinationKeywords.ToString()));
    }

    [Fact]
    public void They_are_told_again_by_a_run_in_which_nothing_has_changed()
    {
        string state = Path.GetTempFileName();
        for (int i = 1; i <= 3; i++) User.Deliver("INBOX", Numbered(i));
        Other.Deliver("INBOX", Numbered(9));
        ConnectBoth();
        for (int run = 0; run < 3; run++)
        {
            IReadOnlyList<PSObject> folder = Sync($"INBOX -StatePath '{state}'");
            Assert.Equal(["Extra 0 1 9@example.org"], Differences(folder));
            Assert.Equal("False", Property<string>(Assert.Single(folder), "IsEqual"));
        }

        File.Delete(state);
    }

    [Fact]
    public async Task A_keyword_that_is_refused_keeps_no_message_back()
    {
        for (int i = 1; i <= 3; i++) User.Deliver("INBOX", Numbered(i));
        ConnectBoth();
        Sync("INBOX");
        await OnSourceAsync("SELECT INBOX", "STORE 1 +FLAGS (Work \\Flagged)", "STORE 2 +FLAGS (\\Seen)");
        User.Deliver("INBOX", Numbered(4));
        OtherProxy.On(command => command.Verb == "UID STORE" && command.Line.Contains("Work", StringComparison.Ordinal),
            ProxyAction.Reply("{tag} NO [LIMIT] Too many keywords"), times: 10);
        EngineResult result = Run("Sync-ImapFolder INBOX -ToSession $other");
        AssertError(result, "ServerBusy");
        Assert.Equal(["INBOX 1 2 0 1"], Done(result.Output));
        Assert.Equal(["Flags 1 1 1@example.org"], Differences(result.Output));
    }

    [Fact]
    public async Task A_message_that_is_larger_than_the_server_ever_takes_keeps_no_other_back()
    {
        // Dovecot says LIMIT, as of a server that has too much to do.
        await using DovecotServer small = await DovecotServer.StartAsync(
            new DovecotOptions { ExtraConfiguration = ["plugin {", "quota = count:User quota", "quota_max_mail_size = 20k", "}"] },
            Cancellation);
        MailUser there = small.CreateUser();
        for (int i = 1; i <= 12; i++)
        {
            User.Deliver("INBOX", Numbered(i) + new string('x', i is 3 or 4 or 9 ? 30_000 : 10) + "\r\n");
        }

        Connect();
        Succeed("$global:mine = Get-ImapSession | Where-Object IsDefault");
        Succeed("$global:small = Connect-Imap 127.0.0.1 -Port $there -Name $name -Security None -AllowPlaintext -Credential $who "
            + "-RetryCount 1 -RetryDelaySeconds 0", ("there", small.Port), ("name", $"{User.Name}-small"),
            ("who", CredentialOf(there.Name, there.Password)));
        EngineResult result = Run("Sync-ImapFolder INBOX -Session $mine -ToSession $small");
        Assert.Equal(["ServerBusy", "ServerBusy", "ServerBusy"], Ids(result));
        Assert.Equal(["INBOX 9 0 0 3"], Done(result.Output));
        Assert.Equal(["Missing 3 0 3@example.org", "Missing 4 0 4@example.org", "Missing 9 0 9@example.org"], Differences(result.Output));
        Assert.Equal(9, await CountAsync("INBOX", there));
    }

    private static string[] Ids(EngineResult result) =>
        [.. result.AllErrors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]).Order(StringComparer.Ordinal)];

    private static string Numbered(int number) =>
        Text($"From: a@example.org\r\nSubject: {number}\r\nMessage-ID: <{number}@example.org>\r\n\r\nx\r\n");
}
