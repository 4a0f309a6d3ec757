using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.OAuth;

/// <summary>Tokens that come from somewhere else: in every form, and from a script block that is asked each time.</summary>
public sealed class GivenTokenTests(TokenServer server) : TokenTest(server), IClassFixture<TokenServer>
{
    private const string Plain = "[System.Net.NetworkCredential]::new('', $global:token.AccessToken).Password";

    private int Asked => LanguagePrimitives.ConvertTo<int>(Engine.GetVariable("asked"));

    [Theory]
    [InlineData("$text")]
    [InlineData("(ConvertTo-SecureString $text -AsPlainText -Force)")]
    [InlineData("@{ AccessToken = $text }")]
    [InlineData("([pscustomobject]@{ Token = $text; UserId = 'not an address' })")]
    [InlineData("([pscustomobject]@{ Token = (ConvertTo-SecureString $text -AsPlainText -Force) })")]
    [InlineData("{ $text }")]
    [InlineData("{ [pscustomobject]@{ Token = $text } }")]
    public void Every_form_of_a_token_logs_in(string form)
    {
        Succeed($"$global:token = Get-ImapAccessToken {Flows["browser"]}; $global:text = {Plain}");
        Assert.Equal(User.Name, Property<string>(Assert.Single(Succeed($"{Connect} -AccessToken {form}")), "UserName"));
        Assert.Equal(User.Name, Property<string>(Assert.Single(Succeed($"{form} | {Connect}")), "UserName"));
    }

    [Theory]
    [InlineData("'opaque'", "-UserName")]
    [InlineData("''", "nothing")]
    [InlineData("$null", "nothing")]
    [InlineData("(Get-Date)", "DateTime")]
    [InlineData("{ }", "returned nothing")]
    [InlineData("{ Get-Date }", "DateTime")]
    [InlineData("{ Get-Item /no/such/file -ErrorAction SilentlyContinue }", "/no/such/file")]
    [InlineData("{ $gone }", "GetNewClosure")]
    public void What_is_no_token_is_told(string form, string says)
    {
        ErrorRecord error = AssertError(Run($"{Connect} -AccessToken {form}"), "ArgumentInvalid");
        Assert.Contains(says, error.Exception.Message + error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_error_that_a_script_block_writes_is_told()
    {
        ErrorRecord error = Run($"{Connect} -AccessToken {{ Write-Error 'no such vault'; Write-Error 'more' }}").AllErrors.Last();
        Assert.Equal("The script block of -AccessToken returned nothing, and wrote the error: no such vault", error.Exception.Message);
    }

    [Fact]
    public void A_script_block_that_fails_is_told()
    {
        ErrorRecord error = AssertError(Run($"{Connect} -AccessToken {{ throw 'no such vault' }}"), "AuthenticationFailed");
        Assert.Contains("no such vault", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_block_is_asked_again_for_each_login()
    {
        User.Deliver("INBOX", Message("hello"));
        Succeed($"$global:asked = 0; $null = {Connect} -AccessToken {{ $global:asked++; Get-ImapAccessToken {Flows["secret"]} }}");
        Assert.Equal(1, Asked);
        Proxy.CutAll();
        Assert.Single(Succeed("Get-ImapMessage"));
        Assert.Equal(2, Asked);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_script_block_is_asked_while_another_cmdlet_of_the_pipeline_waits_for_the_connection()
    {
        User.DeliverMany("INBOX", 400, i => new SeedMessage(Message($"message {i}")));
        Succeed($"$null = {Connect} -AccessToken {{ Get-ImapAccessToken {Flows["secret"]} }}");
        int fetched = 0;
        Proxy.On(command => command.Verb == "UID FETCH" && ++fetched % 2 == 0, ProxyAction.CutBefore, times: 4);
        EngineResult result = await RunAsync("Get-ImapMessage | Set-ImapMessage -Read -BatchSize 10; (Get-ImapFolder INBOX).UnreadCount")
            .WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal([], result.AllErrors.Select(error => error.ToString()));
        Assert.Equal(0, LanguagePrimitives.ConvertTo<int>(result.Output[^1]));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_script_block_is_asked_in_another_runspace()
    {
        User.Deliver("INBOX", Message("hello"));
        Succeed($"$global:token = Get-ImapAccessToken {Flows["browser"]}; $env:IMAPPS_TEST_TOKEN = {Plain}");
        Succeed($"$global:opened = {Connect} -AccessToken {{ $env:IMAPPS_TEST_TOKEN }}");
        Proxy.CutAll();
        EngineResult result = await RunAsync("$id = $global:opened.Id; 1..3 | ForEach-Object -Parallel { Import-Module "
            + "$using:manifest; (Get-ImapMessage -Session $using:id).Subject }",
            ("manifest", Repository.Manifest)).WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal([], result.AllErrors.Select(error => error.ToString()));
        Assert.Equal(3, result.Output.Count);
    }

    [Fact(Timeout = 120_000)]
    public async Task Stopping_a_command_that_needs_a_token_ends_it()
    {
        Succeed($"$null = {Connect} -AccessToken {{ Get-ImapAccessToken {Flows["secret"]} }}");
        Proxy.CutAll();
        EngineResult result = await RunAsync("Get-ImapFolder | Select-Object -First 1").WaitAsync(TestContext.Current.CancellationToken);
        Assert.Single(result.Output);
        Assert.Empty(result.AllErrors);
    }
}
