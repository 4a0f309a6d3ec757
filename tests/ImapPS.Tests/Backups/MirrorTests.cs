using ImapPS.Models;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Backups;

/// <summary>What a backup that mirrors marks, and when it removes anything.</summary>
public sealed class MirrorTests(MailServer mail) : BackupTest(mail)
{
    private int Files => Directory.GetFiles(Path.Combine(Root, "Box")).Length;

    [Fact]
    public async Task What_was_removed_is_marked_and_goes_only_after_its_time()
    {
        Fill("Box", 6);
        Connect();
        BackUp("-Mirror");
        await OtherClientAsync("SELECT Box", "UID STORE 1:2 +FLAGS (\\Deleted)", "UID EXPUNGE 1:2");
        Assert.Equal(0, BackUp()["Box"].Gone);
        Assert.Equal(6, Held().Count);
        Assert.Equal(2, BackUp("-Mirror")["Box"].Gone);
        Assert.Equal((4, 6), (Held().Count, Held(goneToo: true).Count));
        Assert.Empty(Problems());

        Assert.Equal((0, 0), (BackUp("-Mirror -KeepDeleted 1")["Box"].Gone, BackUp("-Mirror -KeepDeleted 1")["Box"].Removed));
        Assert.Equal(6, Files);
        Assert.Contains("2 messages of 'Box'", WhatIf(), StringComparison.Ordinal);
        Assert.Equal(6, Files);
        Assert.Equal(2, BackUp("-Mirror -KeepDeleted 0")["Box"].Removed);
        Assert.Equal(4, Files);
        Assert.Equal(4, Held(goneToo: true).Count);
        Assert.Empty(Problems());
    }

    [Fact]
    public async Task A_folder_that_is_suddenly_empty_or_missing_is_marked_and_keeps_its_files()
    {
        Fill("Box", 6);
        Fill("Lost", 2, first: 10);
        Connect();
        BackUp("-Mirror -KeepDeleted 0");
        await OtherClientAsync("SELECT Box", "STORE 1:* +FLAGS (\\Deleted)", "EXPUNGE", "DELETE Lost");
        IReadOnlyDictionary<string, ImapFolderBackup> done = BackUp("-Mirror -KeepDeleted 0");
        Assert.Equal((6, 0), (done["Box"].Gone, done["Box"].Removed));
        Assert.Equal((2, 0), (done["Lost"].Gone, done["Lost"].Removed));
        Assert.DoesNotContain("Lost", BackUp("-Mirror -KeepDeleted 0").Keys);
        Assert.Equal(6, Files);
        Assert.Equal(8, Held(goneToo: true).Count);
        Assert.Empty(Held());

        // A folder that is used again is not a mistake.
        Fill("Box", 1, first: 100);
        Assert.Equal(6, BackUp("-Mirror -KeepDeleted 0")["Box"].Removed);
        Assert.Equal(1, Files);
        Assert.Empty(Problems());
    }

    [Fact]
    public async Task What_a_search_does_not_name_is_not_gone_unless_the_folder_has_fewer_messages()
    {
        Fill("Box", 6);
        Connect();
        BackUp("-Mirror");
        await OtherClientAsync("SELECT Box", "STORE 1 +FLAGS (kept)");
        Proxy.On("UID SEARCH", ProxyAction.Reply("* ESEARCH (TAG \"{tag}\") UID ALL 1:2\r\n{tag} OK done"));
        Assert.Equal(0, BackUp("-Mirror")["Box"].Gone);
        Assert.Equal(0, BackUp("-Mirror")["Box"].Gone);
        Assert.Equal(6, Held().Count);
    }

    [Fact]
    public async Task A_new_UIDVALIDITY_with_no_message_left_keeps_everything()
    {
        Fill("Box", 6);
        Connect();
        BackUp("-Mirror -KeepDeleted 0");
        await OtherClientAsync("DELETE Box", "CREATE Box");
        Fill("Box", 1, first: 100);
        ImapFolderBackup done = BackUp("-Mirror -KeepDeleted 0")["Box"];
        Assert.Equal((1, 6, 0), (done.New, done.Gone, done.Removed));
        Assert.Equal(0, BackUp("-Mirror -KeepDeleted 0")["Box"].Removed);
        Assert.Equal(7, Files);
        Assert.Empty(Problems());
    }

    /// <summary>The run that notices removes nothing yet: only a later one does, when the time has passed.</summary>
    [Fact]
    public async Task What_is_left_of_a_renamed_folder_goes_after_its_time()
    {
        Fill("Box", 6);
        Fill("Box/Below", 2, first: 50);
        Connect();
        BackUp("-Mirror");
        await OtherClientAsync("RENAME Box New");
        Assert.Equal(6, BackUp("-Mirror -KeepDeleted 1")["Box"].Gone);
        Assert.DoesNotContain("Box", BackUp("-Mirror -KeepDeleted 1").Keys);
        Assert.Equal(6, Files);
        Assert.Contains("6 messages of 'Box'", WhatIf(), StringComparison.Ordinal);
        Assert.Equal(6, Files);
        IReadOnlyDictionary<string, ImapFolderBackup> done = BackUp("-Mirror -KeepDeleted 0");
        Assert.Equal((6, 2), (done["Box"].Removed, done["Box/Below"].Removed));
        Assert.Equal(0, Files);
        Assert.DoesNotContain("Box", BackUp("-Mirror -KeepDeleted 0").Keys);
        Assert.Equal(8, Held(goneToo: true).Count);
        Assert.Empty(Problems());
    }

    [Fact]
    public async Task What_was_moved_leaves_its_old_folder_after_its_time()
    {
        Fill("Box", 6);
        User.CreateFolder("Archive");
        Connect();
        BackUp("-Mirror");
        await OtherClientAsync("SELECT Box", "UID MOVE 1:3 Archive");
        IReadOnlyDictionary<string, ImapFolderBackup> done = BackUp("-Mirror -KeepDeleted 0");
        Assert.Equal((3, 3), (done["Archive"].Known + done["Archive"].New, done["Box"].Gone));
        BackUp("-Mirror -KeepDeleted 0");
        Assert.Equal(3, Files);
        Assert.Equal(6, Held(goneToo: true).Count);
        Assert.Empty(Problems());
    }

    [Fact]
    public async Task Copies_in_one_folder_share_a_file_that_stays_while_one_of_them_is_left()
    {
        Fill("Box", 2);
        Connect();
        await OtherClientAsync("SELECT Box", "UID COPY 1 Box");
        BackUp("-Mirror");
        Assert.Equal(2, Files);
        await OtherClientAsync("SELECT Box", "UID STORE 1 +FLAGS (\\Deleted)", "UID EXPUNGE 1");
        Assert.Equal(1, BackUp("-Mirror -KeepDeleted 0")["Box"].Removed);
        Assert.Equal(2, Files);
        Assert.Equal(2, Contents().Find("Box")!.Entries.Count);
        Assert.Empty(Problems());
    }
}
