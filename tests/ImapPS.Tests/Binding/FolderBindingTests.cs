using System.Management.Automation;
using System.Reflection;
using ImapPS.Models;
using ImapPS.Pipeline.Listing;
using ImapPS.Sandbox;
using ImapPS.Tests.Module;

namespace ImapPS.Tests.Binding;

/// <summary>What names a folder: text, numbers, folder objects, rows with a Path, and sessions for all that they have.</summary>
public sealed class FolderBindingTests(MailServer mail) : ModuleTest(mail)
{
    [Fact]
    public void Folder_parameters_are_spelled_alike()
    {
        foreach (Type cmdlet in ModuleCmdlets.Types)
        {
            string noun = cmdlet.GetCustomAttribute<CmdletAttribute>()!.NounName;
            Dictionary<string, string[]> folders = cmdlet.GetProperties()
                .Where(property => property.PropertyType == typeof(FolderPath) || property.PropertyType == typeof(FolderPath[]))
                .ToDictionary(property => property.Name, property => property.GetCustomAttribute<AliasAttribute>()?.AliasNames.ToArray()
                    ?? [], StringComparer.Ordinal);
            folders.Remove("Destination");

            // Measure-ImapFolder is about messages, with the criteria of Get-ImapMessage. Where -Path is a directory, folders are -Folder.
            if (noun == "ImapFolder" && !typeof(MessageFilterCmdlet).IsAssignableFrom(cmdlet)
                && cmdlet.GetProperty("Path")?.PropertyType != typeof(string))
            {
                // Where no character is a wildcard, the two are one.
                string[] literal = folders.TryGetValue("LiteralPath", out string[]? aliases)
                    ? ["LiteralPath", .. aliases]
                    : folders["Path"];
                Assert.Equal(["LiteralPath", "PSPath", "LP"], literal);
                folders.Remove("LiteralPath");
                Assert.Equal(["Path"], folders.Keys);
            }
            else if (folders.Count > 0)
            {
                Assert.Equal(["Folder"], folders.Keys);
                if (cmdlet.GetProperty("Path") is null) Assert.Contains("Path", folders["Folder"]);
            }
        }
    }

    [Theory]
    [InlineData("Get-ImapFolder 'Foo `[1`]'")]
    [InlineData("Get-ImapFolder 'Foo `[*'")]
    [InlineData("Get-ImapFolder 'Foo [1]'")]
    [InlineData("Get-ImapFolder -LiteralPath 'Foo [1]'")]
    [InlineData("Get-ImapFolder -LP 'Foo [1]'")]
    [InlineData("'Foo `[1`]' | Get-ImapFolder")]
    [InlineData("[pscustomobject]@{ Path = 'Foo [1]' } | Get-ImapFolder")]
    [InlineData("@{ Path = 'Foo [1]' } | Get-ImapFolder")]
    [InlineData("(Get-ImapMessage 'Foo `[1`]').Folder | Get-ImapFolder")]
    [InlineData("(Get-ImapMessage 'Foo [1]').Folder | Get-ImapFolder")]
    [InlineData("Set-ImapFolder 'Foo `[1`]' -Subscribed $true -PassThru")]
    [InlineData("Set-ImapFolder 'Foo [1]' -Subscribed $true -PassThru")]
    public void Brackets(string script)
    {
        User.Deliver("Foo [1]", Message("x"));
        User.Deliver("Foo 1", Message("x"));
        Connect();
        Assert.Equal("Foo [1]", Property<string>(Assert.Single(Succeed(script)), "Path"));
    }

    [Theory]
    [InlineData("Remove-ImapFolder 'Foo [1]' -Force -Confirm:$false")]
    [InlineData("Remove-ImapFolder 'Foo `[1`]' -Force -Confirm:$false")]
    public void A_folder_of_that_very_name_is_meant_alone(string script)
    {
        User.Deliver("Foo [1]", Message("x"));
        User.Deliver("Foo 1", Message("x"));
        Connect();
        Succeed(script);
        Assert.Equal("Foo 1", Property<string>(Assert.Single(Succeed("Get-ImapFolder Foo*")), "Path"));
    }

    [Theory]
    [InlineData("Get-ImapFolder 2026")]
    [InlineData("2026 | Get-ImapFolder")]
    [InlineData("(Get-ImapMessage 2026).Folder | Get-ImapFolder")]
    [InlineData("[pscustomobject]@{ Path = '2026'; UidValidity = ''; SessionId = ''; Selectable = 'True' } | Get-ImapFolder")]
    [InlineData("[pscustomobject]@{ Folder = '2026' } | Get-ImapMessage | ForEach-Object Folder | Get-ImapFolder")]
    public void Numbers_and_rows(string script)
    {
        User.Deliver("2026", Message("x"));
        Connect();
        Assert.Equal("2026", Property<string>(Assert.Single(Succeed(script)), "Path"));
    }

    [Fact]
    public void What_a_CSV_file_says_is_not_taken_for_true()
    {
        Connect();
        Assert.Empty(Succeed("[pscustomobject]@{ Path = 'Shelf'; Selectable = 'False' } | Get-ImapMessage"));
    }

    [Fact]
    public void Sessions_bind()
    {
        MailUser other = Dovecot.CreateUser();
        User.Deliver("INBOX", Message("mine"));
        User.Deliver("Archive", Message("mine, archived"));
        other.Deliver("INBOX", Message("other's"));
        other.Deliver("Archive", Message("other's, archived"));
        Connect();
        Succeed(
            "$mine = Get-ImapSession | Where-Object IsDefault; $theirs = Connect-Imap localhost -Port $proxyPort "
                + "-Security None -AllowPlaintext -Credential $other -Name $name",
            ("other", CredentialOf(other.Name, other.Password)),
            ("name", other.Name));
        int all = Succeed("Get-ImapFolder -Session $mine; Get-ImapFolder -Session $theirs").Count;
        Assert.Equal(all, Succeed("$mine, $theirs | Get-ImapFolder").Count);
        Assert.Equal(["mine", "other's"], Subjects(Succeed("$mine, $theirs | Get-ImapMessage")));
        Assert.Equal(["mine, archived", "other's, archived"], Subjects(Succeed("$mine, $theirs | Get-ImapMessage Archive")));
        Assert.Equal(["mine, archived", "other's, archived"], Subjects(Succeed("$mine, $theirs | Get-ImapFolder Arch* | Get-ImapMessage")));
        Assert.Equal(["mine"], Subjects(Succeed("Get-ImapMessage $mine")));
        Assert.Equal(["other's"], Subjects(Succeed("$theirs | Wait-ImapMessage -TimeoutSeconds 0")));
        Assert.Equal(["mine, archived"], Subjects(Succeed("$mine | Wait-ImapMessage Archive -TimeoutSeconds 0")));
        Assert.Equal(2, Succeed("$mine, $theirs | New-ImapFolder Both").Count);
        Assert.Equal(["mine"],
            Subjects(Succeed("[pscustomobject]@{ Folder = 'INBOX'; Uid = 1; SessionId = $mine.Id } | Get-ImapMessageContent")));
        Assert.Equal(["other's"],
            Subjects(Succeed("[pscustomobject]@{ Folder = 'INBOX'; Uid = 1; Session = $name } | Get-ImapMessageContent",
            ("name", other.Name))));
        Assert.Equal(["other's"],
            Subjects(Succeed("[pscustomobject]@{ Path = 'INBOX'; Session = $name } | Get-ImapMessage", ("name", other.Name))));
        AssertError(Run("[pscustomobject]@{ Folder = 'INBOX'; Uid = 1; Session = 'nobody' } | Remove-ImapMessage"), "SessionNotFound");
    }

    [Theory]
    [InlineData("$messages | Set-ImapMessage -Read")]
    [InlineData("$messages | Get-ImapMessageContent")]
    [InlineData("$messages | Get-ImapMessage")]
    [InlineData("$messages | Remove-ImapMessage")]
    [InlineData("$folders | Get-ImapFolder")]
    [InlineData("$folders | Get-ImapMessage")]
    [InlineData("$folders | Set-ImapFolder -Subscribed $true")]
    [InlineData("$folders | Clear-ImapFolder -Force -Confirm:$false")]
    [InlineData("$folders | Remove-ImapFolder -Force -Confirm:$false")]
    public async Task Thirty_objects_of_a_closed_session_are_one_error(string script)
    {
        User.DeliverMany("INBOX", 30, i => new SeedMessage(Message(Text($"{i}"))));
        for (int i = 0; i < 25; i++) User.CreateFolder(Text($"Folder {i}"));
        Connect();
        Succeed("$messages = Get-ImapMessage; $folders = Get-ImapFolder; Disconnect-Imap");
        Assert.Equal(30, Succeed("$messages").Count);
        Assert.Equal(30, Succeed("$folders").Count);
        Connect();
        AssertError(Run(script), "SessionNotFound");
        Assert.Empty(Proxy.Commands);
        Assert.Equal(30, await CountAsync("INBOX"));
    }

    [Fact]
    public void Objects_of_another_session_go_on_where_one_is_closed()
    {
        User.DeliverMany("INBOX", 3, i => new SeedMessage(Message(Text($"{i}"))));
        Connect();
        Succeed("$closed = Get-ImapMessage; $closedFolder = Get-ImapFolder INBOX; Disconnect-Imap");
        Connect();
        Succeed("$open = Get-ImapMessage; $openFolder = Get-ImapFolder INBOX");
        EngineResult result = Run("$closed[0], $open[0], $closed[1], $open[1] | Set-ImapMessage -Read -PassThru");
        AssertError(result, "SessionNotFound");
        Assert.Equal(2, result.Output.Count);
        result = Run("$closedFolder, $openFolder, $closedFolder | Get-ImapMessage");
        AssertError(result, "SessionNotFound");
        Assert.Equal(3, result.Output.Count);
    }
}
