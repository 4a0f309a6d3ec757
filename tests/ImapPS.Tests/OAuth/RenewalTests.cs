using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.OAuth;

/// <summary>A token that ends in the midst of the work: what needs a new one gets it, once, and goes on.</summary>
public sealed class RenewalTests(TokenServer server) : TokenTest(server), IClassFixture<TokenServer>
{
    private const int Many = 300;

    /// <summary>The flows that can go on without anybody.</summary>
    public static TheoryData<string> Names => [.. Flows.Keys];

    private int Renewals => Issuer.Requests.Count(grant => grant is "refresh_token" or "client_credentials");

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_listing_goes_on(string flow)
    {
        User.DeliverMany("INBOX", Many, i => new SeedMessage(Message($"message {i}")));
        await ConnectAsync(flow);
        int renewals = Renewals;
        int windows = 0;
        Proxy.On(command => command.Verb == "UID FETCH" && ++windows == 2, ProxyAction.CutMidResponse(1_000));
        await ExpireAsync();
        EngineResult result = await RunAsync("Get-ImapMessage | ForEach-Object Uid");
        Assert.Empty(result.AllErrors);
        Assert.Equal(Enumerable.Range(1, Many), result.Output.Select(uid => LanguagePrimitives.ConvertTo<int>(uid)));
        Assert.Equal(renewals + 1, Renewals);
        Assert.Equal(1, Proxy.Count("AUTHENTICATE"));
    }

    [Theory]
    [InlineData("device")]
    [InlineData("certificate")]
    public async Task A_move_goes_on(string flow)
    {
        User.DeliverMany("INBOX", Many, i => new SeedMessage(Message($"message {i}")));
        await ConnectAsync(flow);
        Proxy.On("UID MOVE", ProxyAction.CutBefore);
        await ExpireAsync();
        EngineResult result = await RunAsync("Get-ImapMessage | Move-ImapMessage Trash; (Get-ImapFolder Trash).MessageCount");
        Assert.Empty(result.AllErrors);
        Assert.Equal(Many, LanguagePrimitives.ConvertTo<int>(Assert.Single(result.Output)));
    }

    [Theory]
    [InlineData("browser")]
    [InlineData("secret")]
    public async Task A_wait_goes_on(string flow)
    {
        await ConnectAsync(flow);
        Task<EngineResult> waiting = RunAsync("Wait-ImapMessage INBOX -Subject late -TimeoutSeconds 60 | ForEach-Object Subject");
        await Proxy.WaitForAsync(proxy => proxy.Count("IDLE") > 0, Cancellation);
        await ExpireAsync();
        int renewals = Renewals;
        Proxy.CutAll();
        await Proxy.WaitForAsync(proxy => proxy.Count("IDLE") > 1, Cancellation);
        User.Deliver("INBOX", Message("late"));
        EngineResult result = await waiting;
        Assert.Empty(result.AllErrors);
        Assert.Equal("late", Assert.Single(result.Output).ToString());
        Assert.Equal(renewals + 1, Renewals);
    }

    [Fact]
    public async Task A_revoked_refresh_token_is_told_as_such_and_asked_for_once()
    {
        User.Deliver("INBOX", Message("hello"));
        await ConnectAsync("browser");
        await Issuer.RevokeAllAsync(Cancellation);
        await ExpireAsync();
        int renewals = Renewals;
        Proxy.CutAll();
        ErrorRecord error = AssertError(await RunAsync("Get-ImapMessage"), "AuthenticationFailed");
        Assert.Contains("invalid_grant", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("Log in again", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        foreach (string command in new[] { "Get-ImapMessage", "Get-ImapFolder", "Wait-ImapMessage INBOX -TimeoutSeconds 30" })
        {
            AssertError(await RunAsync(command), "AuthenticationFailed");
        }

        Assert.Equal(renewals + 1, Renewals);
        Assert.Equal(0, Proxy.Count("AUTHENTICATE"));
    }

    [Fact]
    public async Task A_refused_token_is_replaced_once()
    {
        Succeed($"$null = {Connect} {Flows["secret"]}");
        await Issuer.RevokeAllAsync(Cancellation);
        Proxy.Clear();
        Proxy.CutAll();
        Succeed("Get-ImapFolder");
        Assert.Equal(2, Proxy.Count("AUTHENTICATE"));
    }

    [Fact]
    public async Task Connections_beside_each_other_share_a_refresh_token_that_is_good_for_one_use()
    {
        await ConnectAsync("browser");
        Task<EngineResult> waiting = RunAsync(
            "$id = (Get-ImapSession)[-1].Id; 1..4 | ForEach-Object -Parallel { Import-Module $using:manifest; "
                + "(Wait-ImapMessage INBOX -Session $using:id -Subject late -TimeoutSeconds 60).Subject }",
            ("manifest", Repository.Manifest));
        await Proxy.WaitForAsync(proxy => proxy.Count("IDLE") >= 4, Cancellation);
        await ExpireAsync();
        int renewals = Renewals;
        Proxy.Clear();
        Proxy.CutAll();
        await Proxy.WaitForAsync(proxy => proxy.Count("IDLE") >= 4, Cancellation);
        User.Deliver("INBOX", Message("late"));
        EngineResult result = await waiting;
        Assert.Equal([], result.AllErrors.Select(error => error.ToString()));
        Assert.Equal(4, result.Output.Count);
        Assert.Equal(renewals + 1, Renewals);
    }

    private async Task ConnectAsync(string flow)
    {
        Issuer.AccessTokenLifetime = TimeSpan.FromSeconds(3);
        EngineResult result = await RunAsync($"$null = {Connect} {Flows[flow]}");
        Assert.Equal([], result.AllErrors.Select(error => error.ToString()));
        Proxy.Clear();
    }

    /// <summary>Waits until the mail server takes no token of before.</summary>
    private async Task ExpireAsync()
    {
        await Task.Delay(Issuer.AccessTokenLifetime, Cancellation);
        Issuer.AccessTokenLifetime = TimeSpan.FromHours(1);
    }
}
