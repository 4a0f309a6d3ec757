using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Folders;

public sealed class FolderTests(MailServer mail) : ModuleTest(mail)
{
    private const string Awkward = "Entwürfe/Q&A \"2026\"";

    [Fact]
    public void One_LIST_tells_everything()
    {
        User.CreateFolder("Lists/powershell");
        User.Deliver("INBOX", Message("one"), new MessageState(Flags: SystemFlags.Seen));
        User.Deliver("INBOX", Message("two"));
        Connect();
        IReadOnlyList<PSObject> folders = Succeed("Get-ImapFolder");
        Assert.Equal(1, Proxy.Count("LIST"));
        Assert.Equal(0, Proxy.Count("STATUS"));
        Assert.Single(Proxy.Commands);

        PSObject inbox = folders[0];
        Assert.Equal("INBOX", Property<string>(inbox, "Path"));
        Assert.Equal(2, Property<int>(inbox, "MessageCount"));
        Assert.Equal(1, Property<int>(inbox, "UnreadCount"));
        Assert.True(Property<long>(inbox, "Size") > 0);
        Assert.True(Property<uint>(inbox, "UidValidity") > 0);
        Assert.Equal(3u, Property<uint>(inbox, "UidNext"));
        Assert.True(Property<ulong>(inbox, "HighestModSeq") > 0);
        Assert.Equal("/", Property<string>(inbox, "Delimiter"));

        PSObject list = folders.Single(folder => Property<string>(folder, "Path") == "Lists/powershell");
        Assert.Equal("powershell", Property<string>(list, "Name"));
        Assert.Contains("\\HasNoChildren", Property<string[]>(list, "Attributes"));
        Assert.Equal("Trash", Property<string>(folders.Single(folder => Property<string>(folder, "Path") == "Trash"), "SpecialUse"));
    }

    [Theory]
    [InlineData("Get-ImapFolder INBOX")]
    [InlineData("Get-ImapFolder | Where-Object Path -eq INBOX")]
    public async Task The_folder_that_is_selected_is_told_as_it_is_now(string script)
    {
        User.CreateFolder("Other");
        Connect();
        Succeed("$null = Get-ImapMessage INBOX");
        for (uint i = 1; i <= 2; i++)
        {
            await OtherClientAsync("APPEND INBOX {1+}\r\nx");
            Proxy.Clear();
            PSObject inbox = Assert.Single(Succeed(script));
            Assert.Equal(i, Property<uint>(inbox, "MessageCount"));
            Assert.Equal(i + 1, Property<uint>(inbox, "UidNext"));
            Assert.Equal(1, Proxy.Count("NOOP"));
        }

        Succeed("$null = Get-ImapFolder Other");
        Assert.Equal(1, Proxy.Count("NOOP"));
    }

    [Fact]
    public void Without_LIST_STATUS_each_folder_costs_a_STATUS()
    {
        Proxy.HideCapability("LIST-STATUS", "STATUS=SIZE");
        Connect();
        IReadOnlyList<PSObject> folders = Succeed("Get-ImapFolder");
        Assert.Equal(1, Proxy.Count("LIST"));
        Assert.Equal(folders.Count, Proxy.Count("STATUS"));
        Assert.All(folders, folder => Assert.Equal(0, Property<int?>(folder, "MessageCount")));
        Assert.All(folders, folder => Assert.Null(folder.Properties["Size"].Value));
        Proxy.Clear();
        Assert.All(Succeed("Get-ImapFolder -NoStatus"), folder => Assert.Null(folder.Properties["MessageCount"].Value));
        Assert.Equal(0, Proxy.Count("STATUS"));
    }

    [Fact]
    public void Without_LIST_EXTENDED_subscriptions_come_from_LSUB()
    {
        Proxy.HideCapability("LIST-EXTENDED", "LIST-STATUS");
        User.CreateFolder("Unsubscribed");
        Connect();
        IReadOnlyList<PSObject> folders = Succeed("Get-ImapFolder");
        Assert.Equal(1, Proxy.Count("LSUB"));
        Assert.True(Property<bool>(folders.Single(folder => Property<string>(folder, "Path") == "Trash"), "Subscribed"));
        Assert.False(Property<bool>(folders.Single(folder => Property<string>(folder, "Path") == "Unsubscribed"), "Subscribed"));
        Assert.DoesNotContain("Unsubscribed", Paths("Get-ImapFolder -Subscribed"));
    }

    [Fact]
    public void Subscribed_folders_only()
    {
        User.CreateFolder("Unsubscribed");
        Connect();
        IReadOnlyList<string> paths = Paths("Get-ImapFolder -Subscribed");
        Assert.Contains("Trash", paths);
        Assert.DoesNotContain("Unsubscribed", paths);
    }

    [Theory]
    [InlineData(Awkward)]
    [InlineData("日本語/受信箱")]
    [InlineData("Emoji 📬")]
    [InlineData("100% [done]")]
    [InlineData("it's")]
    public void Any_name_goes_both_ways(string path)
    {
        User.CreateFolder(path);
        User.Deliver(path, Message("found"));
        Connect();
        Assert.Contains(path, Paths("Get-ImapFolder"));
        PSObject folder = Assert.Single(Succeed("Get-ImapFolder -LiteralPath $path", ("path", path)));
        Assert.Equal(path, Property<string>(folder, "Path"));
        Assert.Equal(1, Property<int>(folder, "MessageCount"));
        Assert.Equal(["found"], Subjects(Succeed("Get-ImapFolder -LiteralPath $path | Get-ImapMessage", ("path", path))));
        Assert.Equal(["found"], Subjects(Succeed("Get-ImapMessage $path", ("path", path))));
        Assert.Equal([path], Succeed("(Get-ImapMessage $path).Folder", ("path", path)).Select(value => value.ToString()));
    }

    [Fact]
    public async Task Another_delimiter()
    {
        await using DovecotServer dotted = await DovecotServer.StartAsync(new DovecotOptions { HierarchyDelimiter = '.' }, Cancellation);
        MailUser user = dotted.CreateUser();
        user.CreateFolder("Lists.powershell");
        user.Deliver("Lists.powershell", Message("dotted"));
        Succeed(
            "$null = Connect-Imap localhost -Port $dotted -Credential $other -SkipCertificateCheck",
            ("dotted", dotted.Port),
            ("other", CredentialOf(user.Name, user.Password)));
        PSObject folder = Assert.Single(Succeed("Get-ImapFolder Lists.*"));
        Assert.Equal(".", Property<string>(folder, "Delimiter"));
        Assert.Equal("powershell", Property<string>(folder, "Name"));
        Assert.Equal(["dotted"], Subjects(Succeed("Get-ImapMessage Lists.powershell")));
        Assert.Equal("Archive.2026",
            Property<string>(Assert.Single(Succeed("Get-ImapMessage Lists.* | Move-ImapMessage Archive.2026 -CreateFolder -PassThru")),
            "Folder"));
        Succeed("Disconnect-Imap");
    }

    [Fact]
    public void Wildcards_match_whatever_the_case_and_across_levels()
    {
        User.CreateFolder("Lists/a/deep");
        User.CreateFolder("Lists/b");
        Connect();
        Assert.Equal(["Lists/a", "Lists/a/deep", "Lists/b"], Paths("Get-ImapFolder lists/*"));
        Assert.Equal(["Lists/b"], Paths("Get-ImapFolder Lists/[bc]"));
        Assert.Equal(["Lists/a", "Lists/b", "Trash"], Paths("'Lists/?', 'Trash' | Get-ImapFolder"));
        Assert.Empty(Paths("Get-ImapFolder Nothing*"));
    }

    [Theory]
    [InlineData("Get-ImapFolder Nothing")]
    [InlineData("Get-ImapFolder -LiteralPath Nothing*")]
    [InlineData("Get-ImapMessage Nothing")]
    [InlineData("Get-ImapMessage Nothing -Uid 1")]
    [InlineData("Get-ImapFolder -SpecialUse Flagged")]
    public void A_plain_name_that_does_not_exist(string command)
    {
        Connect();
        Assert.Equal(ErrorCategory.ObjectNotFound, AssertError(Run(command), "FolderNotFound").CategoryInfo.Category);
    }

    [Fact]
    public async Task A_folder_that_another_client_has_deleted()
    {
        User.CreateFolder("Short-lived");
        Connect();
        Succeed("Get-ImapMessage Short-lived; Get-ImapMessage");
        await OtherClientAsync("DELETE Short-lived");
        AssertError(Run("Get-ImapFolder Short-lived"), "FolderNotFound");
        AssertError(Run("Get-ImapMessage Short-lived"), "FolderNotFound");
        Assert.Empty(Succeed("Get-ImapMessage"));
    }

    [Fact]
    public void One_missing_folder_does_not_end_the_pipeline()
    {
        User.Deliver("INBOX", Message("here"));
        Connect();
        EngineResult result = Run("'Nothing', 'INBOX' | Get-ImapMessage");
        AssertError(result, "FolderNotFound");
        Assert.Equal(["here"], Subjects(result.Output));
    }

    [Fact]
    public void A_folder_that_holds_folders_only()
    {
        Connect();
        Proxy.On("LIST", ProxyAction.Reply("* LIST (\\Noselect \\HasChildren) \"/\" Shelf\r\n{tag} OK listed"));
        PSObject folder = Succeed("Get-ImapFolder").Single(folder => Property<string>(folder, "Path") == "Shelf");
        Assert.False(Property<bool>(folder, "Selectable"));
        Assert.Null(folder.Properties["MessageCount"].Value);
        Assert.Empty(Succeed("$shelf | Get-ImapMessage", ("shelf", folder)));
    }

    [Fact]
    public void By_role()
    {
        Connect();
        Assert.Equal(["Sent"], Paths("Get-ImapFolder -SpecialUse Sent"));
    }

    private IReadOnlyList<string> Paths(string script) => [.. Succeed(script).Select(folder => Property<string>(folder, "Path"))];
}
