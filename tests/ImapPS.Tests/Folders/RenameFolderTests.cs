using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Folders;

public sealed class RenameFolderTests(MailServer mail) : FolderChangeTest(mail)
{
    [Fact]
    public async Task A_new_name_where_it_is()
    {
        Fill("Lists/powershell", 2);
        Connect();
        Assert.Empty(Succeed("Rename-ImapFolder Lists/powershell pwsh"));
        Assert.Equal(["Lists", "Lists/pwsh"], await FoldersAsync());
        Assert.Equal(2, await CountAsync("Lists/pwsh"));
        Assert.Equal(1, Proxy.Count("RENAME"));
    }

    [Fact]
    public async Task Another_place_with_all_below_and_their_subscriptions()
    {
        User.CreateFolder("a");
        User.CreateFolder("a/b");
        User.CreateFolder("a/b/c");
        User.CreateFolder("a/bc");
        await OtherClientAsync("SUBSCRIBE a/b", "SUBSCRIBE a/b/c", "SUBSCRIBE a/bc");
        Connect();
        PSObject folder = Assert.Single(Succeed("Rename-ImapFolder a/b -Destination x/y/b2 -PassThru"));
        Assert.Equal("x/y/b2", PathOf(folder));
        Assert.True(Property<bool>(folder, "Subscribed"));
        Assert.Equal(["a", "a/bc", "x", "x/y", "x/y/b2", "x/y/b2/c"], await FoldersAsync());
        Assert.Equal(["a/bc", "x/y/b2", "x/y/b2/c"], await SubscribedAsync());

        // What was emitted is a folder that can be piped on.
        Succeed("$moved = Get-ImapFolder x/y/b2; $moved | Rename-ImapFolder -Destination a/b; Get-ImapFolder a/b/c");
        AssertError(Run("Get-ImapFolder x/y/b2"), "FolderNotFound");
    }

    [Fact]
    public async Task Without_LIST_EXTENDED_subscriptions_are_carried_as_well()
    {
        Proxy.HideCapability("LIST-EXTENDED", "LIST-STATUS");
        User.CreateFolder("a/b");
        await OtherClientAsync("SUBSCRIBE a/b");
        Connect();
        Succeed("Rename-ImapFolder a z");
        Assert.Equal(["z/b"], await SubscribedAsync());
    }

    [Theory]
    [InlineData("Rename-ImapFolder here a/b", "ArgumentInvalid", "'/'")]
    [InlineData("Rename-ImapFolder here -Destination here/below", "ArgumentInvalid", "below itself")]
    [InlineData("Rename-ImapFolder here -Destination x//y", "ArgumentInvalid", "delimiter")]
    [InlineData("Rename-ImapFolder here \"a`tb\"", "ArgumentInvalid", "U+0009")]
    [InlineData("Rename-ImapFolder inbox old", "ArgumentInvalid", "INBOX")]
    [InlineData("Rename-ImapFolder here there", "FolderExists", "there")]
    [InlineData("Rename-ImapFolder here here", "FolderExists", "here")]
    [InlineData("Rename-ImapFolder here -Destination Inbox", "FolderExists", "INBOX")]
    [InlineData("Rename-ImapFolder nowhere there", "FolderNotFound", "nowhere")]
    [InlineData("Rename-ImapFolder her* x", "FolderNotFound", "her*")]
    public async Task What_cannot_be_is_not_sent(string command, string id, string told)
    {
        User.CreateFolder("here");
        User.CreateFolder("there");
        Connect();
        Assert.Contains(told, AssertError(Run(command), id).ErrorDetails.Message, StringComparison.Ordinal);
        AssertNothingChanges();
        Assert.Equal(["here", "there"], await FoldersAsync());
    }

    [Fact]
    public void By_each_one_s_own_name()
    {
        User.CreateFolder("Lists/A");
        User.CreateFolder("Lists/B");
        Connect();
        Assert.Equal(
            ["Lists/a1", "Lists/b1"],
            Succeed("Get-ImapFolder Lists/? | Rename-ImapFolder -NewName { $_.Name.ToLowerInvariant() + 1 } -PassThru").Select(PathOf));
    }

    [Theory]
    [InlineData("")]
    [InlineData("UNSELECT")]
    public async Task The_folder_that_is_selected_and_one_below_it(string hidden)
    {
        Proxy.HideCapability(hidden.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Fill("a/b", 3);
        await OtherClientAsync("SELECT a/b", "STORE 1 +FLAGS (\\Deleted)");
        Connect();
        Succeed("Get-ImapMessage a/b -Uid 2 | Move-ImapMessage Trash; Rename-ImapFolder a z");
        Assert.Equal(["message 0", "message 2"], Subjects(Succeed("Get-ImapMessage z/b")));
        Succeed("Rename-ImapFolder z/b c");
        Assert.Equal(["message 0", "message 2"], Subjects(Succeed("Get-ImapMessage z/c")));
        AssertError(Run("Get-ImapMessage a/b"), "FolderNotFound");
        Assert.Equal(0, Proxy.Connections);
        Assert.Equal(0, Proxy.Count("CLOSE"));
    }

    [Fact]
    public async Task Another_client_renames_it_first()
    {
        User.CreateFolder("here");
        Connect();
        Succeed("$here = Get-ImapFolder here");
        Proxy.On("RENAME", ProxyAction.Run(() => OtherClientAsync("RENAME here elsewhere")));
        AssertError(Run("Rename-ImapFolder here there"), "FolderNotFound");
        AssertError(Run("$here | Rename-ImapFolder -NewName there"), "FolderNotFound");
        Assert.Equal(["elsewhere"], await FoldersAsync());
    }

    [Fact]
    public async Task Another_client_takes_the_name_first()
    {
        User.CreateFolder("here");
        Connect();
        Proxy.On("RENAME", ProxyAction.Run(() => OtherClientAsync("CREATE there")));
        AssertError(Run("Rename-ImapFolder here there"), "FolderExists");
        Assert.Equal(["here", "there"], await FoldersAsync());
    }

    [Fact]
    public async Task A_folder_object_of_a_folder_that_was_made_anew()
    {
        User.CreateFolder("here");
        Connect();
        AssertError(Run("$stale = Get-ImapFolder here | Select-Object *; $stale.PSObject.TypeNames.Insert(0, "
            + "'Deserialized.ImapPS.Models.ImapFolder'); $stale.UidValidity--; $stale | Rename-ImapFolder -NewName "
            + "there"), "UidValidityChanged");
        AssertNothingChanges();
        Assert.Equal(["here"], await FoldersAsync());
    }

    [Fact]
    public void A_role_goes_where_the_server_says()
    {
        User.CreateFolder("Junk");
        Connect();
        Succeed("Rename-ImapFolder Junk Spam");

        // Dovecot has its roles by name, and makes the folder anew.
        Assert.Equal("None", Property<string>(Assert.Single(Succeed("Get-ImapFolder Spam")), "SpecialUse"));
        Assert.Equal(["Junk"], Succeed("Get-ImapFolder -SpecialUse Junk").Select(PathOf));
        Succeed("Remove-ImapFolder Spam");
    }

    [Fact]
    public async Task WhatIf_and_no_to_all()
    {
        User.CreateFolder("here");
        User.CreateFolder("too");
        Connect();
        Assert.Contains("\"Rename folder to x/y\" on target \"here\"", Engine.Format("Rename-ImapFolder here -Destination x/y -WhatIf"),
            StringComparison.Ordinal);
        AssertNothingChanges();
        Assert.Empty(Ask("'here', 'too' | Rename-ImapFolder -NewName { \"$_ 2\" } -Confirm", "No to All").AllErrors);
        AssertNothingChanges();
        Assert.Equal(["here", "too"], await FoldersAsync());
    }

    public static TheoryData<string, string> Cuts() => CutsOf("RENAME", "SUBSCRIBE", "UNSUBSCRIBE", "CREATE", "STATUS");

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task Cut_once_it_is_renamed_once(string verb, string when)
    {
        User.CreateFolder("a");
        Fill("a/b", 2);
        await OtherClientAsync("SUBSCRIBE a/b");
        Connect();
        Proxy.On(verb, Cut(when));
        Assert.Equal("x/a", PathOf(Assert.Single(Succeed("Rename-ImapFolder a -Destination x/a -PassThru"))));
        Assert.Equal(["x", "x/a", "x/a/b"], await FoldersAsync());
        Assert.Equal(["x/a/b"], await SubscribedAsync());
        Assert.Equal(2, await CountAsync("x/a/b"));
        Assert.Equal(1, Proxy.Connections);
        Assert.Equal(verb == "RENAME" && when == "before" ? 2 : 1, Proxy.Count("RENAME"));
    }

    [Fact]
    public async Task A_server_that_was_only_slow_has_renamed_it_by_the_time_it_is_asked_again()
    {
        User.CreateFolder("here");
        Connect();
        Proxy.On("RENAME", ProxyAction.CutBefore);
        Proxy.On(command => command.Verb == "RENAME"
            && Proxy.Count("RENAME") == 2, ProxyAction.Run(() => OtherClientAsync("RENAME here there")));
        Succeed("Rename-ImapFolder here there");
        Assert.Equal(["there"], await FoldersAsync());
    }
}
