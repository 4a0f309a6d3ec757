using ImapPS.Backups;
using ImapPS.Errors;
using ImapPS.Models;

namespace ImapPS.Tests.Backups;

/// <summary>No removal takes the last copy of a message that a server's mistake may have taken.</summary>
public sealed class RemovalTests(MailServer mail) : BackupTest(mail)
{
    private string[] FilesOf(string folder) => Directory.GetFiles(Path.Combine(Root, folder));

    [Theory]
    [InlineData("A, B")]
    [InlineData("B, A")]
    [InlineData("A")]
    public async Task A_copy_that_is_gone_too_is_none(string folders)
    {
        await PrepareAsync();
        await OtherClientAsync("SELECT A", "STORE 1:* +FLAGS (\\Deleted)", "EXPUNGE", "SELECT B", "UID STORE 1 +FLAGS (\\Deleted)",
            "UID EXPUNGE 1");
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(0, BackUp($"{folders} -Mirror -KeepDeleted 0")["A"].Removed);
            Assert.Single(FilesOf("A"));
        }

        Assert.Empty(Problems(withServer: false));
    }

    [Fact]
    public async Task A_copy_that_is_damaged_is_none()
    {
        await PrepareAsync();
        string copy = Path.Combine(Root, "B", Path.GetFileName(FilesOf("A").Single()));
        byte[] good = File.ReadAllBytes(copy);
        File.WriteAllBytes(copy, [.. good[..^1], (byte)(good[^1] ^ 1)]);
        await OtherClientAsync("SELECT A", "STORE 1:* +FLAGS (\\Deleted)", "EXPUNGE");
        Assert.Equal(0, BackUp("A, B -Mirror -KeepDeleted 0")["A"].Removed);
        Assert.Single(FilesOf("A"));
        File.WriteAllBytes(copy, good);
        Assert.Equal(1, BackUp("A, B -Mirror -KeepDeleted 0")["A"].Removed);
        Assert.Empty(FilesOf("A"));
        Assert.Empty(Problems());
    }

    [Fact]
    public async Task What_ends_a_removal_leaves_no_line_whose_file_is_gone()
    {
        await PrepareAsync();
        string file = FilesOf("A").Single();
        await OtherClientAsync("SELECT A", "STORE 1:* +FLAGS (\\Deleted)", "EXPUNGE");
        BackUp("A, B -Mirror");
        byte[] octets = File.ReadAllBytes(file);
        Assert.Equal(1, BackUp("A, B -Mirror -KeepDeleted 0")["A"].Removed);

        // The moment between the line and the file.
        File.WriteAllBytes(file, octets);
        Assert.Equal([ImapBackupProblemKind.Extra], Problems().Select(problem => problem.Kind));
        Assert.Equal(0, BackUp("A, B -Mirror -KeepDeleted 0")["A"].Removed);
        Assert.False(File.Exists(file));
        Assert.Empty(Problems());
    }

    [Fact]
    public async Task Lines_are_written_before_files_are_removed()
    {
        await PrepareAsync();
        await OtherClientAsync("SELECT A", "STORE 1:* +FLAGS (\\Deleted)", "EXPUNGE");
        BackUp("A, B -Mirror");
        using BackupSet backup = BackupSet.Open(Root, "localhost", User.Name);
        BackupFolder folder = backup.Contents.Find("A")!;
        string file = FilesOf("A").Single();
        File.Delete(file);
        Directory.CreateDirectory(file);
        File.WriteAllText(Path.Combine(file, "x"), "");
        try
        {
            new Removal(backup, folder).Run([.. folder.Entries]);
        }
        catch (ImapException)
        {
            // The file cannot be removed.
        }

        Assert.Empty(Contents().Find("A")!.Entries);
    }

    /// <summary>A has X; B has X and Y.</summary>
    private async Task PrepareAsync()
    {
        Fill("A", 1);
        User.CreateFolder("B");
        await OtherClientAsync("SELECT A", "UID COPY 1 B");
        Fill("B", 1, first: 50);
        Connect();
        BackUp("A, B");
    }
}
