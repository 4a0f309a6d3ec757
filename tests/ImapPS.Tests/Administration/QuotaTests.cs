using ImapPS.Sandbox;
using ImapPS.Tests.Binding;

namespace ImapPS.Tests.Administration;

public sealed class QuotaTests(MailServer mail, SharedServer shared) : ModuleTest(mail), IClassFixture<SharedServer>
{
    private const string Row =
        " | ForEach-Object { \"$($_.Root)|$($_.Resource)|$($_.Usage)|$($_.Limit)|$($_.Percent)|$($_.Folders)\" }";

    [Fact]
    public void Each_resource_of_each_root_comes_once_with_the_folders_that_share_it()
    {
        User.Deliver("INBOX", Message("one"));
        User.Deliver("Sent", Message("two"));
        Connect();
        string[] rows = Rows("Get-ImapFolder INBOX, Sent | Get-ImapQuota");
        Assert.Matches(@"^User quota\|STORAGE\|1024\|104857600\|0\|INBOX Sent$", rows[0]);
        Assert.Equal("User quota|MESSAGE|2|1000|0.2|INBOX Sent", rows[1]);
        Assert.Equal(2, rows.Length);
        Assert.Contains("Drafts", Rows("Get-ImapQuota")[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Several_roots_and_what_needs_more_than_32_bits()
    {
        User.CreateFolder("a");
        Connect();
        Proxy.On("GETQUOTAROOT", ProxyAction.Reply(
            "* QUOTAROOT INBOX \"\" {3}\r\nb c d\r\n* QUOTA \"\" (STORAGE 6000000000 12000000000 X-NUM-FOLDERS 3 4)\r\n"
            + "* QUOTA {3}\r\nb c (MAILBOX 1 0)\r\n{tag} OK done"));
        string[] rows = Rows("Get-ImapQuota INBOX");
        Assert.Equal(
            ["|STORAGE|6144000000000|12288000000000|50|INBOX", "|X-NUM-FOLDERS|3|4|75|INBOX", "b c|MAILBOX|1|0|100|INBOX"], rows);
        Proxy.On("GETQUOTAROOT", ProxyAction.Reply(
            "* QUOTAROOT INBOX a b\r\n* QUOTA a (STORAGE 95 100)\r\n* QUOTA b (STORAGE 90 100)\r\n{tag} OK done"));
        Assert.Equal(["a|STORAGE|97280|102400|95|INBOX"], Rows("Get-ImapQuota INBOX -AbovePercent 90"));
        Proxy.On("GETQUOTAROOT", ProxyAction.Reply("* QUOTAROOT INBOX\r\n{tag} OK No quota"));
        Assert.Empty(Rows("Get-ImapQuota INBOX"));
    }

    [Fact]
    public void Public_folders_have_a_root_of_their_own()
    {
        MailUser user = shared.Dovecot.CreateUser();
        Succeed("$null = Connect-Imap localhost -Port $shared -Security None -AllowPlaintext -Credential $who",
            ("shared", shared.Dovecot.Port), ("who", CredentialOf(user.Name, user.Password)));
        Assert.Equal(["User quota", "User quota"], Succeed("Get-ImapQuota INBOX").Select(quota => Property<string>(quota, "Root")));
    }

    [Fact]
    public void What_is_not_there_is_an_error_of_its_own()
    {
        Connect();
        EngineResult result = Run("Get-ImapQuota INBOX, nope, 'no*'");
        AssertError(result, "FolderNotFound");
        Assert.Equal(2, result.Output.Count);
        Proxy.On("GETQUOTAROOT", ProxyAction.Reply("{tag} NO [NOPERM] Not yours"));
        AssertError(Run("Get-ImapQuota INBOX"), "PermissionDenied");
    }

    [Fact]
    public void A_server_without_quotas_says_so_once()
    {
        Proxy.HideCapability("QUOTA");
        Connect();
        AssertError(Run("Get-ImapFolder | Get-ImapQuota"), "NotSupportedByServer");
        AssertError(Run("Set-ImapQuota 'User quota' -Limit 1GB"), "NotSupportedByServer");
    }

    [Fact]
    public void Dovecot_lets_only_administrators_set_limits()
    {
        Connect();
        AssertError(Run("Set-ImapQuota 'User quota' -Limit 5GB"), "PermissionDenied");
        AssertError(Run("Set-ImapQuota 'User quota' -Resource 'A B' -Limit 5GB"), "ArgumentInvalid");
        AssertError(Run("Set-ImapQuota 'User quota' -Limit -1"), "ArgumentInvalid");
    }

    [Theory]
    [InlineData("-Limit ''", "ArgumentInvalid")]
    [InlineData("-Limit ' '", "ArgumentInvalid")]
    [InlineData("-Limit $null", "ArgumentInvalid")]
    [InlineData("-Limit $nothing.Limt", "ArgumentInvalid")]
    [InlineData("", "ArgumentInvalid")]
    [InlineData("-NoLimit:$false", "ArgumentInvalid")]
    [InlineData("-Limit 1 -NoLimit", "ArgumentInvalid")]
    [InlineData("-Resource MESSAGE -Limit 1.5", "ArgumentInvalid")]
    [InlineData("-Limit $false", "ParameterArgumentTransformationError")]
    [InlineData("-Limit '1,5'", "ParameterArgumentTransformationError")]
    [InlineData("-Limit (Get-Date)", "ParameterArgumentTransformationError")]
    [InlineData("-Limit ([double]::NaN)", "ParameterArgumentTransformationError")]
    public void What_is_no_limit_changes_none(string limit, string id)
    {
        Connect();
        EngineResult result = Run($"Set-ImapQuota 'User quota' {limit}");
        Assert.StartsWith(id + ",", Assert.Single(result.AllErrors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.DoesNotContain(Proxy.Commands, command => command.Verb == "SETQUOTA");
    }

    [Theory]
    [InlineData("1.1GB", "STORAGE 1153434")]
    [InlineData("'5GB'", "STORAGE 5242880")]
    [InlineData("'0.5 mb'", "STORAGE 512")]
    [InlineData("1.5KB", "STORAGE 2")]
    [InlineData("([uint64]2048)", "STORAGE 2")]
    [InlineData("0", "STORAGE 0")]
    [InlineData("'12.0' -Resource MESSAGE", "MESSAGE 12")]
    public void A_limit_is_a_number_or_its_text(string limit, string sent)
    {
        Connect();
        Proxy.On("SETQUOTA", ProxyAction.Reply("{tag} OK done"));
        Succeed($"Set-ImapQuota other -Limit {limit}");
        Assert.EndsWith($"SETQUOTA other ({sent})", Proxy.Commands[^1].Line.TrimEnd(), StringComparison.Ordinal);
    }

    public static TheoryData<string> Kinds => [.. Forms.All.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_emitted_gets_another_limit_however_it_comes(string form)
    {
        Connect();
        object[] items = [.. Succeed("Get-ImapQuota INBOX").Select(item => Forms.All[form](item))];
        AssertError(Run("$items | Set-ImapQuota -Limit 5GB", ("items", items)), "ArgumentInvalid");
        AssertError(Run("$items[1] | Set-ImapQuota -Limit 1.5", ("items", items)), "ArgumentInvalid");
        Assert.DoesNotContain(Proxy.Commands, command => command.Verb == "SETQUOTA");
        Proxy.On("SETQUOTA", ProxyAction.Reply("{tag} OK done"));
        Succeed("$items | Set-ImapQuota -Resource storage -Limit 5GB", ("items", items));
        Assert.Contains("SETQUOTA \"User quota\" (MESSAGE 1000 STORAGE 5242880)", Proxy.Commands[^1].Line, StringComparison.Ordinal);
        Proxy.On("SETQUOTA", ProxyAction.Reply("{tag} OK done"));
        Succeed("$items[1] | Set-ImapQuota -NoLimit", ("items", items));
        Assert.Contains("SETQUOTA \"User quota\" (STORAGE 102400)", Proxy.Commands[^1].Line, StringComparison.Ordinal);
        Assert.Equal(2, Proxy.Count("SETQUOTA"));
    }

    [Fact]
    public void SETQUOTA_names_the_limits_that_stay()
    {
        Connect();
        Proxy.On("SETQUOTA", ProxyAction.Reply("{tag} OK done"));
        Assert.Empty(Succeed("Set-ImapQuota 'User quota' -Limit 1025"));
        Assert.Contains("SETQUOTA \"User quota\" (MESSAGE 1000 STORAGE 2)", Proxy.Commands[^1].Line, StringComparison.Ordinal);
        Proxy.On("SETQUOTA", ProxyAction.Reply("{tag} OK done"));
        Assert.Equal(2, Succeed("Set-ImapQuota 'User quota' -Resource message -NoLimit -PassThru").Count);
        Assert.Contains("SETQUOTA \"User quota\" (STORAGE 102400)", Proxy.Commands[^2].Line, StringComparison.Ordinal);
        Proxy.On("SETQUOTA", ProxyAction.Reply("{tag} OK done"));
        Assert.Empty(Succeed("Set-ImapQuota other -Limit 1GB"));
        Assert.EndsWith("SETQUOTA other (STORAGE 1048576)", Proxy.Commands[^1].Line.TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Set-ImapQuota -Root User", "'User quota'")]
    [InlineData("Set-ImapQuota 'User quota' -Resource STO", "STORAGE")]
    [InlineData("Get-ImapQuota Tra", "Trash")]
    public void Names_complete_with_Tab(string line, string expected)
    {
        Connect();
        Succeed("Get-ImapQuota INBOX");
        Assert.Contains(expected, Succeed("[System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, "
            + "$null).CompletionMatches.CompletionText", ("line", line)).Select(match => match.ToString()));
    }

    [Fact]
    public void A_root_completes_before_any_quota_was_read()
    {
        Connect();
        Assert.Equal(["'User quota'"], Succeed("[System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, "
            + "$null).CompletionMatches.CompletionText", ("line", "Set-ImapQuota ")).Select(match => match.ToString()));
    }

    private string[] Rows(string script) => [.. Succeed(script + Row).Select(row => row.ToString())];
}
