using ImapPS.Sandbox;

namespace ImapPS.Tests.Sessions;

/// <summary>What is said for typical pieces of work, command by command: each is a round trip.</summary>
public sealed class RoundTripTests(MailServer mail) : ModuleTest(mail), IDisposable
{
    private readonly DirectoryInfo _directory = System.IO.Directory.CreateTempSubdirectory();

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Connecting()
    {
        Succeed("$null = Connect-Imap localhost -Port $proxyPort -Security None -AllowPlaintext -Credential $credential");
        Assert.Equal("AUTHENTICATE, NAMESPACE, LIST, LIST, ID", Said());
    }

    [Theory]

    // Folders.
    [InlineData("Get-ImapFolder", "LIST")]
    [InlineData("Get-ImapFolder -SpecialUse Trash", "LIST")]
    [InlineData("Get-ImapFolder INBOX", "STATUS")]
    [InlineData("Get-ImapFolder Work", "LIST, STATUS")]
    [InlineData("Get-ImapFolder | Out-Null; Get-ImapFolder Work", "LIST, STATUS")]
    [InlineData("New-ImapFolder Made", "CREATE, LIST, STATUS")]
    [InlineData("Rename-ImapFolder Work Done", "LIST, RENAME")]
    [InlineData("Remove-ImapFolder Work -Force", "LIST, STATUS, DELETE")]
    [InlineData("Clear-ImapFolder INBOX -Force", "EXAMINE, UID SEARCH, SELECT, UID STORE, UID EXPUNGE")]

    // Messages.
    [InlineData("Get-ImapMessage", "EXAMINE, UID SEARCH, UID FETCH")]
    [InlineData("Get-ImapMessage; Get-ImapMessage", "EXAMINE, UID SEARCH, UID FETCH, NOOP, UID SEARCH, UID FETCH")]
    [InlineData("Get-ImapMessage Work", "LIST, EXAMINE, UID SEARCH")]
    [InlineData("Get-ImapMessage -Unread", "EXAMINE, UID SEARCH, UID FETCH")]
    [InlineData("Get-ImapMessage -Subject one", "EXAMINE, FETCH, UID SEARCH, UID SEARCH")]
    [InlineData("Get-ImapMessage -Uid 1 | Get-ImapMessageContent", "EXAMINE, UID FETCH, UID FETCH")]
    [InlineData("Get-ImapMessage -Uid 1 | Save-ImapMessage $directory", "EXAMINE, UID FETCH, UID FETCH")]
    [InlineData("Assert-ImapMessage INBOX -Subject m1 -TimeoutSeconds 20", "EXAMINE, FETCH, UID SEARCH, UID SEARCH, UID FETCH")]

    // Changes: the folder is opened anew before each.
    [InlineData("Get-ImapMessage | Move-ImapMessage Work", Listing + "LIST, STATUS, SELECT, UID MOVE")]
    [InlineData("Get-ImapMessage | Move-ImapMessage Work -PassThru", Listing + "LIST, STATUS, SELECT, UID MOVE")]
    [InlineData("Get-ImapMessage | Move-ImapMessage Trash", Listing + "STATUS, SELECT, UID MOVE")]
    [InlineData("Get-ImapMessage | Copy-ImapMessage Work", Listing + "LIST, STATUS, EXAMINE, UID COPY")]
    [InlineData("Get-ImapMessage | Set-ImapMessage -Flagged", "EXAMINE, UID SEARCH, SELECT, UID STORE")]
    [InlineData("Get-ImapMessage | Set-ImapMessage -Flagged -PassThru", Listing + "SELECT, UID STORE, UID FETCH")]
    [InlineData("Get-ImapMessage | Remove-ImapMessage", Listing + "STATUS, SELECT, UID MOVE")]
    [InlineData("Get-ImapMessage | Remove-ImapMessage -Permanent -Force", Listing + "SELECT, UID STORE, UID EXPUNGE")]
    [InlineData("Import-ImapMessage -Destination Work -Path $file", "LIST, STATUS, APPEND")]

    // The connection.
    [InlineData("Disconnect-Imap", "LOGOUT")]
    [InlineData("$proxy.CutAll(); Get-ImapMessage", "AUTHENTICATE, NAMESPACE, LIST, LIST, ID, EXAMINE, UID SEARCH, UID FETCH")]
    public void Each_piece_of_work_says_no_more_than_it_must(string script, string expected)
    {
        Prepare();
        Succeed(script, ("proxy", Proxy), ("directory", _directory.FullName), ("file", Path.Combine(_directory.FullName, "one.eml")));
        Assert.Equal(expected, Said());
    }

    [Fact]
    public void Where_there_is_no_MOVE_the_folder_is_opened_for_the_copy_and_anew_for_the_removal()
    {
        Proxy.HideCapability("MOVE");
        Prepare();
        Succeed("Get-ImapMessage | Move-ImapMessage Work");
        Assert.Equal(Listing + "LIST, STATUS, SELECT, UID COPY, SELECT, UID STORE, UID EXPUNGE", Said());
    }

    private const string Listing = "EXAMINE, UID SEARCH, UID FETCH, ";

    private void Prepare()
    {
        User.DeliverMany("INBOX", 3, i => new SeedMessage(Message(Text($"m{i}"))));
        User.CreateFolder("Work");
        File.WriteAllText(Path.Combine(_directory.FullName, "one.eml"), Message("one"));
        Connect();
    }

    private string Said() => string.Join(", ", Proxy.Commands.Select(command => command.Verb));
}
