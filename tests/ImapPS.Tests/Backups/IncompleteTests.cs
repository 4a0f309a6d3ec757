using ImapPS.Models;

namespace ImapPS.Tests.Backups;

/// <summary>A backup that is not complete does not pass for one that is good.</summary>
public sealed class IncompleteTests(MailServer mail) : BackupTest(mail)
{
    [Theory]
    [InlineData("")]
    [InlineData("-Verbose 4> $null")]
    public async Task A_first_backup_that_was_interrupted_does_not_pass_the_test(string verbose)
    {
        foreach (string folder in (string[])["A", "B", "C"]) Fill(folder, 2, first: folder[0]);
        Connect("-RetryCount 0");
        Proxy.On(command => command.Verb == "EXAMINE" && command.Line.Split(' ')[2].Trim() == "B",
            Sandbox.ProxyAction.CutBefore);
        Run($"try {{ Backup-ImapFolder -Path $root {verbose} }} catch {{ }}", ("root", Root));
        Proxy.ClearRules();
        Assert.Equal(["A"], Contents().Folders.Where(folder => folder.IsComplete && folder.Path.Length == 1).Select(folder => folder.Path));
        Assert.False(IsGood());
        Assert.Equal(["B", "C"], Failed().Where(folder => folder.Length == 1));
        Assert.All(Problems(withServer: false), problem => Assert.Equal(ImapBackupProblemKind.Incomplete, problem.Kind));

        // Of a folder that is no more there is nothing left to be fetched.
        await OtherClientAsync("DELETE C");
        BackUp();
        Assert.True(IsGood());
        Assert.Empty(Failed());
    }

    [Fact]
    public void A_backup_that_was_only_begun_does_not_pass_the_test()
    {
        Fill("A", 1);
        Connect();
        BackUp();
        string manifest = Path.Combine(Root, ImapPS.Backups.BackupPaths.Manifest);
        File.WriteAllText(manifest, File.ReadAllLines(manifest)[0] + "\n");
        Directory.Delete(Path.Combine(Root, "A"), recursive: true);
        Assert.False(IsGood());
        Assert.Equal([ImapBackupProblemKind.Incomplete], Problems(withServer: false).Select(problem => problem.Kind));
    }

    [Fact]
    public void What_was_refused_by_the_user_is_not_missed()
    {
        Fill("A", 1);
        Connect();
        Succeed("Backup-ImapFolder -Path $root -WhatIf", ("root", Root));
        Assert.False(Directory.Exists(Root));
    }

    private IEnumerable<string> Failed() => Succeed("Test-ImapBackup $root", ("root", Root))
        .Select(one => (ImapBackupTest)one.BaseObject).Where(one => one.Result == ImapStepResult.Failed).Select(one => one.Folder);

    private bool IsGood() => (bool)Succeed("Test-ImapBackup $root -Quiet", ("root", Root)).Single().BaseObject;
}
