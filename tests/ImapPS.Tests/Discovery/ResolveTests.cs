using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Discovery;

/// <summary>Resolve-ImapServer, with a DNS server of the test's own.</summary>
public sealed class ResolveTests : IAsyncLifetime
{
    private const string Resolve = "Resolve-ImapServer alice@contoso.example -DnsServer $dns";

    private readonly PowerShellEngine _engine = new(new EngineOptions { NonInteractive = true });
    private readonly DnsServer _dns = DnsServer.Start();

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        _engine.Dispose();
        await _dns.DisposeAsync();
    }

    [Fact]
    public void Servers_come_by_encryption_and_then_by_priority()
    {
        _dns.Srv("_imap._tcp.contoso.example", 0, 0, 143, "imap.contoso.example")
            .Srv("_imaps._tcp.contoso.example", 20, 0, 9993, "second.contoso.example")
            .Srv("_imaps._tcp.contoso.example", 10, 5, 993, "First.Contoso.Example");
        Assert.Equal(
            [
                "first.contoso.example:993 Tls Srv True",
                "second.contoso.example:9993 Tls Srv True",
                "imap.contoso.example:143 StartTls Srv True",
            ],
            Found(Resolve));
        Assert.DoesNotContain(_dns.Questions, question => question.EndsWith("MX", StringComparison.Ordinal));
    }

    [Fact]
    public void A_server_outside_of_the_domain_is_shown_and_not_trusted()
    {
        _dns.Srv("_imaps._tcp.contoso.example", 0, 0, 993, "imap.hoster.example")
            .Srv("_imaps._tcp.contoso.example", 1, 0, 993, "imap.fastmail.com")
            .Srv("_imaps._tcp.contoso.example", 2, 0, 993, "evilcontoso.example")
            .A("imap.contoso.example");
        Assert.Equal(
            ["imap.hoster.example:993 Tls Srv False", "imap.fastmail.com:993 Tls Srv True", "evilcontoso.example:993 Tls Srv False"],
            Found(Resolve));
    }

    [Fact]
    public void A_host_of_known_mail_tells_the_provider()
    {
        _dns.Mx("contoso.example", 10, "contoso-example.mail.protection.outlook.com")
            .Mx("contoso.example", 20, "mx.other.example")
            .A("imap.contoso.example");
        Assert.Equal(["outlook.office365.com:993 Tls Mx True"], Found(Resolve));
        Assert.Equal(["OAuth Microsoft 365 alice@contoso.example"], Run($"{Resolve} | ForEach-Object {{ '{{0}} {{1}} {{2}}' -f "
            + "$_.Login, $_.Provider, $_.UserName }").Output.Select(text => text.ToString()));
    }

    [Fact]
    public void The_usual_names_are_the_last_resort()
    {
        _dns.Mx("contoso.example", 10, "mx.other.example").A("imap.contoso.example").Aaaa("mail.contoso.example");
        Assert.Equal(["imap.contoso.example:993 Tls Guess True", "mail.contoso.example:993 Tls Guess True"], Found(Resolve));
    }

    [Fact]
    public void A_domain_that_offers_none_is_believed()
    {
        _dns.Srv("_imap._tcp.contoso.example", 0, 0, 0, ".").A("imap.contoso.example");
        AssertError(Run(Resolve), "ServerNotFound");
    }

    [Fact]
    public void A_domain_that_offers_no_STARTTLS_may_offer_TLS()
    {
        _dns.Srv("_imap._tcp.contoso.example", 0, 0, 0, ".").Srv("_imaps._tcp.contoso.example", 0, 0, 993, "imap.contoso.example");
        Assert.Equal(["imap.contoso.example:993 Tls Srv True"], Found(Resolve));
    }

    [Theory]
    [InlineData("imap contoso.example", 993)]
    [InlineData("imap.contoso.example\u001b[2J", 993)]
    [InlineData("-x.contoso.example", 993)]
    [InlineData("imap.contoso.example", 0)]
    [InlineData("a/../b.contoso.example", 993)]
    public void What_names_no_host_and_port_is_ignored(string target, int port)
    {
        _dns.Srv("_imaps._tcp.contoso.example", 0, 0, port, target).A("mail.contoso.example");
        Assert.Equal(["mail.contoso.example:993 Tls Guess True"], Found(Resolve));
    }

    [Fact]
    public void Only_so_many_records_are_read()
    {
        for (int i = 0; i < 50; i++) _dns.Srv("_imaps._tcp.contoso.example", i, 0, 993, $"h{i}.contoso.example");
        Assert.Equal(20, Found(Resolve).Count);
    }

    [Fact]
    public void Each_address_has_its_own_answer_or_error()
    {
        _dns.Srv("_imaps._tcp.contoso.example", 0, 0, 993, "imap.contoso.example");
        EngineResult result = Run("'nobody@fabrikam.example', 'no address', 'alice@contoso.example', 'bob@gmail.com' | "
            + "Resolve-ImapServer -DnsServer $dns");
        Assert.Equal(
            ["ServerNotFound,ImapPS.Commands.ResolveImapServerCommand", "ArgumentInvalid,ImapPS.Commands.ResolveImapServerCommand"],
            result.AllErrors.Select(error => error.FullyQualifiedErrorId));
        Assert.Equal(["nobody@fabrikam.example", "no address"], result.AllErrors.Select(error => error.TargetObject));
        Assert.Equal(["imap.contoso.example:993", "imap.gmail.com:993"], result.Output.Select(server => server.ToString()));
    }

    [Fact]
    public void A_known_provider_costs_no_question()
    {
        Assert.Equal(["imap.gmail.com:993 Tls KnownProvider True"], Found("Resolve-ImapServer alice@gmail.com -DnsServer $dns"));
        Assert.Empty(_dns.Questions);
    }

    [Fact]
    public void A_DNS_server_that_is_silent_does_not_hold_the_prompt_for_ever()
    {
        _dns.Silent("contoso.example");
        ErrorRecord error = AssertError(Run($"{Resolve} -TimeoutSeconds 1"), "Timeout");
        Assert.Equal("alice@contoso.example", error.TargetObject);
        Assert.Equal($"The DNS server {_dns.Address} did not answer within 1 second.", error.Exception.Message);
    }

    [Fact(Timeout = 60_000)]
    public async Task Ctrl_C_ends_it()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        _dns.Silent("contoso.example");
        Task<EngineResult> running = _engine.InvokeAsync($"{Resolve} -TimeoutSeconds 3600", Variables(), cancellation);
        while (_dns.Questions.Count == 0) await Task.Delay(20, cancellation);
        await _engine.StopAsync();
        Assert.True((await running).Stopped);
    }

    [Fact]
    public void A_mistaken_DNS_server_is_told() =>
        AssertError(Run("Resolve-ImapServer alice@contoso.example -DnsServer dns"), "ArgumentInvalid");

    [Fact]
    public void Verbose_tells_where_it_looks()
    {
        _dns.A("mail.contoso.example");
        string said = string.Join('\n', Run($"{Resolve} -Verbose 4>&1").Output.Select(line => line.ToString()));
        foreach (string place in new[]
        {
            "_imaps._tcp.contoso.example", "_imap._tcp.contoso.example", "https://autoconfig.contoso.example", "https://contoso.example",
            "mail of contoso.example", "imap.contoso.example",
        })
        {
            Assert.Contains(place, said, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void The_table_fits_and_marks_what_is_not_trusted(int width)
    {
        _dns.Srv("_imaps._tcp.contoso.example", 0, 0, 993, "imap.contoso.example")
            .Srv("_imaps._tcp.contoso.example", 1, 0, 993, "a-rather-long-name-of-a-host.hoster.example");
        using var engine = new PowerShellEngine(new EngineOptions { Width = width });
        string[] lines = [.. engine.Format($"{Resolve}; Resolve-ImapServer alice@gmail.com", Variables()).Split('\n')
            .Select(line => line.TrimEnd()).Where(line => line.Length > 0)];
        Assert.All(lines, line => Assert.True(line.Length <= width, line));
        Assert.Contains("   Mailbox: alice@contoso.example", lines);
        Assert.Matches("^ +Server +Port Security Source +Login$", lines[1]);
        Assert.Contains(lines, line => line.StartsWith("  imap.contoso.example", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("! a-rather-long", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.EndsWith("993 Tls      KnownProvider AppPassword", StringComparison.Ordinal));
    }

    private static ErrorRecord AssertError(EngineResult result, string id)
    {
        ErrorRecord error = Assert.Single(result.AllErrors);
        Assert.Equal($"{id},ImapPS.Commands.ResolveImapServerCommand", error.FullyQualifiedErrorId);
        return error;
    }

    private List<string> Found(string script)
    {
        EngineResult result = Run($"{script} | ForEach-Object {{ \"$_ $($_.Security) $($_.Source) $($_.IsTrusted)\" }}");
        Assert.Empty(result.AllErrors);
        return [.. result.Output.Select(line => line.ToString())];
    }

    private EngineResult Run(string script) => _engine.Invoke(script, Variables());

    private Dictionary<string, object?> Variables() => new(StringComparer.Ordinal) { ["dns"] = _dns.Address };
}
