using ImapPS.Sandbox;
using ImapPS.Tests.Binding;
using ImapPS.Tests.Folders;

namespace ImapPS.Tests.Administration;

public sealed class PermissionTests(MailServer mail) : FolderChangeTest(mail)
{
    private const string Row = " | ForEach-Object { \"$($_.Folder)|$($_.Identifier)|$($_.Letters)|$($_.Rights)|$($_.IsNegative)\" }";

    [Fact]
    public void Rights_are_set_added_and_removed()
    {
        User.CreateFolder("a");
        Connect();
        Assert.Empty(Succeed("Set-ImapFolderPermission a bob -Rights Reader"));
        Assert.Equal(["a|bob|lrs|Reader|False"], Rows("Get-ImapFolderPermission a bob"));
        Assert.Equal(["a|bob|rsw|Read, Seen, Write|False"],
            Rows("Set-ImapFolderPermission a bob -Add w, Read -Remove Lookup -PassThru"));
        Assert.Equal(["a|-bob|i|Insert|True"], Rows("Set-ImapFolderPermission a -Identifier '-bob' -Rights i -PassThru"));
        Assert.Equal(
            ["a|-bob|i|Insert|True", "a|bob|rsw|Read, Seen, Write|False"],
            Rows("Get-ImapFolderPermission a *bob").Order(StringComparer.Ordinal));
        Assert.Contains("a|" + User.Name + "|lrswipkxteacd|Owner, Create, Delete|False", Rows("Get-ImapFolderPermission a"));
        Succeed("Set-ImapFolderPermission a bob None; Remove-ImapFolderPermission a -Identifier '-bob'");
        Assert.Equal(["a|bob||None|False"], Rows("Get-ImapFolderPermission a *bob"));
    }

    [Fact]
    public void Mine_and_what_is_possible()
    {
        Connect();
        Assert.Equal([$"INBOX|{User.Name}|lrswipkxteacd|Owner, Create, Delete|False"], Rows("Get-ImapFolderPermission -Mine"));
        Assert.Equal(["INBOX|bob|lrswipkxteacd|Owner, Create, Delete|False"], Rows("Get-ImapFolderPermission INBOX bob -Possible"));
        Proxy.On("LISTRIGHTS", ProxyAction.Reply("* LISTRIGHTS INBOX bob la r swi {2}\r\nkx te 9\r\n{tag} OK done"));
        Assert.Equal(["INBOX|bob|lrswikxtea9|CreateFolder, DeleteFolder, Editor, Administer|False"],
            Rows("Get-ImapFolderPermission INBOX bob -Possible"));
    }

    /// <summary>MailKit reads on where there is nothing, and the connection ends.</summary>
    [Fact]
    public void An_access_list_of_nobody_and_one_in_literals()
    {
        Connect();
        Proxy.On("GETACL", ProxyAction.Reply("* ACL INBOX\r\n{tag} OK done"));
        Assert.Empty(Rows("Get-ImapFolderPermission"));
        Proxy.On("GETACL", ProxyAction.Reply("* ACL INBOX {7}\r\nb \"o\\ b lr \"c\\\"d\" \"\"\r\n* 3 EXISTS\r\n{tag} OK done"));
        Assert.Equal(["INBOX|b \"o\\ b|lr|Lookup, Read|False", "INBOX|c\"d||None|False"], Rows("Get-ImapFolderPermission"));
        Assert.Equal(0, Proxy.Connections);
    }

    [Fact]
    public void With_the_folders_below()
    {
        foreach (string folder in new[] { "a", "a/b", "a/b/c", "ab" }) User.CreateFolder(folder);
        Connect();
        Succeed("Get-ImapFolder a | Set-ImapFolderPermission -Identifier bob, carol -Rights lr -Recurse");
        Assert.Equal(
            ["a/b/c|bob|lr", "a/b/c|carol|lr", "a/b|bob|lr", "a/b|carol|lr", "a|bob|lr", "a|carol|lr"],
            Rows("Get-ImapFolderPermission a* bob, carol").Select(row => row[..row.LastIndexOf("|Look", StringComparison.Ordinal)])
                .Order(StringComparer.Ordinal));
        User.CreateFolder("node/below");
        Succeed("Set-ImapFolderPermission node -Identifier bob -Rights lr -Recurse");
        Assert.Single(Rows("Get-ImapFolderPermission node/below bob"));
        AssertError(Run("Set-ImapFolderPermission node -Identifier bob -Rights lr"), "FolderNotFound");
        Succeed("Remove-ImapFolderPermission a/b carol -Recurse");
        Assert.Equal(["a|carol|lr|Lookup, Read|False"], Rows("Get-ImapFolderPermission a* carol"));
    }

    public static TheoryData<string> Kinds => [.. Forms.All.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_emitted_copies_an_access_list_however_it_comes(string form)
    {
        User.CreateFolder("from");
        User.CreateFolder("to");
        Connect();
        Succeed("Set-ImapFolderPermission from bob -Rights lrk; Set-ImapFolderPermission from '-carol' i; "
            + "Set-ImapFolderPermission to dora l");
        object[] items = [.. Succeed("Get-ImapFolderPermission from *b*, *c*").Select(item => Forms.All[form](item))];
        Assert.Equal(2, items.Length);
        Succeed("$items | Set-ImapFolderPermission to", ("items", items));
        Assert.Equal(
            ["to|-carol|i|Insert|True", "to|bob|lrkc|Lookup, Read, CreateFolder, Create|False", "to|dora|l|Lookup|False"],
            Rows($"Get-ImapFolderPermission to -Identifier *bob, *carol, dora").Order(StringComparer.Ordinal));
        Succeed("$items | Remove-ImapFolderPermission", ("items", items));
        Assert.Empty(Rows("Get-ImapFolderPermission from *bob, *carol"));
        Assert.Equal(2, Rows("Get-ImapFolderPermission to *bob, *carol").Length);
    }

    [Fact]
    public void A_right_that_only_another_server_has_is_left_out()
    {
        User.CreateFolder("to");
        Connect();
        EngineResult result =
            Run("[pscustomobject]@{ Folder = 'from'; Identifier = 'bob'; Letters = 'lrn9' } | Set-ImapFolderPermission to");
        Assert.Empty(result.AllErrors);
        Assert.Contains("the rights 9n of 'bob'", Assert.Single(result.Warnings).ToString(), StringComparison.Ordinal);
        Assert.Equal(["to|bob|lr|Lookup, Read|False"], Rows("Get-ImapFolderPermission to bob"));
    }

    [Theory]
    [InlineData("Set-ImapFolderPermission a $me -Rights Editor", true)]
    [InlineData("Set-ImapFolderPermission a $me -Remove Administer", true)]
    [InlineData("Set-ImapFolderPermission a \"-$me\" -Add Owner", true)]
    [InlineData("Remove-ImapFolderPermission a $me", true)]
    [InlineData("Get-ImapFolderPermission a $me | Remove-ImapFolderPermission", true)]
    [InlineData("Set-ImapFolderPermission a $me -Rights Owner", false)]
    [InlineData("Set-ImapFolderPermission a $me -Remove Post", false)]
    [InlineData("Set-ImapFolderPermission a bob -Rights Reader", false)]
    [InlineData("Set-ImapFolderPermission a bob lr; Remove-ImapFolderPermission a bob", false)]
    public void Only_the_right_to_administer_is_not_given_up_unasked(string script, bool asks)
    {
        User.CreateFolder("a");
        Connect();
        script = $"$me = '{User.Name}'; {script}";
        if (!asks)
        {
            Succeed(script);
            return;
        }

        AssertError(Run(script), "ConfirmationRequired");
        Assert.DoesNotContain(Proxy.Commands, command => command.Verb is "SETACL" or "DELETEACL");
        (EngineResult result, IReadOnlyList<SandboxPrompt> asked) = AskWith(script, "");
        Assert.Empty(result.AllErrors);
        Assert.Contains("you lose the right to administer", asked[0].Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Proxy.Commands, command => command.Verb is "SETACL" or "DELETEACL");
        Succeed(script + " -Force");
        Assert.Contains(Proxy.Commands, command => command.Verb is "SETACL" or "DELETEACL");
    }

    [Fact]
    public void What_is_not_there_or_not_allowed()
    {
        Connect();
        AssertError(Run("Get-ImapFolderPermission nope"), "FolderNotFound");
        AssertError(Run("Set-ImapFolderPermission nope bob lr"), "FolderNotFound");
        AssertError(Run("Set-ImapFolderPermission INBOX bob -Add None"), "ArgumentInvalid");
        AssertError(Run("Get-ImapSession | Set-ImapFolderPermission -Identifier bob -Rights lr"), "ArgumentInvalid");
        Proxy.On("SETACL", ProxyAction.Reply("{tag} NO [NOPERM] no"));
        AssertError(Run("Set-ImapFolderPermission INBOX bob lr"), "PermissionDenied");
    }

    [Fact]
    public void A_server_without_access_lists_says_so_once()
    {
        Proxy.HideCapability("ACL");
        Connect();
        AssertError(Run("Get-ImapFolder | Get-ImapFolderPermission"), "NotSupportedByServer");
        AssertError(Run("Get-ImapFolder | Set-ImapFolderPermission -Identifier bob -Rights Owner"), "NotSupportedByServer");
        AssertError(Run("Get-ImapFolder | Remove-ImapFolderPermission -Identifier bob"), "NotSupportedByServer");
    }

    [Theory]
    [InlineData("Set-ImapFolderPermission INBOX bob ", "Reader")]
    [InlineData("Set-ImapFolderPermission INBOX bob -Rights ", "Owner")]
    [InlineData("Set-ImapFolderPermission INBOX bob -Add ", "Write")]
    [InlineData("Get-ImapFolderPermission INBOX bo", "bob")]
    [InlineData("Set-ImapFolderPermission INBOX any", "anyone")]
    [InlineData("Set-ImapFolderPermission INBOX bob Ed", "Editor")]
    public void Names_complete_with_Tab(string line, string expected)
    {
        Connect();
        Succeed("Set-ImapFolderPermission INBOX bob -Rights lr -PassThru");
        Assert.Contains(expected, Succeed("[System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, "
            + "$null).CompletionMatches.CompletionText", ("line", line)).Select(match => match.ToString()));
    }

    [Fact]
    public void An_old_server_gets_the_old_letters()
    {
        Proxy.HideCapability("RIGHTS=texk");
        Connect();
        Succeed("Set-ImapFolderPermission INBOX bob -Rights Owner");
        Assert.EndsWith("SETACL INBOX bob lrswipacd", Proxy.Commands[^1].Line.TrimEnd(), StringComparison.Ordinal);
    }

    public static TheoryData<string> Cuts() => [.. new[] { "before", "after", "within" }];

    [Theory]
    [MemberData(nameof(Cuts))]
    public void Cut_once(string when)
    {
        Connect();
        Proxy.On("SETACL", Cut(when));
        Assert.Equal(["INBOX|bob|lrs|Reader|False"], Rows("Set-ImapFolderPermission INBOX bob -Rights Reader -PassThru"));
    }

    private string[] Rows(string script) => [.. Succeed(script + Row).Select(row => row.ToString())];
}
