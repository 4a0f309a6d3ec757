using ImapPS.Models;

namespace ImapPS.Tests.Backups;

/// <summary>What programs and crashes leave in a Maildir beside its messages.</summary>
public sealed class BreakingTests(MailServer mail) : MaildirBackupTest(mail)
{
    /// <summary>mbsync keeps its numbers before the letters. Without them it would take each message for a new one.</summary>
    [Fact]
    public async Task What_a_program_has_put_before_the_letters_stays()
    {
        Fill("Box", 2);
        Connect();
        BackUp("Box -Format Maildir");
        string[] parts = FileOf("Box", 1).Split("2,");
        string named = $"{parts[0][..^1]},U=7{parts[0][^1]}2,";
        File.Move(FileOf("Box", 1), named + "PT");
        await OtherClientAsync("SELECT Box", "STORE 1 FLAGS (\\Draft)");
        BackUp("Box");
        Assert.True(File.Exists(named + "DP"), string.Join(' ', FilesOf("Box")));
        Assert.Empty(Problems());
    }

    /// <summary>A crash, or a program that renames while a directory is read, may leave a message twice.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("Q")]
    [InlineData("D")]
    [InlineData("aT")]
    public async Task A_message_that_is_there_twice_is_there_once_after_the_next_run(string letters)
    {
        Fill("Box", 3);
        Connect();
        BackUp("Box -Format Maildir");
        IReadOnlyList<string> held = Held();
        File.Copy(FileOf("Box", 1), FileOf("Box", 1).Split("2,")[0] + "2," + letters);
        BackUp("Box");
        Assert.Equal(3, FilesOf("Box").Count);
        File.Copy(FileOf("Box", 1), FileOf("Box", 1).Split("2,")[0] + "2,DPT");
        await OtherClientAsync("SELECT Box", "STORE 1 FLAGS (\\Seen \\Answered)");
        BackUp("Box");
        Assert.Equal(3, FilesOf("Box").Count);
        Assert.NotEqual(held, Held());
        Assert.Empty(Problems());
    }

    /// <summary>Whatever the order in which the file system lists them.</summary>
    [Fact]
    public async Task What_is_beside_a_message_is_not_taken_for_it_and_stays()
    {
        Fill("Box", 3);
        Connect();
        BackUp("Box -Format Maildir -Mirror");
        string path = FileOf("Box", 1);
        string begin = path.Split("2,")[0];
        string[] copies = [path + ".bak", path + "~", begin + "2,S.sync-conflict"];
        string[] parts = [begin + "2,", begin + "2,T", begin + "2,PR"];
        foreach (string file in (string[])[.. copies, .. parts]) File.WriteAllText(file, "");
        Assert.All(Problems(), problem => Assert.Equal(ImapBackupProblemKind.Extra, problem.Kind));
        await OtherClientAsync("SELECT Box", "STORE 1 FLAGS (\\Draft)");
        Assert.Equal(0, BackUp("Box -Mirror")["Box"].New);
        Assert.All(copies.Concat(parts), file => Assert.True(File.Exists(file), file));
        Assert.True(File.Exists(begin + "2,D"));
        Assert.All(Problems(), problem => Assert.Equal(ImapBackupProblemKind.Extra, problem.Kind));

        // A message that is to go goes whatever letters it has.
        await OtherClientAsync("SELECT Box", "STORE 1 +FLAGS (\\Deleted)", "EXPUNGE");
        Assert.Equal(1, BackUp("Box -Mirror -KeepDeleted 0")["Box"].Removed);
        Assert.All(copies, file => Assert.True(File.Exists(file), file));
        Assert.All(parts.Append(begin + "2,D"), file => Assert.False(File.Exists(file), file));
    }
}
