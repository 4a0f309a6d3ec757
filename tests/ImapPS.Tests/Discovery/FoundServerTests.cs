using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Language;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Discovery;

/// <summary>Connect-Imap with the address of a mailbox.</summary>
public sealed class FoundServerTests(MailServer mail) : ModuleTest(mail)
{
    private const string ConnectAlice = "Connect-Imap alice@contoso.example -DnsServer $dns -Credential $credential";

    private readonly DnsServer _dns = DnsServer.Start();

    public override async ValueTask DisposeAsync()
    {
        await _dns.DisposeAsync();
        await base.DisposeAsync();
    }

    [Theory]
    [InlineData("_imaps._tcp", 993, "Connect-Imap imap.hoster.example -Credential alice@contoso.example")]
    [InlineData("_imaps._tcp", 9993, "Connect-Imap imaps://imap.hoster.example:9993 -Credential alice@contoso.example")]
    [InlineData("_imap._tcp", 143, "Connect-Imap imap://imap.hoster.example -Credential alice@contoso.example")]
    [InlineData("_imap._tcp", 1143, "Connect-Imap imap://imap.hoster.example:1143 -Credential alice@contoso.example")]
    public void No_password_goes_to_a_server_that_DNS_alone_names(string service, int port, string line)
    {
        _dns.Srv($"{service}.contoso.example", 0, 0, port, "imap.hoster.example").A("imap.contoso.example");
        ErrorRecord error = AssertError(Try(ConnectAlice), "ServerNotTrusted");
        Assert.Contains("imap.hoster.example", error.Exception.Message, StringComparison.Ordinal);
        string action = error.ErrorDetails.RecommendedAction;
        Assert.EndsWith($"{line}.", action, StringComparison.Ordinal);
        Parser.ParseInput(line, out _, out ParseError[] errors);
        Assert.Empty(errors);
        Assert.DoesNotContain(_dns.Questions, question => question.StartsWith("imap.hoster", StringComparison.Ordinal));
    }

    [Fact]
    public void The_line_to_type_runs_nothing_that_the_address_holds()
    {
        _dns.Srv("_imaps._tcp.contoso.example", 0, 0, 993, "imap.hoster.example");
        ErrorRecord error = AssertError(Try("Connect-Imap 'a|b$x`y@contoso.example' -DnsServer $dns"), "ServerNotTrusted");
        Assert.EndsWith("Connect-Imap imap.hoster.example -Credential 'a|b$x`y@contoso.example'.",
            error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void The_server_in_the_domain_is_the_one_to_connect_to()
    {
        _dns.Srv("_imaps._tcp.contoso.example", 0, 0, 9993, "imap.contoso.example");
        ErrorRecord error = AssertError(Try(ConnectAlice), "ConnectionFailed");
        Assert.Equal("imap.contoso.example", error.TargetObject);
        Assert.DoesNotContain(_dns.Questions, question => question.EndsWith(" MX", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_several_the_first_that_cannot_be_reached_tells_why()
    {
        _dns.Srv("_imaps._tcp.contoso.example", 0, 0, 993, "one.contoso.example")
            .Srv("_imaps._tcp.contoso.example", 1, 0, 993, "two.contoso.example");
        EngineResult result = Try($"{ConnectAlice} -Verbose");
        Assert.Equal("one.contoso.example", AssertError(result, "ConnectionFailed").TargetObject);
    }

    [Fact]
    public void A_domain_without_a_server_is_told()
    {
        ErrorRecord error = AssertError(Try(ConnectAlice), "ServerNotFound");
        Assert.Contains("Connect-Imap imap.contoso.example -Credential alice@contoso.example", error.ErrorDetails.RecommendedAction,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Port 993")]
    [InlineData("-Security Tls")]
    public void The_port_and_the_encryption_are_found_and_not_given(string parameters)
    {
        AssertError(Try($"{ConnectAlice} {parameters}"), "ArgumentInvalid");
        Assert.Empty(_dns.Questions);
    }

    [Fact]
    public void A_DNS_server_that_is_silent_is_given_up()
    {
        _dns.Silent("contoso.example");
        AssertError(Try($"{ConnectAlice} -TimeoutSeconds 1"), "Timeout");
    }

    [Fact(Timeout = 60_000)]
    public async Task Ctrl_C_ends_the_search()
    {
        _dns.Silent("contoso.example");
        Task<EngineResult> running = RunAsync($"{ConnectAlice} -TimeoutSeconds 3600", ("dns", _dns.Address));
        while (_dns.Questions.Count == 0) await Task.Delay(20, TestContext.Current.CancellationToken);
        await Engine.StopAsync();
        Assert.True((await running).Stopped);
    }

    /// <summary>With nothing of the test's own inside the module: a proxy and an authority as a company has them, and its file.</summary>
    [Fact]
    public async Task The_domains_own_file_leads_to_the_mailbox()
    {
        await using WebSite site = WebSite.Start("autoconfig.contoso.example", "contoso.example");
        site.On("contoso.example/.well-known/autoconfig/mail/config-v1.1.xml",
            "<clientConfig><incomingServer type='imap'><hostname>localhost</hostname>"
                + Text($"<port>{Dovecot.TlsPort}</port><socketType>SSL</socketType><username>{User.Name}</username></incomingServer>")
                + "</clientConfig>");
        string authority = Path.GetTempFileName();
        await File.WriteAllTextAsync(authority, site.Authority, Cancellation);
        string script = Text($"""
            Import-Module ./ImapPS.psd1
            $credential = [pscredential]::new('{User.Name}', (ConvertTo-SecureString '{User.Password}' -AsPlainText -Force))
            $session = Connect-Imap alice@contoso.example -DnsServer {_dns.Address} -Credential $credential `
                -CertificateThumbprint {Dovecot.CertificateThumbprint}
            "$($session.Name) $($session.Port) $((Get-ImapFolder INBOX).Path)"
            """);
        ProcessStartInfo start = await ToolPowerShell.StartInfoAsync(["-NoProfile", "-NonInteractive", "-Command", script], Cancellation);
        start.Environment["HTTPS_PROXY"] = Text($"http://127.0.0.1:{site.Port}");
        start.Environment["NO_PROXY"] = "localhost,127.0.0.1";
        start.Environment["SSL_CERT_FILE"] = authority;
        Assert.Equal(Text($"{User.Name}@localhost {Dovecot.TlsPort} INBOX"), (await Tool.RunAsync(start, Cancellation)).Trim());
        File.Delete(authority);
    }

    [Fact]
    public async Task What_asks_DNS_and_the_web_is_loaded_when_it_is_used_and_not_before()
    {
        const string Loaded = "@([AppDomain]::CurrentDomain.GetAssemblies().GetName().Name -eq 'DnsClient').Count";
        string script = $"Import-Module ./ImapPS.psd1; $null = Resolve-ImapServer alice@gmail.com; {Loaded}; "
            + $"$null = Resolve-ImapServer alice@contoso.example -DnsServer {_dns.Address} -ErrorAction SilentlyContinue; {Loaded}";
        Assert.Equal(["0", "1"], (await ToolPowerShell.RunAsync(script, Cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private EngineResult Try(string script) => Run(script, ("dns", _dns.Address));
}
