using System.Management.Automation;

namespace ImapPS.Tests.Folders;

public sealed class SetFolderTests(MailServer mail) : FolderChangeTest(mail)
{
    [Fact]
    public async Task On_and_off()
    {
        User.CreateFolder("Lists/a");
        User.CreateFolder("Lists/b");
        Connect();
        Assert.Empty(Succeed("Set-ImapFolder Lists/* -Subscribed $true"));
        Assert.Equal(["Lists/a", "Lists/b"], await SubscribedAsync());
        PSObject folder = Assert.Single(Succeed("Get-ImapFolder Lists/a | Set-ImapFolder -Subscribed $false -PassThru"));
        Assert.False(Property<bool>(folder, "Subscribed"));
        Assert.Equal(["Lists/b"], await SubscribedAsync());
        Assert.True(Property<bool>(Assert.Single(Succeed("Set-ImapFolder -LiteralPath Lists/b -Subscribed $true -PassThru")),
            "Subscribed"));
    }

    [Fact]
    public async Task A_folder_that_is_gone_can_only_be_unsubscribed_from()
    {
        User.CreateFolder("gone");
        await OtherClientAsync("SUBSCRIBE gone", "DELETE gone");
        Assert.Equal(["gone"], await SubscribedAsync());
        Connect();
        AssertError(Run("Set-ImapFolder gone -Subscribed $true"), "FolderNotFound");
        Assert.Empty(Succeed("Set-ImapFolder gone -Subscribed $false -PassThru"));
        Assert.Empty(await SubscribedAsync());
        AssertError(Run("Set-ImapFolder gone -Subscribed $false"), "FolderNotFound");
    }

    [Fact]
    public async Task WhatIf_and_no_to_all()
    {
        User.CreateFolder("a");
        User.CreateFolder("b");
        Connect();
        string told = Engine.Format("Set-ImapFolder a -Subscribed $true -WhatIf; Set-ImapFolder b -Subscribed $false -WhatIf");
        Assert.Contains("\"Subscribe to folder\" on target \"a\"", told, StringComparison.Ordinal);
        Assert.Contains("\"Unsubscribe from folder\" on target \"b\"", told, StringComparison.Ordinal);
        Assert.Empty(Ask("Set-ImapFolder a, b -Subscribed $true -Confirm", "No to All").AllErrors);
        AssertNothingChanges();
        Assert.Empty(await SubscribedAsync());
    }

    public static TheoryData<string, string> Cuts() => CutsOf("SUBSCRIBE", "STATUS");

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task Cut_once(string verb, string when)
    {
        User.CreateFolder("a");
        Connect();
        Proxy.On(verb, Cut(when));
        Assert.True(Property<bool>(Assert.Single(Succeed("Set-ImapFolder a -Subscribed $true -PassThru")), "Subscribed"));
        Assert.Equal(["a"], await SubscribedAsync());
    }
}
