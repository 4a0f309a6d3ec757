using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Folders;

public sealed class NewFolderTests(MailServer mail) : FolderChangeTest(mail)
{
    [Fact]
    public async Task Level_by_level_and_each_can_hold_messages()
    {
        Connect();
        PSObject folder = Assert.Single(Succeed("New-ImapFolder Archive/2026/Receipts"));
        Assert.Equal("Archive/2026/Receipts", PathOf(folder));
        Assert.Equal("Receipts", Property<string>(folder, "Name"));
        Assert.Equal(0, Property<int>(folder, "MessageCount"));
        Assert.True(Property<uint>(folder, "UidValidity") > 0);
        Assert.False(Property<bool>(folder, "Subscribed"));
        Assert.Equal(3, Proxy.Count("CREATE"));
        Assert.Equal(0, Proxy.Count("SUBSCRIBE"));
        Assert.Equal(["Archive", "Archive/2026", "Archive/2026/Receipts"], await FoldersAsync());
        Assert.All(Succeed("Get-ImapFolder Archive*"), level => Assert.True(Property<bool>(level, "Selectable")));
    }

    [Theory]
    [InlineData("Entwürfe/Q&A \"2026\"")]
    [InlineData("日本語/受信箱")]
    [InlineData("Emoji 📬🏳️‍🌈")]
    [InlineData("100%")]
    [InlineData("*")]
    [InlineData("a*b%c")]
    [InlineData("back\\slash")]
    [InlineData("a~tilde")]
    [InlineData("[x] it's $HOME `n")]
    [InlineData("-dash")]
    [InlineData("a.b & c&-")]
    [InlineData("{5}")]
    public async Task Any_name(string path)
    {
        Connect();
        Assert.Equal(path, PathOf(Assert.Single(Succeed("New-ImapFolder $path", ("path", path)))));
        Assert.Contains(path, Succeed("Get-ImapFolder").Select(PathOf));
        User.Deliver(path, Message("found"));
        Assert.Equal(["found"], Subjects(Succeed("Get-ImapFolder -LiteralPath $path | Get-ImapMessage", ("path", path))));
        Assert.Equal(1, await CountAsync(path));
        Assert.Equal(path + " 2",
            PathOf(Assert.Single(
            Succeed("Rename-ImapFolder $path $name -PassThru", ("path", path), ("name", path.Split('/')[^1] + " 2")))));
        Succeed("Clear-ImapFolder -LiteralPath $path -Force; Remove-ImapFolder -LiteralPath $path", ("path", path + " 2"));
        Assert.Empty((await FoldersAsync()).Except(["Entw&APw-rfe", "&ZeVnLIqe-"]));
    }

    [Fact]
    public void A_long_name_is_made_or_refused_with_an_error_that_says_so()
    {
        Connect();
        string name = new('ü', 60);
        Assert.Equal(name, PathOf(Assert.Single(Succeed("New-ImapFolder $name", ("name", name)))));
        ErrorRecord error = AssertError(Run("New-ImapFolder $name", ("name", new string('x', 2_000))), "CommandRejected");
        Assert.Contains("too long", error.ErrorDetails.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(Succeed("Get-ImapFolder xxx*"));
    }

    [Theory]
    [InlineData("/x", "delimiter")]
    [InlineData("x/", "delimiter")]
    [InlineData("x//y", "delimiter")]
    [InlineData("/", "delimiter")]
    [InlineData("a\tb", "U+0009")]
    [InlineData("a\r\nb", "U+000D")]
    [InlineData("a\u0000b", "U+0000")]
    [InlineData("a\u007fb", "U+007F")]
    [InlineData("a\u0085b", "U+0085")]
    [InlineData("a\u2028b", "U+2028")]
    [InlineData("inbox", "INBOX")]
    public async Task What_cannot_be_a_name_is_not_sent_and_the_others_go_on(string path, string told)
    {
        Connect();
        EngineResult result = Run("New-ImapFolder One, $path, Two", ("path", path));
        ErrorRecord error = AssertError(result, "ArgumentInvalid");
        Assert.Contains(told, error.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.Equal(path, error.TargetObject);
        Assert.Equal(2, Proxy.Count("CREATE"));
        Assert.Equal(["One", "Two"], result.Output.Select(PathOf));
        Assert.Equal(["One", "Two"], await FoldersAsync());
    }

    [Fact]
    public void Half_of_a_surrogate_pair()
    {
        Connect();
        Assert.Contains("U+D83D", AssertError(Run("New-ImapFolder $path", ("path", "a\ud83d")), "ArgumentInvalid").ErrorDetails.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_exists(bool coded)
    {
        User.Deliver("There", Message("x"));
        Connect();
        if (!coded) Proxy.On("CREATE", ProxyAction.Reply("{tag} NO it is there"));
        Assert.Equal(ErrorCategory.ResourceExists, AssertError(Run("New-ImapFolder There"), "FolderExists").CategoryInfo.Category);
        if (!coded) Proxy.On("CREATE", ProxyAction.Reply("{tag} NO it is there"));
        Assert.Equal(1, Property<int>(Assert.Single(Succeed("New-ImapFolder There -Force")), "MessageCount"));
        Assert.Equal("INBOX", PathOf(Assert.Single(Succeed("New-ImapFolder inbox -Force"))));
        Assert.Equal(1, await CountAsync("There"));
    }

    [Fact]
    public async Task One_that_was_removed_before_by_us_and_by_another_client()
    {
        Connect();
        Succeed("$null = New-ImapFolder Again, Elsewhere/x; Remove-ImapFolder Again");
        AssertError(Run("Get-ImapFolder Again"), "FolderNotFound");
        AssertError(Run("Get-ImapMessage Again"), "FolderNotFound");
        Assert.Equal("Again", PathOf(Assert.Single(Succeed("New-ImapFolder Again"))));
        Succeed("Remove-ImapFolder Again");
        User.Deliver("INBOX", Message("x"));
        Succeed("Get-ImapMessage | Move-ImapMessage Again -CreateFolder");
        Assert.Equal(1, await CountAsync("Again"));
        await OtherClientAsync("DELETE Elsewhere/x", "DELETE Elsewhere");
        Succeed("Get-ImapMessage Again | Move-ImapMessage Elsewhere/x -CreateFolder");
        Assert.Equal(1, await CountAsync("Elsewhere/x"));
    }

    [Fact]
    public async Task Subscribed_with_those_above_it_that_are_new()
    {
        User.CreateFolder("Old");
        Connect();
        Assert.True(Property<bool>(Assert.Single(Succeed("New-ImapFolder Old/one/two -Subscribe")), "Subscribed"));
        Assert.Equal(["Old/one", "Old/one/two"], await SubscribedAsync());
    }

    [Fact]
    public void A_role_that_the_server_lets_nobody_give()
    {
        Connect();
        Assert.Equal(ErrorCategory.NotImplemented,
            AssertError(Run("New-ImapFolder Up/Bin -SpecialUse Trash"), "NotSupportedByServer").CategoryInfo.Category);
        AssertNothingChanges();
    }

    [Fact]
    public async Task A_role()
    {
        await using DovecotServer choosy =
            await DovecotServer.StartAsync(new DovecotOptions { ExtraConfiguration = ["imap_capability = +CREATE-SPECIAL-USE"] },
            Cancellation);
        MailUser user = choosy.CreateUser();
        await using FaultProxy proxy = FaultProxy.Start(choosy);
        Succeed(
            "$null = Connect-Imap localhost -Port $choosy -Security None -AllowPlaintext -Credential $other",
            ("choosy", proxy.Port),
            ("other", CredentialOf(user.Name, user.Password)));

        // Dovecot itself gives roles by its configuration only.
        proxy.On("CREATE", ProxyAction.Reply("{tag} NO [USEATTR] not that one"));
        AssertError(Run("New-ImapFolder Bin -SpecialUse Flagged"), "NotSupportedByServer");
        proxy.On(command => command.Line.EndsWith("CREATE Bin (USE (\\Flagged))", StringComparison.Ordinal),
            ProxyAction.Run(() => CreateAsync(user)));
        proxy.On(command => command.Line.EndsWith("CREATE Bin (USE (\\Flagged))", StringComparison.Ordinal),
            ProxyAction.Reply("{tag} OK created"));
        proxy.On(command => command.Verb == "LIST"
            && command.Line.Contains("SPECIAL-USE", StringComparison.Ordinal), ProxyAction.Inject("* LIST (\\Flagged) \"/\" Bin\r\n"));
        Assert.Equal("Flagged", Property<string>(Assert.Single(Succeed("New-ImapFolder Bin -SpecialUse Flagged")), "SpecialUse"));
        Assert.Equal(["Bin"], Succeed("Get-ImapFolder -SpecialUse Flagged").Select(PathOf));
        Assert.Equal("Open", Succeed("(Get-ImapSession | Where-Object IsDefault).State")[0].ToString());
        AssertError(Run("New-ImapFolder Sent -SpecialUse Flagged -Force"), "FolderExists");
        Succeed("Disconnect-Imap");
    }

    [Fact]
    public async Task Another_delimiter()
    {
        await using DovecotServer dotted = await DovecotServer.StartAsync(new DovecotOptions { HierarchyDelimiter = '.' }, Cancellation);
        MailUser user = dotted.CreateUser();
        Succeed(
            "$null = Connect-Imap localhost -Port $dotted -Credential $other -SkipCertificateCheck",
            ("dotted", dotted.Port),
            ("other", CredentialOf(user.Name, user.Password)));
        Assert.Equal("c", Property<string>(Assert.Single(Succeed("New-ImapFolder a.b.c")), "Name"));
        AssertError(Run("New-ImapFolder a..b"), "ArgumentInvalid");
        ErrorRecord error = AssertError(Run("New-ImapFolder a/b"), "CommandRejected");
        Assert.Contains("delimiter of this server is '.'", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("'.'", AssertError(Run("Rename-ImapFolder a.b x.y"), "ArgumentInvalid").ErrorDetails.Message,
            StringComparison.Ordinal);
        Assert.Equal(["z.b", "z.b.c"], Succeed("Rename-ImapFolder a.b -Destination z.b; Get-ImapFolder z.b*").Select(PathOf));
        AssertError(Run("Remove-ImapFolder z"), "FolderNotEmpty");
        Succeed("Remove-ImapFolder z -Recurse");
        Assert.Empty(Succeed("Get-ImapFolder z*"));
        Succeed("Disconnect-Imap");
    }

    [Fact]
    public async Task From_the_pipeline()
    {
        Connect();
        Assert.Equal(
            ["A", "B", "C", "D"],
            Succeed("'A' | New-ImapFolder; [pscustomobject]@{ Path = 'B' } | New-ImapFolder; New-ImapFolder C, D").Select(PathOf));
        Assert.Equal(["A", "B", "C", "D"], await FoldersAsync());
        Assert.Equal(["A"], Succeed("Get-ImapFolder A | New-ImapFolder -Force").Select(PathOf));
    }

    [Fact]
    public async Task WhatIf_names_each_and_creates_none()
    {
        Connect();
        string told = Engine.Format("New-ImapFolder One, Two/x -Subscribe -WhatIf");
        Assert.Contains("\"Create folder\" on target \"One\"", told, StringComparison.Ordinal);
        Assert.Contains("\"Create folder\" on target \"Two/x\"", told, StringComparison.Ordinal);
        AssertNothingChanges();
        Assert.Empty(await FoldersAsync());
    }

    [Fact]
    public async Task Confirm_asks_and_no_to_all_stops()
    {
        Connect();
        EngineResult result = Ask("New-ImapFolder One, Two, Three, Four -Confirm", "Yes", "No", "No to All");
        Assert.Empty(result.AllErrors);
        Assert.Equal(["One"], await FoldersAsync());
    }

    public static TheoryData<string, string> Cuts() => CutsOf("CREATE", "SUBSCRIBE", "LIST", "STATUS");

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task Cut_once_it_is_created_once(string verb, string when)
    {
        Connect();
        Proxy.On(verb, Cut(when));
        PSObject folder = Assert.Single(Succeed("New-ImapFolder Up/there -Subscribe"));
        Assert.Equal("Up/there", PathOf(folder));
        Assert.True(Property<bool>(folder, "Subscribed"));
        Assert.Equal(1, Proxy.Connections);
        Assert.Equal(verb == "CREATE" && when == "before" ? 3 : 2, Proxy.Count("CREATE"));
        Assert.Equal(["Up", "Up/there"], await FoldersAsync());
        Assert.Equal(["Up", "Up/there"], await SubscribedAsync());
    }

    [Theory]
    [InlineData("before", 2)]
    [InlineData("after", 1)]
    [InlineData("within", 1)]
    public async Task Cut_at_the_folder_itself(string when, int creates)
    {
        Connect();
        Proxy.On("CREATE", Cut(when));
        Assert.Equal("Flat", PathOf(Assert.Single(Succeed("New-ImapFolder Flat"))));
        Assert.Equal(creates, Proxy.Count("CREATE"));
        Assert.Equal(["Flat"], await FoldersAsync());
    }

    [Fact]
    public async Task A_server_that_was_only_slow_has_created_it_by_the_time_it_is_asked_again()
    {
        Connect();
        Proxy.On("CREATE", ProxyAction.CutBefore);
        Proxy.On(command => command.Verb == "CREATE" && Proxy.Count("CREATE") == 2, ProxyAction.Run(() => OtherClientAsync("CREATE Flat")));
        Assert.Equal("Flat", PathOf(Assert.Single(Succeed("New-ImapFolder Flat"))));
        Assert.Equal(["Flat"], await FoldersAsync());
    }

    [Theory]
    [InlineData("NO [OVERQUOTA] full", "QuotaExceeded", ErrorCategory.QuotaExceeded)]
    [InlineData("NO [NOPERM] not yours", "PermissionDenied", ErrorCategory.PermissionDenied)]
    [InlineData("NO no reason", "CommandRejected", ErrorCategory.InvalidOperation)]
    public async Task What_the_server_refuses(string answer, string id, ErrorCategory category)
    {
        Connect();
        Proxy.On("CREATE", ProxyAction.Reply("{tag} " + answer));
        EngineResult result = Run("New-ImapFolder One, Two");
        Assert.Equal(category, AssertError(result, id).CategoryInfo.Category);
        Assert.Equal(["Two"], await FoldersAsync());
    }

    private static async Task CreateAsync(MailUser user)
    {
        await using RawImapClient client = await user.ConnectAsync(Cancellation);
        (await client.CommandAsync("CREATE Bin", Cancellation)).EnsureOk("CREATE");
    }
}
