using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.OAuth;

/// <summary>Each way to get a token, from the login to the mailbox.</summary>
public sealed class FlowTests(TokenServer server) : TokenTest(server), IClassFixture<TokenServer>
{
    public static TheoryData<string> Names => [.. Flows.Keys];

    private int Polls => Issuer.Requests.Count(grant => grant.Contains("device", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_flow_ends_in_the_mailbox(string flow)
    {
        User.Deliver("INBOX", Message("hello"));
        PSObject session = Assert.Single(Succeed($"{Connect} {Flows[flow]}"));
        Assert.Equal(User.Name, Property<string>(session, "UserName"));
        Assert.Equal($"{User.Name}@localhost", Property<string>(session, "Name"));
        Assert.Equal(["hello"], Succeed("Get-ImapMessage").Select(message => Property<string>(message, "Subject")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_token_is_got_apart_from_the_connection(string flow)
    {
        PSObject token = Assert.Single(Succeed($"($global:token = Get-ImapAccessToken {Flows[flow]})"));
        Assert.Equal(User.Name, Property<string>(token, "UserName"));
        Assert.InRange(Property<DateTimeOffset>(token, "ExpiresOn") - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(50),
            TimeSpan.FromMinutes(61));
        Assert.Equal(flow is "browser" or "device", token.Properties["RefreshToken"].Value is not null);
        int asked = Issuer.Requests.Count;
        Assert.Equal(User.Name, Property<string>(Assert.Single(Succeed($"$global:token | {Connect}")), "UserName"));
        Assert.Equal(asked, Issuer.Requests.Count);
    }

    [Fact]
    public void The_browser_is_told_no_secret()
    {
        Succeed($"{Connect} {Flows["browser"]}");
        Assert.NotEmpty(TestBrowser.Opened);
        Assert.All(TestBrowser.Opened, opened =>
        {
            Assert.Contains("code_challenge_method=S256", opened.Query, StringComparison.Ordinal);
            Assert.DoesNotContain("code_verifier", opened.Query, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_device_code_is_shown_as_a_warning()
    {
        EngineResult result = Run($"{Connect} {Flows["device"]}");
        string warning = Assert.Single(result.Warnings);
        Assert.Matches("^To log in, open http://127\\.0\\.0\\.1:\\d+/connect/verify in a browser and enter the code \\S+\\. It is good "
            + "for \\d+ minutes\\.$", warning);
    }

    [Fact]
    public async Task A_device_code_waits_for_its_user()
    {
        Issuer.ApprovesDevices = false;
        int before = Polls;
        Task<EngineResult> connecting = RunAsync($"{Connect} {Flows["device"]}");
        while (Polls < before + 2 && !connecting.IsCompleted) await Task.Delay(50, Cancellation);
        Assert.False(connecting.IsCompleted);
        await Issuer.ApproveAsync(Issuer.LastUserCode!, Cancellation);
        Assert.Empty((await connecting).AllErrors);
    }

    [Theory]
    [InlineData("browser")]
    [InlineData("device")]
    public void Whoever_says_no_is_told_so(string flow)
    {
        Issuer.Denies = true;
        ErrorRecord error = AssertError(Run($"{Connect} {Flows[flow]}"), "AuthenticationFailed");
        Assert.Contains("access_denied", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, Proxy.Count("AUTHENTICATE"));
    }

    [Fact]
    public void A_refresh_token_logs_in_without_anybody()
    {
        Succeed($"$global:token = Get-ImapAccessToken {Flows["browser"]}");
        int opened = TestBrowser.Opened.Count;
        Succeed($"{Connect} -OAuth $issuer -ClientId imapps -RefreshToken $global:token.RefreshToken");
        Assert.Equal(opened, TestBrowser.Opened.Count);
    }

    [Fact]
    public void What_Export_Clixml_kept_connects_and_is_renewed()
    {
        Issuer.AccessTokenLifetime = TimeSpan.Zero;
        // Its life is so short that the margin is gone when it comes.
        Succeed($"$clixml = [System.Management.Automation.PSSerializer]::Serialize((Get-ImapAccessToken {Flows["browser"]})); "
            + "$global:token = [System.Management.Automation.PSSerializer]::Deserialize($clixml)");
        Issuer.AccessTokenLifetime = TimeSpan.FromHours(1);
        Succeed($"$global:token | {Connect}");
        Assert.Equal("refresh_token", Issuer.Requests[^1]);
    }

    [Theory]
    [InlineData("-OAuth Google -ClientId x -DeviceCode", "scope of mail")]
    [InlineData("-OAuth Yahoo -ClientId x -DeviceCode", "no device code")]
    [InlineData("-OAuth Microsoft365 -ClientId x -ClientSecret secret -UserName u", "tenant")]
    [InlineData("-OAuth $issuer -ClientId x -ClientSecret secret", "-UserName")]
    [InlineData("-OAuth ftp://example.org -ClientId x", "https://")]
    [InlineData("-OAuth http://example.org -ClientId x", "https://")]
    [InlineData("-OAuth Google -TenantId t -ClientId x", "-TenantId")]
    [InlineData("-OAuth $issuer -ClientId x -DeviceCode -RefreshToken y", "contradict")]
    public void What_cannot_work_is_told_before_anything_is_asked(string parameters, string says)
    {
        EngineResult result = Run($"Get-ImapAccessToken {parameters}");
        Assert.Contains(says, AssertError(result, "ArgumentInvalid").Exception.Message, StringComparison.Ordinal);
        Assert.Contains(says, AssertError(Run($"{Connect} {parameters}"), "ArgumentInvalid").Exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, Proxy.Connections);
    }

    [Fact]
    public void A_provider_knows_its_server() =>
        AssertError(Run("Connect-Imap -OAuth $issuer -ClientId x"), "ArgumentInvalid");

    [Fact]
    public void A_server_that_takes_no_tokens_is_told_so_before_anybody_logs_in()
    {
        Proxy.HideCapability("AUTH=OAUTHBEARER", "AUTH=XOAUTH2");
        int asked = Issuer.Requests.Count;
        AssertError(Run($"{Connect} {Flows["browser"]}"), "NotSupportedByServer");
        Assert.Equal(asked, Issuer.Requests.Count);
    }

    [Theory]
    [InlineData("AUTH=OAUTHBEARER", "XOAUTH2")]
    [InlineData("AUTH=XOAUTH2", "OAUTHBEARER")]
    [InlineData("", "OAUTHBEARER")]
    public void The_better_mechanism_is_used(string hidden, string used)
    {
        if (hidden.Length > 0) Proxy.HideCapability(hidden);
        Succeed($"{Connect} {Flows["secret"]}");
        Assert.Contains(Proxy.Commands, command => command.Line.Contains($"AUTHENTICATE {used}", StringComparison.Ordinal));
    }

    [Fact]
    public void No_token_crosses_in_clear_unasked()
    {
        int asked = Issuer.Requests.Count;
        AssertError(Run($"Connect-Imap localhost -Port $proxyPort -Security None {Flows["secret"]}"), "PlaintextRefused");
        Assert.Equal(asked, Issuer.Requests.Count);
        Assert.Equal(0, Proxy.Count("AUTHENTICATE"));
    }

    [Fact]
    public void An_issuer_that_is_not_there_is_told_so()
    {
        AssertError(Run($"Get-ImapAccessToken -OAuth http://127.0.0.1:1/ -ClientId x"), "ConnectionFailed");
        AssertError(Run($"Get-ImapAccessToken -OAuth \"$($issuer)nowhere/\" -ClientId x"), "ArgumentInvalid");
    }
}
