namespace ImapPS.Tests.Module;

public sealed class CompletionTests(MailServer mail) : ModuleTest(mail)
{
    [Theory]
    [InlineData("Get-ImapMessage Tra", "Trash")]
    [InlineData("Get-ImapMessage -Folder 'Entw", "'Entwürfe/Q&A \"2026\"'")]
    [InlineData("Get-ImapFolder Entw", "'Entwürfe/Q&A \"2026\"'")]
    [InlineData("Get-ImapMessage | Move-ImapMessage it", "'it''s'")]
    [InlineData("Move-ImapMessage -Destination Sen", "Sent")]
    public void Folders_complete_with_Tab(string line, string expected)
    {
        User.CreateFolder("Entwürfe/Q&A \"2026\"");
        User.CreateFolder("it's");
        Connect();
        Assert.Contains(expected, Complete(line));
    }

    [Fact]
    public void Sessions_complete_with_Tab()
    {
        Connect($"-Name '{User.Name} one'");
        Assert.Contains($"'{User.Name} one'", Complete($"Get-ImapFolder -Session {User.Name[..4]}"));
    }

    [Fact]
    public void Without_a_session_Tab_offers_no_folder() => Assert.DoesNotContain("Trash", Complete("Get-ImapMessage -Folder Tra"));

    private IEnumerable<string> Complete(string line) =>
        Succeed("[System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.CompletionText", ("line", line))
            .Where(match => match is not null)
            .Select(match => match.ToString());
}
