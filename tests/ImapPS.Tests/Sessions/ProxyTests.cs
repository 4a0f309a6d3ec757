using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Sessions;

/// <summary>Servers behind a proxy: microsocks and tinyproxy, and what odd proxies say.</summary>
public sealed class ProxyTests(MailServer mail) : ModuleTest(mail)
{
    private const string ProxyUser = "robot";
    private const string Secret = "proxy-secret-4711";

    private static readonly Regex _to = new("connected to localhost|Established connection to host \"localhost\"", RegexOptions.None,
        TimeSpan.FromSeconds(1));

    private const string Connecting =
        "Connect-Imap localhost -Port $port -Credential $credential -CertificateThumbprint $thumbprint -RetryCount 0 -Proxy $url";

    [Theory]
    [InlineData("socks5", false)]
    [InlineData("socks5", true)]
    [InlineData("http", false)]
    [InlineData("http", true)]
    public async Task Through_a_proxy_with_and_without_a_password(string scheme, bool hasPassword)
    {
        User.Deliver("INBOX", Message("behind the proxy"));
        await using OutboundProxy proxy = await StartAsync(scheme, hasPassword ? ProxyUser : null);
        (string, object?)[] there = There(proxy, hasPassword ? Secret : null);
        string use = hasPassword ? " -ProxyCredential $proxyCredential" : string.Empty;
        Assert.Equal(["behind the proxy"], Subjects(Succeed($"$null = {Connecting}{use}; Get-ImapMessage INBOX", there)));

        // TLS from the first byte, another connection for the session, and both opened again.
        Succeed($"$null = {Connecting.Replace("$port", "$tlsPort", StringComparison.Ordinal)}{use} -Security Tls; "
            + "try { Wait-ImapMessage INBOX -Subject 'none at all' -TimeoutSeconds 1 } catch { $Error.Clear() }", there);
        await proxy.WaitForLogAsync(log => Count(log, _to) >= 3, Cancellation);
        Assert.DoesNotContain(Secret, Succeed("Get-ImapSession | Format-List * | Out-String")[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("socks5")]
    [InlineData("http")]
    public async Task A_wrong_password_for_the_proxy_is_not_one_for_the_server(string scheme)
    {
        await using OutboundProxy proxy = await StartAsync(scheme, ProxyUser);
        EngineResult result = Run($"{Connecting} -ProxyCredential $proxyCredential", There(proxy, "wrong-" + Secret));
        ErrorRecord error = AssertError(result, "ProxyFailed");
        Assert.Equal(ErrorCategory.ConnectionError, error.CategoryInfo.Category);
        Assert.Contains("did not accept its credential", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error.ToString() + error.Exception, StringComparison.Ordinal);

        Assert.Contains("wants a user name and a password",
            AssertError(Run(Connecting, There(proxy, null)), "ProxyFailed").ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("socks5")]
    [InlineData("http")]
    public async Task A_server_that_is_not_there_is_no_fault_of_the_proxy(string scheme)
    {
        await using OutboundProxy proxy = await StartAsync(scheme, null);
        int closed = ClosedPort();
        ErrorRecord error = AssertError(Run(Connecting, [.. There(proxy, null), ("port", closed)]), "ConnectionFailed");
        Assert.Contains(Text($"cannot connect to 'localhost' on port {closed}"), error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_refuses_is_told_from_a_server_that_refuses()
    {
        await using OutboundProxy proxy = await OutboundProxy.StartHttpAsync(null, null, onlyPort: 443, Cancellation);
        Assert.Contains("403", AssertError(Run(Connecting, There(proxy, null)), "ProxyFailed").ToString(), StringComparison.Ordinal);

        await using OutboundProxy open = await StartAsync("http", null);
        (string, object?)[] there = [.. There(open, null), ("credential", CredentialOf(User.Name, "wrong"))];
        AssertError(Run(Connecting, there), "AuthenticationFailed");
    }

    [Fact]
    public void A_proxy_that_is_not_there()
    {
        ErrorRecord error = AssertError(Run(Connecting, ("url", Text($"socks5://127.0.0.1:{ClosedPort()}"))), "ProxyFailed");
        Assert.Contains("is not reached", error.ToString(), StringComparison.Ordinal);
        AssertError(Run(Connecting, ("url", "socks5://no-such-host.invalid")), "ProxyFailed");
    }

    [Theory]
    [InlineData("socks5", "05 ff", "ProxyFailed", "wants a user name")]
    [InlineData("socks5", "05 00|05 02 00 01 00 00 00 00 00 00", "ProxyFailed", "rules do not allow")]
    [InlineData("socks5", "05 00|05 05 00 01 00 00 00 00 00 00", "ConnectionFailed", "connection refused")]
    [InlineData("socks5", "05 00|05 04 00 01 00 00 00 00 00 00", "ConnectionFailed", "host is unreachable")]
    [InlineData("socks5", "05 00|05 00 00 09 00 00 00 00 00 00", "ProxyFailed", "does not answer as a proxy")]
    [InlineData("socks5", "48 54", "ProxyFailed", "does not answer as a proxy")]
    [InlineData("socks5", "05 01", "ProxyFailed", "does not answer as a proxy")]
    [InlineData("socks5", "05", "ProxyFailed", "ended the connection")]
    [InlineData("socks5", "", "ProxyFailed", "ended the connection")]
    [InlineData("socks4a", "00 5b 00 00 00 00 00 00", "ProxyFailed", "refuses a connection")]
    [InlineData("socks4a", "00 5d 00 00 00 00 00 00", "ProxyFailed", "wants a user name")]
    [InlineData("http", "HTTP/1.1 407 Go away\r\nProxy-Authenticate: NTLM\r\n\r\n", "ProxyFailed", "407 Go away")]
    [InlineData("http", "HTTP/1.0 403 Forbidden\r\n\r\n", "ProxyFailed", "403 Forbidden")]
    [InlineData("http", "HTTP/1.1 502 Bad gateway\n\n", "ConnectionFailed", "502 Bad gateway")]
    [InlineData("http", "* OK IMAP ready\r\n", "ProxyFailed", "does not answer as a proxy")]
    [InlineData("http", "HTTP/1.1 200", "ProxyFailed", "ended the connection")]
    [InlineData("https", "no TLS at all", "ProxyFailed", "TLS with the proxy")]
    public async Task What_odd_proxies_say(string scheme, string answers, string id, string words)
    {
        byte[][] said = scheme.StartsWith("http", StringComparison.Ordinal) ? [Encoding.ASCII.GetBytes(answers)]
            : [.. answers.Split('|').Select(answer => Convert.FromHexString(answer.Replace(" ", "", StringComparison.Ordinal)))];
        await using ScriptedProxy proxy = ScriptedProxy.Start(relayTo: null, said);
        ErrorRecord error = AssertError(Run(Connecting, ("url", Text($"{scheme}://127.0.0.1:{proxy.Port}"))), id);
        Assert.Contains(words, error.ToString(), StringComparison.Ordinal);
        if (answers.Contains("NTLM", StringComparison.Ordinal))
            Assert.Contains("NTLM", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_never_answers_is_a_timeout_of_the_proxy()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        EngineResult result = await RunAsync($"{Connecting} -TimeoutSeconds 1",
            ("url", Text($"socks5://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}")));
        Assert.Contains("The proxy 'socks5://", AssertError(result, "Timeout").ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("socks4a", "00 5a 00 00 00 00 00 00", "mail.example.test")]
    [InlineData("socks4", "00 5a 00 00 00 00 00 00", "127.0.0.1")]
    [InlineData("socks5h", "05 00|05 00 00 03 02 61 62 00 00", "mail.example.test")]
    public async Task The_proxy_resolves_the_name(string scheme, string answers, string server)
    {
        byte[][] said = [.. answers.Split('|').Select(answer => Convert.FromHexString(answer.Replace(" ", "", StringComparison.Ordinal)))];
        await using ScriptedProxy proxy = ScriptedProxy.Start(Dovecot.Port, said);
        Succeed($"$null = {Connecting.Replace("localhost", server, StringComparison.Ordinal)}; Get-ImapFolder INBOX; Disconnect-Imap",
            ("url", Text($"{scheme}://127.0.0.1:{proxy.Port}")));
        string asked = string.Concat(proxy.Requests.Select(Encoding.Latin1.GetString));
        Assert.Equal(server.StartsWith("mail", StringComparison.Ordinal), asked.Contains(server, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_proxy_in_TLS_is_checked_by_its_own_name()
    {
        using var authority = new ClientAuthority();
        await using ScriptedProxy proxy = ScriptedProxy.StartTls(authority.Issue("localhost"), Dovecot.Port,
            "HTTP/1.1 200 OK\r\nVia: here\r\n\r\n"u8.ToArray());
        (string, object?) url = ("url", Text($"https://localhost:{proxy.Port}"));
        Assert.Contains("TLS with the proxy", AssertError(Run(Connecting, url), "ProxyFailed").ToString(), StringComparison.Ordinal);
        Assert.Empty(proxy.Requests);
        string script = Connecting.Replace("-CertificateThumbprint $thumbprint", "-SkipCertificateCheck", StringComparison.Ordinal);
        Succeed($"$null = {script}; $null = Get-ImapFolder INBOX; Disconnect-Imap", url);
        Assert.Single(proxy.Requests);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_server_that_stalls_behind_a_proxy_in_TLS_is_given_up()
    {
        User.Deliver("INBOX", Message("late"));
        using var authority = new ClientAuthority();
        await using ScriptedProxy proxy = ScriptedProxy.StartTls(authority.Issue("localhost"), Proxy.Port,
            "HTTP/1.1 200 OK\r\n\r\n"u8.ToArray());
        Succeed("$null = Connect-Imap localhost -Port $proxyPort -Security None -AllowPlaintext -Credential $credential "
            + "-SkipCertificateCheck -TimeoutSeconds 1 -RetryCount 0 -Proxy $url", ("url", Text($"https://localhost:{proxy.Port}")));
        Proxy.On("UID FETCH", ProxyAction.Stall, times: 1);
        AssertError(await RunAsync("Get-ImapMessage INBOX").WaitAsync(TestContext.Current.CancellationToken), "Timeout");
        Assert.Single(Succeed("Get-ImapMessage INBOX"));
    }

    [Fact]
    public async Task A_lost_connection_is_opened_again_through_the_proxy()
    {
        User.Deliver("INBOX", Message("again"));
        await using OutboundProxy proxy = await StartAsync("socks5", null);
        Succeed("$null = Connect-Imap localhost -Port $proxyPort -Security None -AllowPlaintext -Credential $credential "
            + "-RetryDelaySeconds 0 -Proxy $url", There(proxy, null));
        Proxy.On("UID FETCH", ProxyAction.CutBefore, times: 1);
        Assert.Single(Succeed("Get-ImapMessage INBOX"));
        await proxy.WaitForLogAsync(log => Count(log, _to) >= 2, Cancellation);
    }

    [Fact]
    public async Task A_port_that_speaks_another_protocol_is_known_behind_a_proxy_as_well()
    {
        await using OutboundProxy proxy = await StartAsync("http", null);
        Assert.Contains("without TLS from the first byte",
            AssertError(Run($"{Connecting} -Security Tls", There(proxy, null)), "TlsFailed").ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Proxy socks5://robot:proxy-secret-4711@127.0.0.1")]
    [InlineData("-Proxy http://robot@127.0.0.1")]
    [InlineData("-Proxy ftp://127.0.0.1")]
    [InlineData("-Proxy http://127.0.0.1/path")]
    [InlineData("-Proxy 'http://robot:proxy-secret-4711@:1'")]
    [InlineData("-Proxy socks5://127.0.0.1 -NoProxy")]
    [InlineData("-NoProxy -ProxyCredential $credential")]
    [InlineData("-IPv4 -IPv6")]
    public void Arguments_that_cannot_be_meant(string arguments)
    {
        ErrorRecord error = AssertError(Run($"Connect-Imap localhost -Credential $credential {arguments}"), "ArgumentInvalid");
        Assert.DoesNotContain(Secret, error.ToString() + error.Exception + error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_family_of_addresses_can_be_chosen()
    {
        Assert.Contains("Connected to 127.0.0.1:", Said("Connect-Imap localhost -Port $port -Credential $credential "
            + "-CertificateThumbprint $thumbprint -IPv4 -Verbose 4>&1"), StringComparison.Ordinal);
        ErrorRecord error = AssertError(Run("Connect-Imap 127.0.0.1 -Credential $credential -IPv6"), "ConnectionFailed");
        Assert.Contains("no IPv6 address", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_environment_names_a_proxy_and_no_line_tells_its_password()
    {
        await using ScriptedProxy proxy = ScriptedProxy.Start(Dovecot.Port, "HTTP/1.1 200 OK\r\n\r\n"u8.ToArray());
        string said = await ToolPowerShell.RunAsync(
            $$"""
            $env:ALL_PROXY = 'http://{{ProxyUser}}:{{Secret}}@127.0.0.1:{{proxy.Port}}'
            $env:NO_PROXY = '.example.net'
            Import-Module ./ImapPS.psd1
            $credential = [pscredential]::new('{{User.Name}}', (ConvertTo-SecureString '{{User.Password}}' -AsPlainText -Force))
            $with = @{ Credential = $credential; Security = 'StartTls'; SkipCertificateCheck = $true; Verbose = $true }
            $session = Connect-Imap mail.example.org -Port {{Dovecot.Port}} @with 4>&1
            $session
            try { Connect-Imap mail.example.org -NoProxy -IPv6 @with } catch { "Not proxied: $_" }
            try { Connect-Imap mail.example.net -IPv6 @with } catch { "Excepted: $_" }
            Disconnect-Imap $session[-1]
            """,
            Cancellation);
        Assert.Contains("which ALL_PROXY names", said, StringComparison.Ordinal);
        Assert.Contains("Not proxied: The host 'mail.example.org'", said, StringComparison.Ordinal);
        Assert.Contains("Excepted: The host 'mail.example.net'", said, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, said, StringComparison.Ordinal);
        string asked = Encoding.ASCII.GetString(Assert.Single(proxy.Requests));
        Assert.StartsWith(Text($"CONNECT mail.example.org:{Dovecot.Port} HTTP/1.1\r\n"), asked, StringComparison.Ordinal);
        Assert.Contains(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ProxyUser}:{Secret}")), asked, StringComparison.Ordinal);
    }

    private static (string, object?)[] There(OutboundProxy proxy, string? password) =>
        [("url", proxy.Url), ("proxyCredential", password is null ? null : CredentialOf(ProxyUser, password))];

    private static Task<OutboundProxy> StartAsync(string scheme, string? user) => scheme == "http"
        ? OutboundProxy.StartHttpAsync(user, Secret, onlyPort: null, Cancellation)
        : OutboundProxy.StartSocksAsync(user, Secret, Cancellation);

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static int Count(string text, Regex part) => part.Count(text);

    private string Said(string script) => string.Join('\n', Succeed(script).Select(value => value.ToString()));
}
