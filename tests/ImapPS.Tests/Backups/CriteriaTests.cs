using ImapPS.Models;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Backups;

/// <summary>A backup with criteria is for some messages, and takes nothing from a backup of all.</summary>
public sealed class CriteriaTests(MailServer mail) : BackupTest(mail)
{
    [Theory]
    [InlineData("-Since '2026-03-02T10:06:00Z'", 4)]
    [InlineData("-Subject 'message 0003'", 1)]
    [InlineData("-From a@example.org -Unread -Unflagged", 3)]
    [InlineData("-Filter { $_.Uid -gt 8 }", 2)]
    [InlineData("-SmallerThan 1", 0)]
    public void Only_the_messages_that_match_are_backed_up(string criteria, int count)
    {
        Fill("Box", 10);
        Connect();
        ImapFolderBackup done = BackUp($"Box {criteria}")["Box"];
        Assert.Equal((count, count, 0), (done.Count, done.New, done.Failed));
        Assert.Equal((count, 0, count), Numbers(BackUp($"Box {criteria}")["Box"]));
        Assert.Equal(count, Held().Count);
        Assert.True(IsGood());

        // Nothing is passed over by the backup of all.
        Assert.Equal((10, 10 - count, count), Numbers(BackUp("Box")["Box"]));
        Assert.Equal((10, 0, 10), Numbers(BackUp("Box")["Box"]));
        Assert.Empty(Problems());
    }

    [Fact]
    public void Between_two_backups_of_all_one_with_criteria_hides_nothing()
    {
        Fill("Box", 10);
        Connect();
        BackUp("Box");
        Fill("Box", 10, first: 100);
        Succeed("Get-ImapMessage Box -Uid 3, 13 | Set-ImapMessage -AddKeyword new");
        Assert.Equal(1, BackUp("Box -Subject 'message 0109'")["Box"].New);
        ImapFolderBackup done = BackUp("Box")["Box"];
        Assert.Equal((20, 9, 1), (done.Count, done.New, done.FlagChanges));
        Assert.Equal(2, Contents().Find("Box")!.Entries.Count(entry => entry.Flags.Contains("new")));
        Assert.Empty(Problems());
    }

    [Fact]
    public async Task With_Mirror_what_no_longer_matches_is_not_gone_and_what_is_gone_is()
    {
        Fill("Box", 9);
        Connect();
        ImapFolderBackup done = BackUp("Box -Unread -Mirror -KeepDeleted 0")["Box"];
        Assert.Equal(6, done.New);
        Succeed("Get-ImapMessage Box -Unread | Set-ImapMessage -Read");
        done = BackUp("Box -Unread -Mirror -KeepDeleted 0")["Box"];
        Assert.Equal((0, 0, 0), (done.Count, done.Gone, done.Removed));
        Assert.Equal(6, Held().Count);

        await OtherClientAsync("SELECT Box", "UID STORE 2:3 +FLAGS (\\Deleted)", "UID EXPUNGE 2:3");
        Assert.Equal(2, BackUp("Box -Unread -Mirror")["Box"].Gone);
        Assert.Equal(4, Held().Count);
        Assert.Equal(2, BackUp("Box -Unread -Mirror -KeepDeleted 0")["Box"].Removed);
        Assert.Equal(4, Held(goneToo: true).Count);
    }

    /// <summary>Of messages that nobody looked at it is not known whether they are the old ones.</summary>
    [Fact]
    public async Task After_a_new_UIDVALIDITY_only_a_backup_of_all_marks_what_is_gone()
    {
        Fill("Box", 10);
        Connect();
        BackUp("Box -Mirror");
        await OtherClientAsync("CREATE Anew", "SELECT Box", "UID COPY 1:10 Anew", "CREATE Other", "SELECT Other", "DELETE Box",
            "RENAME Anew Box");
        ImapFolderBackup done = BackUp("Box -Mirror -Subject 'message 0005'")["Box"];
        Assert.Equal((1, 1, 0), (done.Count, done.Known, done.Gone));
        done = BackUp("Box -Mirror")["Box"];
        Assert.Equal((8, 1, 0), (done.Known, done.New, done.Gone));
        Assert.Empty(Problems());
    }

    [Fact]
    public void A_message_that_cannot_be_fetched_leaves_it_incomplete()
    {
        Fill("Box", 2);
        Connect();
        Proxy.On(command => command.Line.Contains("BODY.PEEK[]", StringComparison.Ordinal), ProxyAction.Reply("{tag} NO cannot\r\n"),
            times: 100);
        Assert.Equal(["CommandRejected"], Run("Backup-ImapFolder Box -Path $root -NewerThan 90000 -Subject 'message 0001'", ("root", Root))
            .AllErrors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.False(IsGood());
        Proxy.ClearRules();
        BackUp("Box -Subject 'message 0001'");
        Assert.True(IsGood());
    }

    [Fact]
    public void What_no_message_can_be_is_an_error()
    {
        Fill("Box", 1);
        Connect();
        AssertError(Run("Backup-ImapFolder Box -Path $root -Read -Unread", ("root", Root)), "FilterInvalid");
        Assert.False(Directory.Exists(Root));
    }

    private bool IsGood() => (bool)Succeed("Test-ImapBackup $root -Quiet", ("root", Root)).Single().BaseObject;

    private static (int Count, int New, int Unchanged) Numbers(ImapFolderBackup folder) => (folder.Count, folder.New, folder.Unchanged);
}
