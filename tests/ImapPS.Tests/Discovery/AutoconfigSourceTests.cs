using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using ImapPS.Discovery;
using ImapPS.Models;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Discovery;

/// <summary>A domain's configuration file, from a web site on loopback that has the domain's certificate.</summary>
public sealed class AutoconfigSourceTests : IAsyncDisposable
{
    private const string Own = "autoconfig.contoso.example/mail/config-v1.1.xml";
    private const string WellKnown = "contoso.example/.well-known/autoconfig/mail/config-v1.1.xml";

    private readonly WebSite _site = WebSite.Start("autoconfig.contoso.example", "contoso.example", "hoster.example");
    private readonly ConcurrentQueue<string> _told = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task The_file_of_the_autoconfig_host_comes_first()
    {
        _site.On(Own, File("imap.own.example")).On(WellKnown, File("imap.other.example"));
        Assert.Equal(["imap.own.example:993"], await FindAsync());
        Assert.Contains($"{Own}?emailaddress=alice%40contoso.example", _site.Requests);
        Assert.DoesNotContain(_site.Requests, request => request.StartsWith("contoso.example", StringComparison.Ordinal)
            && request.Contains("alice", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_well_known_file_will_do()
    {
        _site.On(WellKnown, File("imap.other.example"));
        Assert.Equal(["imap.other.example:993"], await FindAsync());
    }

    [Theory]
    [InlineData("301 Moved Permanently")]
    [InlineData("302 Found")]
    [InlineData("308 Permanent Redirect")]
    public async Task A_redirect_to_HTTPS_is_followed(string status)
    {
        _site.On(Own, "", status, "Location: https://hoster.example/x.xml\r\n").On("hoster.example/x.xml", File("imap.hoster.example"));
        Assert.Equal(["imap.hoster.example:993"], await FindAsync());
    }

    [Theory]
    [InlineData("http://hoster.example/x.xml", "away from HTTPS")]
    [InlineData("file:///etc/passwd", "away from HTTPS")]
    [InlineData("https://autoconfig.contoso.example/mail/config-v1.1.xml", "circles")]
    public async Task A_redirect_to_anywhere_else_and_one_too_many_is_not(string location, string told)
    {
        _site.On(Own, "", "302 Found", $"Location: {location}\r\n").On("hoster.example/x.xml", File("imap.hoster.example"));
        Assert.Empty(await FindAsync());
        Assert.Contains(_told, line => line.Contains(told, StringComparison.Ordinal));
        Assert.InRange(_site.Requests.Count(request => request.StartsWith("autoconfig.", StringComparison.Ordinal)), 1, 4);
    }

    [Fact]
    public async Task A_certificate_of_another_domain_is_refused()
    {
        await using WebSite other = WebSite.Start("fabrikam.example").On(Own, File("imap.own.example"));
        Assert.Empty(await FindAsync(other));
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task An_authority_that_nobody_trusts_is_refused()
    {
        _site.On(Own, File("imap.own.example"));
        await using WebSite stranger = WebSite.Start("autoconfig.contoso.example", "contoso.example").On(Own, File("imap.evil.example"));
        Assert.Empty(await FindAsync(stranger, authority: _site.Authority));
        Assert.Empty(stranger.Requests);
    }

    [Theory]
    [InlineData("<html><body>Welcome!</body>")]
    [InlineData("<!DOCTYPE x [<!ENTITY a 'b'>]><clientConfig>&a;</clientConfig>")]
    public async Task What_is_no_such_file_is_none(string body)
    {
        _site.On(Own, body);
        Assert.Empty(await FindAsync());
    }

    [Fact]
    public async Task A_file_without_end_is_cut()
    {
        _site.On(Own, new string(' ', AutoconfigSource.Largest + 1) + File("imap.own.example"));
        Assert.Empty(await FindAsync());
        Assert.Contains(_told, line => line.Contains("too long", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_site_that_says_nothing_ends_when_it_is_told_to()
    {
        _site.On(Own, "", headers: "X-Silent: yes\r\n");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task<IReadOnlyList<string>> finding = FindAsync(stop: stop);
        while (_site.Requests.Count < 2) await Task.Delay(20, Cancellation);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => finding);
    }

    private static string File(string host) =>
        $"<clientConfig><incomingServer type='imap'><hostname>{host}</hostname><port>993</port><socketType>SSL</socketType>"
            + "</incomingServer></clientConfig>";

    private async Task<IReadOnlyList<string>> FindAsync(
        WebSite? site = null, string? authority = null, CancellationTokenSource? stop = null)
    {
        site ??= _site;
        Assert.True(MailboxAddress.TryParse("alice@contoso.example", out MailboxAddress? mailbox));
        using X509Certificate2 trusted = X509Certificate2.CreateFromPem(authority ?? site.Authority);
        var source = new AutoconfigSource(() => Handler(site.Port, trusted), _told.Enqueue);
        IReadOnlyList<ImapServer> servers = await source.FindAsync(
            mailbox, stop?.Token ?? Cancellation);
        return [.. servers.Select(server => server.ToString())];
    }

    /// <summary>As the module's own, it follows no redirect. It finds every host on loopback, and has one authority.</summary>
    private static SocketsHttpHandler Handler(int port, X509Certificate2 authority) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
        SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { authority },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        },
    };
}
