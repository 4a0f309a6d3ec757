using System.Management.Automation;
using ImapPS.Sandbox;
using ImapPS.Tests.Scripted;

namespace ImapPS.Tests.Folders;

/// <summary>Servers where all of one's own folders are below INBOX, and servers where a folder takes no others.</summary>
public sealed class PrefixTests : ScriptedTest
{
    private readonly OldServer _old = OldServer.Start();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _old.DisposeAsync();
    }

    [Theory]
    [InlineData("New-ImapFolder Plain", "INBOX.Plain")]
    [InlineData("New-ImapFolder INBOX.Plain", "INBOX.Plain")]
    [InlineData("New-ImapFolder Plain.Deep", "INBOX.Plain, INBOX.Plain.Deep")]
    [InlineData("New-ImapFolder INBOXED", "INBOX.INBOXED")]
    [InlineData("New-ImapFolder Old; Rename-ImapFolder INBOX.Old -Destination Plain", "INBOX.Plain")]
    [InlineData("New-ImapFolder Old; Rename-ImapFolder INBOX.Old Plain", "INBOX.Plain")]
    [InlineData("Import-ImapMessage Plain -Content \"Subject: x`r`n`r`nx\" -CreateFolder", "INBOX.Plain")]
    [InlineData("1, 2 | ForEach-Object { Import-ImapMessage Plain -Content \"Subject: $_`r`n`r`nx\" -CreateFolder }", "INBOX.Plain")]
    public void A_new_folder_goes_below_the_prefix(string command, string expected)
    {
        ConnectToOld();
        Succeed(command);
        Assert.Equal(["INBOX", .. expected.Split(", ")], Succeed("(Get-ImapFolder).Path").Select(path => path.ToString()));
    }

    [Fact]
    public void What_is_emitted_has_the_path_that_it_got_and_one_that_exists_is_an_error()
    {
        ConnectToOld();
        Assert.Equal("INBOX.Plain", Succeed("(New-ImapFolder Plain).Path")[0].ToString());
        AssertError(Run("New-ImapFolder Plain"), "FolderExists");
    }

    [Theory]
    [InlineData("New-ImapFolder Full/Below")]
    [InlineData("New-ImapFolder Full/Below/Deep")]
    [InlineData("Rename-ImapFolder Other -Destination Full/Other")]
    [InlineData("Import-ImapMessage Full/Below -Content \"Subject: x`r`n`r`nx\" -CreateFolder")]
    public void Below_a_folder_that_takes_none_is_an_error_with_a_name(string command)
    {
        Server.Mailbox.CreateFolder("Full", @"\NoInferiors");
        Server.Mailbox.CreateFolder("Other");
        Connect();
        ErrorRecord error = AssertError(Run(command), "NotSupportedByServer");
        Assert.Contains("'Full'", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, Server.Count("CREATE") + Server.Count("RENAME"));
    }

    [Fact]
    public void A_server_that_makes_none_of_those_above_gets_them_level_by_level()
    {
        Server.On(
            command => command.Verb == "CREATE" && command.Arguments.Contains("a/b", StringComparison.Ordinal)
                && !Server.Mailbox.Folders.Any(folder => folder.Path == "a"),
            "NO There is no a");
        Connect();
        Succeed("New-ImapFolder a/b");
        Assert.Equal(["INBOX", "a", "a/b"], Server.Mailbox.Folders.Select(folder => folder.Path));
    }

    [Theory]
    [InlineData("Archive/2026", "INBOX.Archive.2026")]
    [InlineData("INBOX", "INBOX")]
    [InlineData("v1.0/x", "INBOX.v1_0.x")]
    public void A_folder_object_means_the_folder_of_that_name_at_the_other_server(string path, string there)
    {
        ConnectToOld();
        Succeed("$old = Get-ImapSession | Where-Object IsDefault");
        if (path != "INBOX") Server.Mailbox.CreateFolder(path);
        Server.Mailbox.Deliver(path, "Subject: x\r\n\r\nx\r\n");
        Connect();
        Succeed("Get-ImapFolder -LiteralPath $path | ForEach-Object { Get-ImapMessage $_ | "
            + "Copy-ImapMessage $_ -ToSession $old -CreateFolder }", ("path", path));
        Assert.Equal(["1"], Succeed("(Get-ImapFolder $there -Session $old).MessageCount", ("there", there)).Select(n => n.ToString()));

        // And back.
        Succeed("Get-ImapFolder $there -Session $old | ForEach-Object { Get-ImapMessage $_ | Copy-ImapMessage $_ -ToSession "
            + "(Get-ImapSession | Where-Object IsDefault) -CreateFolder }", ("there", there));
        Assert.Equal(path == "v1.0/x" ? 1 : 2, Server.Mailbox[path].Messages.Count);
    }

    private void ConnectToOld() => Succeed(
        "$null = Connect-Imap 127.0.0.1 -Port $old -Security None -AllowPlaintext -Credential $credential -RetryCount 0",
        ("old", _old.Port));
}
